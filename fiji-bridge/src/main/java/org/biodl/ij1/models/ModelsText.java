package org.biodl.ij1.models;

import ij.measure.ResultsTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.biodl.jni.CatalogueEntry;

/** What models say of themselves, in words. */
final class ModelsText
{
    /** The title of the table's window. */
    static final String TITLE = "BioDL Models";
    /** What TorchScript models run on; it is installed as models are. */
    static final String LIBTORCH = "libtorch";

    private ModelsText()
    {
    }

    /** @return "1.4 MB", with a megabyte of 10^6 bytes as downloads count; "" where unknown */
    static String size(long bytes)
    {
        if (bytes <= 0)
            return "";
        if (bytes < 1_000_000)
            return Math.max(1, Math.round(bytes * 1e-3)) + " kB";
        return String.format(Locale.ROOT, bytes < 1_000_000_000 ? "%.1f MB" : "%.2f GB", bytes * (bytes < 1_000_000_000 ? 1e-6 : 1e-9));
    }

    static String state(CatalogueEntry entry)
    {
        String place = entry.state == CatalogueEntry.State.BUILTIN ? "built in" : entry.state.name().toLowerCase(Locale.ROOT);
        return entry.runnable ? place : place + ", cannot run";
    }

    static String name(CatalogueEntry entry)
    {
        return entry.name.isEmpty() ? entry.id : entry.name;
    }

    /** @return "installing" */
    static String doing(String action)
    {
        return action.equals(ModelsOptions.VERIFY) ? "verifying" : action.equals(ModelsOptions.REMOVE) ? "removing"
            : action.equals(ModelsOptions.INSTALL) ? "installing" : "looking for";
    }

    /** @return what follows the last slash of a path, URL or id: the status bar is short */
    static String last(String place)
    {
        String[] parts = place.split("[/\\\\]");
        return parts.length == 0 ? place : parts[parts.length - 1];
    }

    /** @return a row a model; the first column is the id that the other actions take */
    static ResultsTable table(List<CatalogueEntry> entries)
    {
        ResultsTable table = new ResultsTable();
        table.showRowNumbers(false);
        for (CatalogueEntry entry : entries)
        {
            table.incrementCounter();
            for (Map.Entry<String, String> column : columns(entry).entrySet())
                table.addValue(column.getKey(), column.getValue());
        }
        return table;
    }

    /** @return a line a model under a line of headings, columns separated by tabs */
    static String lines(List<CatalogueEntry> entries)
    {
        StringBuilder text = new StringBuilder();
        for (CatalogueEntry entry : entries)
        {
            Map<String, String> columns = columns(entry);
            if (text.length() == 0)
                text.append(String.join("\t", columns.keySet()));
            text.append('\n').append(String.join("\t", columns.values()));
        }
        return text.length() == 0 ? "no models" : text.toString();
    }

    private static Map<String, String> columns(CatalogueEntry entry)
    {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("Id", cell(entry.id));
        columns.put("Name", cell(name(entry)));
        columns.put("Task", ModelsFilter.task(entry));
        columns.put("Input", cell(entry.input));
        columns.put("Licence", cell(entry.licence));
        columns.put("Size", size(entry.bytes));
        columns.put("State", state(entry));
        return columns;
    }

    /** Tables are lines and tabs to ImageJ. */
    private static String cell(String text)
    {
        return text.replaceAll("\\s+", " ").trim();
    }

    /** @return all that is known, by heading; what is not known is left out */
    static Map<String, String> details(CatalogueEntry entry)
    {
        Map<String, String> details = new LinkedHashMap<>();
        put(details, "Cannot run here", entry.runnable ? "" : entry.whyNot.isEmpty() ? "no reason is known" : entry.whyNot);
        put(details, "Description", entry.description);
        put(details, "Task", ModelsFilter.task(entry));
        put(details, "Input", entry.input);
        put(details, "Licence", entry.licence);
        put(details, "Citation", entry.citation);
        put(details, "Tags", entry.tags.trim().replaceAll("\\s*\n\\s*", ", "));
        put(details, "Version", entry.version);
        put(details, "Size", size(entry.bytes));
        put(details, "State", state(entry));
        put(details, "Id", entry.id);
        put(details, "Source", entry.source);
        return details;
    }

    /** @return the details as plain text */
    static String info(CatalogueEntry entry)
    {
        StringBuilder text = new StringBuilder(name(entry));
        for (Map.Entry<String, String> detail : details(entry).entrySet())
            text.append('\n').append(detail.getKey()).append(": ").append(detail.getValue().replace("\n", "\n    "));
        return text.toString();
    }

    private static void put(Map<String, String> details, String heading, String text)
    {
        if (!text.trim().isEmpty())
            details.put(heading, text.trim());
    }
}
