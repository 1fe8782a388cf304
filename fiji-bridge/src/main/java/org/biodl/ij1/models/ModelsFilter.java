package org.biodl.ij1.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.biodl.jni.CatalogueEntry;

/** Which models of a listing to show: those of a task that contain every word typed, anywhere in what they say of themselves. */
final class ModelsFilter
{
    /** Stands for every task. */
    static final String ANY_TASK = "all";
    /** As macros write them, in the order of CatalogueEntry.Task after ANY_TASK. */
    private static final String[] TASKS = { ANY_TASK, "other", "segment", "denoise", "stain" };

    private final String[] _words;
    private final String _task;

    /**
     * @param words separated by spaces; case does not matter; "" for every model
     * @param task one of tasks()
     */
    ModelsFilter(String words, String task)
    {
        String trimmed = words.trim().toLowerCase(Locale.ROOT);
        _words = trimmed.isEmpty() ? new String[0] : trimmed.split("\\s+");
        _task = task;
    }

    static String[] tasks()
    {
        return TASKS.clone();
    }

    static String task(CatalogueEntry entry)
    {
        return TASKS[1 + entry.task.ordinal()];
    }

    boolean shows(CatalogueEntry entry)
    {
        if (!_task.equals(ANY_TASK) && !_task.equals(task(entry)))
            return false;
        String text = String.join("\n", entry.name, entry.id, entry.description, entry.tags, entry.licence, entry.input, entry.citation,
            ModelsText.state(entry)).toLowerCase(Locale.ROOT);
        for (String word : _words)
            if (!text.contains(word))
                return false;
        return true;
    }

    List<CatalogueEntry> of(List<CatalogueEntry> entries)
    {
        List<CatalogueEntry> shown = new ArrayList<>();
        for (CatalogueEntry entry : entries)
            if (shows(entry))
                shown.add(entry);
        return shown;
    }
}
