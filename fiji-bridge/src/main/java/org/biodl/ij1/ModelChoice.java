package org.biodl.ij1;

import ij.IJ;
import ij.Prefs;
import java.awt.Dialog;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.swing.JFileChooser;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Catalogue;
import org.biodl.jni.CatalogueEntry;

/**
 * The list of models in a dialog: those for the command's task first (built in, used recently, installed), then the other installed ones,
 * and a way to choose a file or folder. Models used recently, and the folder looked in last, are kept in ImageJ's preferences. Opens none.
 */
final class ModelChoice
{
    static final String OTHER = "Other: choose a file or folder...";
    static final String NONE = "(no model chosen)";
    private static final String FOLDER = "biodl.models.folder";
    private static final int MOST_RECENT = 8;
    private static final int LONGEST_NAME = 48;

    private final CatalogueEntry.Task _task;
    private final List<String> _paths = new ArrayList<>();
    private final List<String> _names = new ArrayList<>();
    private String _path;

    /**
     * @param task what models are listed first
     * @param path what to select; "" for the one used last, else the suggested one, else the first of the list
     * @param suggested the one to begin with; "" for none
     */
    ModelChoice(CatalogueEntry.Task task, String path, String suggested)
    {
        _task = task;
        list(installed());
        List<String> recent = recent();
        String begin = !path.isEmpty() ? path : beginsBuiltIn() || recent.isEmpty() ? suggested : recent.get(0);
        if (!begin.isEmpty())
            offer(begin);
        _path = !begin.isEmpty() || _paths.isEmpty() ? begin : _paths.get(0);
    }

    /** Which built-in model segments depends on the image, so it is suggested anew for each. */
    private boolean beginsBuiltIn()
    {
        return _task == CatalogueEntry.Task.SEGMENT;
    }

    /** @return what OpenModels.open takes, "" when none is chosen */
    String path()
    {
        return _path;
    }

    /** @return as the list shows them */
    List<String> names()
    {
        List<String> names = new ArrayList<>(_names);
        if (_path.isEmpty())
            names.add(0, NONE);
        names.add(OTHER);
        return names;
    }

    /** @return the name of the chosen model */
    String selected()
    {
        return _path.isEmpty() ? NONE : name(_path);
    }

    /** @return what the list calls a model */
    String name(String path)
    {
        int index = _paths.indexOf(path);
        return index < 0 ? path : _names.get(index);
    }

    /** @return what an item of the list stands for; null for none, "" for the way to others */
    String path(String name)
    {
        return name.equals(OTHER) ? "" : name.equals(NONE) ? null : _paths.get(_names.indexOf(name));
    }

    /** Have it in the list. */
    void offer(String path)
    {
        add(path, new File(path).exists() ? name(new File(path)) : path);
    }

    /** It was opened. */
    void select(String path)
    {
        _path = path;
        if (new File(path).exists())
            remember(path);
    }

    /** It cannot be opened. */
    void drop(String path)
    {
        List<String> recent = recent();
        if (recent.remove(path))
            Prefs.set(key(), String.join("\n", recent));
        if (path.equals(_path))
            _path = "";
    }

    /** @return what was added, null for nothing */
    String add(List<CatalogueEntry> installed)
    {
        int before = _paths.size();
        list(installed);
        return _paths.size() > before ? _paths.get(before) : null;
    }

    /** Two items of an AWT list need two names. */
    private void add(String path, String name)
    {
        if (_paths.contains(path))
            return;
        String text = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
        String unique = text;
        for (int i = 2; _names.contains(unique); i++)
            unique = text + " (" + i + ")";
        _paths.add(path);
        _names.add(unique);
    }

    private void list(List<CatalogueEntry> installed)
    {
        if (beginsBuiltIn())
            addBuiltIn(installed);
        for (String path : recent())
            add(path, name(new File(path)));
        if (_task != CatalogueEntry.Task.OTHER)
            addBuiltIn(installed);
        add(installed, entry -> fits(entry) && !isBuiltIn(entry), entry -> entry.name);
        addBuiltIn(installed);
        if (_task != CatalogueEntry.Task.SEGMENT)
            add(installed, entry -> !isBuiltIn(entry), entry -> entry.name + " (" + entry.task.name().toLowerCase(Locale.ROOT) + ")");
    }

    private void addBuiltIn(List<CatalogueEntry> installed)
    {
        add(installed, entry -> fits(entry) && isBuiltIn(entry), entry -> entry.name + " (built in)");
    }

    private void add(List<CatalogueEntry> entries, Predicate<CatalogueEntry> which, Function<CatalogueEntry, String> name)
    {
        for (CatalogueEntry entry : entries)
            if (which.test(entry))
                add(entry.id, name.apply(entry));
    }

    private static boolean isBuiltIn(CatalogueEntry entry)
    {
        return entry.state == CatalogueEntry.State.BUILTIN;
    }

    private boolean fits(CatalogueEntry entry)
    {
        return _task == CatalogueEntry.Task.OTHER || entry.task == _task;
    }

    /** @return those that can run, built in or installed; not on the event thread */
    static List<CatalogueEntry> installed()
    {
        List<CatalogueEntry> entries = new ArrayList<>();
        try
        {
            for (CatalogueEntry entry : Catalogue.list(false).entries)
                if (entry.state != CatalogueEntry.State.ONLINE && entry.runnable)
                    entries.add(entry);
        }
        catch (BioDLException e)
        {
            IJ.log("BioDL: the installed models cannot be listed: " + e.getMessage());
        }
        return entries;
    }

    /** Many models are called saved_model.zip or weights.onnx, so the folder is named too. */
    private static String name(File file)
    {
        File folder = file.getAbsoluteFile().getParentFile();
        return folder == null || folder.getName().isEmpty() ? file.getName() : file.getName() + " in " + folder.getName();
    }

    private String key()
    {
        return "biodl.models." + _task.name().toLowerCase(Locale.ROOT);
    }

    private List<String> recent()
    {
        List<String> paths = new ArrayList<>();
        for (String path : Prefs.get(key(), "").split("\n"))
            if (!path.isEmpty() && new File(path).exists())
                paths.add(path);
        return paths;
    }

    private void remember(String path)
    {
        List<String> paths = recent();
        paths.remove(path);
        paths.add(0, path);
        Prefs.set(key(), String.join("\n", paths.subList(0, Math.min(MOST_RECENT, paths.size()))));
    }

    /** @return the path of a file or folder, null when the user cancelled */
    static String ask(Dialog dialog)
    {
        JFileChooser chooser = new JFileChooser(Prefs.get(FOLDER, null));
        chooser.setDialogTitle("Model: a package's folder or zip file, or a network's file");
        chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
        if (chooser.showOpenDialog(dialog) != JFileChooser.APPROVE_OPTION)
            return null;
        Prefs.set(FOLDER, chooser.getCurrentDirectory().getAbsolutePath());
        return chooser.getSelectedFile().getAbsolutePath();
    }
}
