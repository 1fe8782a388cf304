package org.biodl.ij1;

import ij.ImagePlus;
import ij.gui.DialogListener;
import ij.gui.GenericDialog;
import ij.gui.NonBlockingGenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.AWTEvent;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.Point;
import java.awt.TextArea;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Model;
import org.biodl.jni.TensorInfo;

/**
 * Asks for the settings of one of the three commands. What is typed goes through the same strict reading as a macro's options, and the run
 * is planned at once: the text shows how image and network meet, tiles and memory, or what is wrong, and then OK is off. Another model may
 * have other fields, so the dialog is built anew for it.
 */
final class RunDialog implements DialogListener
{
    /** What the user chose last in each command, for as long as ImageJ runs. */
    private static final Map<RunTask, Map<String, String>> Last = new EnumMap<>(RunTask.class);

    private final RunTask _task;
    private final ImagePlus _image;
    private final ModelChoice _models;
    private final Map<String, String> _values = new LinkedHashMap<>();
    private GenericDialog _dialog;
    private Form _form;
    private RunPreview _preview;
    private Checkbox _previewBox;
    private TextArea _plan;
    private Label _status;
    private RunSettings _settings;
    private boolean _otherModel;

    private RunDialog(RunTask task, ImagePlus image)
    {
        _task = task;
        _image = image;
        _values.putAll(Last.getOrDefault(task, Collections.emptyMap()));
        _models = new ModelChoice(task.task, _values.getOrDefault("model", ""));
    }

    /** @return the settings, or null when the user cancelled */
    static RunSettings ask(RunTask task, ImagePlus image)
    {
        RunDialog dialog = new RunDialog(task, image);
        Point place = null;
        boolean preview = false;
        do
        {
            dialog.build(preview);
            dialog._dialog.centerDialog(place == null);
            if (place != null)
                dialog._dialog.setLocation(place);
            dialog.show();
            place = dialog._dialog.getLocation();
            preview = dialog._previewBox.getState();
        }
        while (dialog._otherModel);
        return dialog.finish();
    }

    private void build(boolean preview)
    {
        _otherModel = false;
        _dialog = new NonBlockingGenericDialog(_task.title);
        _form = new Form(_dialog);
        Model model = _models.info() == null ? null : Models.open(_models.path());
        List<TensorInfo> inputs = model == null ? Collections.emptyList() : model.inputs();
        List<TensorInfo> outputs = model == null ? Collections.emptyList() : model.outputs();
        RunSettings standard = RunSettings.of(_task, MacroOptions.of(Collections.singletonMap("model", "none")));
        _models.attach(new RunForm(_form, _task, _image).build(_models, inputs, outputs, key -> _values.getOrDefault(key, standard.value(key))), _dialog,
            this::modelChanged);
        _previewBox = RunForm.preview(_dialog, preview && model != null);
        _plan = RunForm.plan(_dialog);
        _status = SegmentForm.status(_dialog);
        _preview = new RunPreview(_image, _task, this::say, this::previewClosed);
        _dialog.addDialogListener(this);
        // ImageJ calls the listener only when something is changed.
        _dialog.addWindowListener(new WindowAdapter()
        {
            @Override
            public void windowOpened(WindowEvent event)
            {
                _dialog.getButtons()[0].setEnabled(dialogItemChanged(_dialog, null));
            }
        });
    }

    private void show()
    {
        try
        {
            _dialog.showDialog();
        }
        finally
        {
            _preview.close();
        }
    }

    private RunSettings finish()
    {
        if (_dialog.wasCanceled() || _settings == null)
            return null;
        Map<String, String> chosen = new LinkedHashMap<>(_form.texts());
        chosen.put("model", _models.path());
        Last.put(_task, chosen);
        RunSettings exact = RunPreparation.of(_image, _settings).exact();
        if (Recorder.record)
            record(exact);
        return exact;
    }

    @Override
    public boolean dialogItemChanged(GenericDialog dialog, AWTEvent event)
    {
        try
        {
            if (_models.info() == null)
                throw new BioDLException(BioDLException.INVALID_ARGUMENT, "Choose a model.",
                    "'Other' opens a file or folder; BioDL Models... installs models of the BioImage Model Zoo.");
            _settings = read();
            RunPreparation preparation = RunPreparation.of(_image, _settings);
            tell(String.join("\n", PlanText.lines(preparation)));
            say("");
            RunChecks.checkMemory(preparation);
            _preview.show(_previewBox.getState() ? _settings : null);
            return true;
        }
        catch (BioDLException e)
        {
            _settings = null;
            _preview.show(null);
            tell(e.text());
            say("");
            return false;
        }
    }

    private RunSettings read()
    {
        Map<String, String> texts = new LinkedHashMap<>(_form.texts());
        texts.put("model", _models.path());
        if (_form.has("percentile_low"))
        {
            ownPercentile(texts, "percentile_low", _models.info().percentileLow);
            ownPercentile(texts, "percentile_high", _models.info().percentileHigh);
        }
        return RunSettings.of(_task, MacroOptions.of(texts));
    }

    private static void ownPercentile(Map<String, String> texts, String key, double own)
    {
        if (texts.get(key).equals(MacroOptions.plain(own)))
            texts.put(key, SegmentSettings.ModelsOwn);
    }

    /** Ends this dialog as Cancel does; `ask` then builds the next one. */
    private void modelChanged()
    {
        _values.clear();
        _otherModel = true;
        Button cancel = _dialog.getButtons()[1];
        EventQueue.invokeLater(() -> _dialog.actionPerformed(new ActionEvent(cancel, ActionEvent.ACTION_PERFORMED, cancel.getLabel())));
    }

    private void previewClosed()
    {
        _previewBox.setState(false);
        _preview.show(null);
        say("");
    }

    private void tell(String text)
    {
        if (!text.equals(_plan.getText()))
        {
            _plan.setText(text);
            _plan.setCaretPosition(0);
        }
    }

    private void say(String text)
    {
        _status.setText(text);
    }

    /** Choices that this image and model do not offer are left out. */
    private void record(RunSettings settings)
    {
        // Zooming and scrolling while the dialog was open made the recorder forget the command.
        Recorder.setCommand(_task.command);
        for (String key : _task.keys)
            if (_form.has(key))
                Recorder.recordOption(key, settings.value(key));
    }
}
