package org.biodl.command;

import ij.IJ;
import java.awt.Choice;
import java.awt.Dialog;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JFileChooser;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ModelInfo;

/** The list of models in the dialog: the built-in one, those chosen since ImageJ started, and a way to choose another. */
final class ModelChoice
{
    private static final String Other = "Other: choose a folder or file...";
    private static final List<String> Chosen = new ArrayList<>();

    private String _path;
    private ModelInfo _info;

    /** @param path what to select; the built-in model when it cannot be opened any more */
    ModelChoice(String path)
    {
        try
        {
            select(path);
        }
        catch (BioDLException e)
        {
            IJ.log("BioDL: " + e.getMessage());
            Chosen.remove(path);
            select(SegmentSettings.BuiltIn);
        }
    }

    String path()
    {
        return _path;
    }

    ModelInfo info()
    {
        return _info;
    }

    /** @return one line about the model */
    String summary()
    {
        return _info.name + ": " + (_info.channels == 1 ? "grey images" : _info.channels + " channels") + ", " + _info.rays + " rays";
    }

    /** @return as the list shows them */
    List<String> names()
    {
        List<String> names = new ArrayList<>();
        names.add("Nuclei, fluorescence (built in)");
        for (String path : Chosen)
            names.add(new File(path).getName());
        names.add(Other);
        return names;
    }

    int selected()
    {
        return _path.equals(SegmentSettings.BuiltIn) ? 0 : 1 + Chosen.indexOf(_path);
    }

    /** Follow the list from now on; `changed` is called after another model was opened. */
    void attach(Choice list, Dialog dialog, Runnable changed)
    {
        list.addItemListener(event ->
        {
            int index = list.getSelectedIndex();
            String path = index == 0 ? SegmentSettings.BuiltIn : index <= Chosen.size() ? Chosen.get(index - 1) : ask(dialog);
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

    private void select(String path)
    {
        _info = Models.open(path).info();
        _path = path;
        if (!path.equals(SegmentSettings.BuiltIn) && !Chosen.contains(path))
            Chosen.add(path);
    }

    private static String ask(Dialog dialog)
    {
        JFileChooser chooser = new JFileChooser();
        chooser.setDialogTitle("Model: a folder with weights.onnx, or an .onnx file");
        chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
        return chooser.showOpenDialog(dialog) == JFileChooser.APPROVE_OPTION ? chooser.getSelectedFile().getAbsolutePath() : null;
    }
}
