package org.biodl.ij1;

import ij.IJ;
import ij.Prefs;
import java.awt.Choice;
import java.awt.Dialog;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.swing.JFileChooser;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Catalogue;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.ModelInfo;
import org.biodl.run.OpenModels;
import org.biodl.run.SegmentOptions;

/**
 * The list of models in a dialog: those for the command's task first (built in, used recently, installed), then the other installed ones,
 * and a way to choose a file or folder. Models used recently are kept in ImageJ's preferences.
 */
final class ModelChoice
{
    private static final String OTHER = "Other: choose a file or folder...";
    private static final String NONE = "(no model chosen)";
    private static final int MOST_RECENT = 8;
    private static final int LONGEST_NAME = 48;

    private final CatalogueEntry.Task _task;
    private final List<String> _paths = new ArrayList<>();
    private final List<String> _names = new ArrayList<>();
    private String _path = "";
    private ModelInfo _info;

    /**
     * @param task what models are listed first
     * @param path what to select; the first of the list when it is "" or cannot be opened any more
     */
    ModelChoice(CatalogueEntry.Task task, String path)
    {
        _task = task;
        list();
        if (!path.isEmpty() && !tryToSelect(path))
            forget(path);
        if (_info == null && !_paths.isEmpty())
            tryToSelect(_paths.get(0));
    }

    /** @return what OpenModels.open takes, "" when none is chosen */
    String path()
    {
        return _path;
    }

    /** @return null when none is chosen */
    ModelInfo info()
    {
        return _info;
    }

    /** @return as the list shows them */
    List<String> names()
    {
        List<String> names = new ArrayList<>(_names);
        if (_info == null)
            names.add(0, NONE);
        names.add(OTHER);
        return names;
    }

    int selected()
    {
        return _info == null ? 0 : _paths.indexOf(_path);
    }

    /** Follow the list from now on; `changed` is called after another model was opened. */
    void attach(Choice list, Dialog dialog, Runnable changed)
    {
        list.addItemListener(event ->
        {
            int index = list.getSelectedIndex() - (_info == null ? 1 : 0);
            String path = index < 0 ? null : index < _paths.size() ? _paths.get(index) : ask(dialog);
            try
            {
                if (path != null)
                    select(path);
            }
            catch (BioDLException e)
            {
                IJ.error("BioDL", e.text());
            }
            list.removeAll();
            for (String name : names())
                list.add(name);
            list.select(selected());
            changed.run();
        });
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

    private void list()
    {
        if (_task == CatalogueEntry.Task.SEGMENT)
            add(SegmentOptions.BUILT_IN, "Nuclei, fluorescence (built in)");
        for (String path : recent())
            add(path, name(new File(path)));
        List<CatalogueEntry> others = new ArrayList<>();
        for (CatalogueEntry entry : installed())
            if (_task == CatalogueEntry.Task.OTHER || entry.task == _task)
                add(entry.id, entry.name);
            else
                others.add(entry);
        if (_task != CatalogueEntry.Task.SEGMENT)
            for (CatalogueEntry entry : others)
                add(entry.id, entry.name + " (" + entry.task.name().toLowerCase(java.util.Locale.ROOT) + ")");
    }

    private static List<CatalogueEntry> installed()
    {
        List<CatalogueEntry> entries = new ArrayList<>();
        try
        {
            for (CatalogueEntry entry : Catalogue.list(false).entries)
                if (entry.state == CatalogueEntry.State.INSTALLED && entry.runnable)
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

    private boolean tryToSelect(String path)
    {
        try
        {
            select(path);
            return true;
        }
        catch (BioDLException e)
        {
            IJ.log("BioDL: " + e.getMessage());
            return false;
        }
    }

    private void select(String path)
    {
        _info = OpenModels.open(path).info();
        _path = path;
        if (new File(path).exists())
            remember(path);
        if (!_paths.contains(path))
            add(path, new File(path).exists() ? name(new File(path)) : _info.name);
    }

    private String key()
    {
        return "biodl.models." + _task.name().toLowerCase(java.util.Locale.ROOT);
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

    private void forget(String path)
    {
        List<String> paths = recent();
        paths.removeAll(Arrays.asList(path));
        Prefs.set(key(), String.join("\n", paths));
    }

    private static String ask(Dialog dialog)
    {
        JFileChooser chooser = new JFileChooser();
        chooser.setDialogTitle("Model: a package's folder or zip file, or an .onnx file");
        chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
        return chooser.showOpenDialog(dialog) == JFileChooser.APPROVE_OPTION ? chooser.getSelectedFile().getAbsolutePath() : null;
    }
}
