package org.biodl.ij1.segment;

import ij.ImagePlus;
import ij.gui.DialogListener;
import ij.gui.GenericDialog;
import ij.gui.NonBlockingGenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.AWTEvent;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Label;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.biodl.jni.BioDLException;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.ModelInfo;

/**
 * Asks for the settings. What is typed goes through the same strict reading as a macro's options; while something is wrong, the line at
 * the bottom says what, and OK is off. The dialog does not block, so that one can move in the image while the preview runs.
 */
final class SegmentDialog implements DialogListener
{
    /** What the user chose last, for as long as ImageJ runs. */
    private static SegmentSettings _last = new SegmentSettings();

    private final GenericDialog _dialog = new NonBlockingGenericDialog("BioDL Segment");
    private final ImagePlus _image;
    private final ModelChoice _models;
    private final Form _form = new Form(_dialog);
    private final Map<String, String> _own = new LinkedHashMap<>();
    private final Preview _preview;
    private Checkbox _previewBox;
    private Label _status;
    private SegmentSettings _settings;

    private SegmentDialog(ImagePlus image)
    {
        _image = image;
        _models = new ModelChoice(CatalogueEntry.Task.SEGMENT, _last.model);
        _preview = new Preview(image, this::say);
    }

    /** @return the settings, or null when the user cancelled */
    static SegmentSettings ask(ImagePlus image)
    {
        return new SegmentDialog(image).ask();
    }

    private SegmentSettings ask()
    {
        Choice list = new SegmentForm(_form, _image).build(_last, _models);
        _previewBox = SegmentForm.preview(_dialog);
        _status = SegmentForm.status(_dialog);
        showModelsOwn(_last);
        _models.attach(list, _dialog, this::modelChanged);
        _dialog.addDialogListener(this);
        // The line keeps the width that it has when the dialog is laid out, so the text comes afterwards.
        _dialog.addWindowListener(new WindowAdapter()
        {
            @Override
            public void windowOpened(WindowEvent event)
            {
                say(_models.summary());
            }
        });
        try
        {
            _dialog.showDialog();
        }
        finally
        {
            _preview.close();
        }
        if (_dialog.wasCanceled() || _settings == null)
            return null;
        _last = _settings;
        record(_settings);
        return _settings;
    }

    @Override
    public boolean dialogItemChanged(GenericDialog dialog, AWTEvent event)
    {
        try
        {
            _settings = read();
            _settings.check(_models.info());
            say(_models.summary());
            _preview.show(_previewBox.getState() ? _settings : null);
            return true;
        }
        catch (BioDLException e)
        {
            _settings = null;
            _preview.show(null);
            say(e.getMessage());
            return false;
        }
    }

    private void modelChanged()
    {
        for (String key : _own.keySet())
            if (isModelsOwn(key))
                setOwn(key, _models.info());
            else
                _own.put(key, SegmentForm.own(key, _models.info()));
        dialogItemChanged(_dialog, null);
    }

    private SegmentSettings read()
    {
        Map<String, String> texts = _form.texts();
        texts.put("model", _models.path());
        for (String key : _own.keySet())
            if (isModelsOwn(key))
                texts.put(key, SegmentSettings.ModelsOwn);
        return SegmentSettings.of(MacroOptions.of(texts));
    }

    private void showModelsOwn(SegmentSettings settings)
    {
        for (String key : SegmentForm.ModelsOwn)
        {
            setOwn(key, _models.info());
            if (!settings.value(key).equals(SegmentSettings.ModelsOwn))
                _form.textField(key).setText(settings.value(key));
        }
    }

    private boolean isModelsOwn(String key)
    {
        return _form.textField(key).getText().trim().equals(_own.get(key));
    }

    private void setOwn(String key, ModelInfo info)
    {
        _own.put(key, SegmentForm.own(key, info));
        _form.textField(key).setText(_own.get(key));
    }

    private void say(String text)
    {
        _status.setText(text);
    }

    /** Choices that this image does not offer are left out. */
    private void record(SegmentSettings settings)
    {
        if (!Recorder.record)
            return;
        // Zooming and scrolling while the dialog was open made the recorder forget the command.
        Recorder.setCommand(Segment.Command);
        for (String key : SegmentSettings.Keys)
            if (_form.has(key))
                Recorder.recordOption(key, settings.value(key));
    }
}
