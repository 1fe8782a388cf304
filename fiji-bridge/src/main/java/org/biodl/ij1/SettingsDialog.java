package org.biodl.ij1;

import ij.ImagePlus;
import ij.gui.DialogListener;
import ij.gui.GenericDialog;
import ij.gui.NonBlockingGenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.AWTEvent;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.Point;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Model;
import org.biodl.run.ImageOptions;
import org.biodl.run.OpenModels;
import org.biodl.run.Option;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/**
 * Asks for the settings of a verb. What is typed goes through the same strict reading as a macro's options; while something is wrong, the
 * dialog says what, and OK is off. It does not block, so that one can move in the image while the preview runs. Another model may have
 * other fields, so the dialog is built anew for it.
 */
public abstract class SettingsDialog implements DialogListener
{
    private static final int STATUS_WIDTH = 110;

    /** What the user chose last for each verb, for as long as ImageJ runs. */
    private static final Map<Verb, Settings> LAST = new EnumMap<>(Verb.class);

    protected final Verb verb;
    protected final ImagePlus image;
    private final ModelChoice _models;
    private GenericDialog _dialog;
    private Form _form;
    private LivePreview<Settings, ?> _preview;
    private Checkbox _previewBox;
    private Label _status;
    private Settings _settings;
    private boolean _otherModel;

    protected SettingsDialog(Verb verb, ImagePlus image)
    {
        this.verb = verb;
        this.image = image;
        Settings last = LAST.getOrDefault(verb, verb.settings());
        _settings = last;
        _models = new ModelChoice(verb.getTask(), last.text(ImageOptions.MODEL));
    }

    /** The fields that mean something to the image and the model. */
    protected abstract void fields(Form form, Model model);

    /** What comes between preview box and status line. */
    protected abstract void panel(GenericDialog dialog);

    /** @throws BioDLException where the settings do not go together @return a line about them */
    protected abstract String check(Settings settings);

    /** Tell what is wrong. @return the text for the status line */
    protected abstract String refuse(BioDLException problem);

    /** @param closed called when the user closes a window of the preview's own */
    protected abstract LivePreview<Settings, ?> preview(java.util.function.Consumer<String> status, Runnable closed);

    /** @return with the image's channels as numbers, for the recorder */
    protected abstract Settings exact(Settings settings);

    /** @return the settings, or null when the user cancelled */
    public final Settings ask()
    {
        Point place = null;
        boolean preview = false;
        do
        {
            build(preview);
            _dialog.centerDialog(place == null);
            if (place != null)
                _dialog.setLocation(place);
            show();
            place = _dialog.getLocation();
            preview = _previewBox.getState();
        }
        while (_otherModel);
        if (_dialog.wasCanceled() || _settings == null)
            return null;
        LAST.put(verb, _settings);
        if (Recorder.record)
            record(exact(_settings));
        return _settings;
    }

    private void build(boolean preview)
    {
        _otherModel = false;
        _dialog = new NonBlockingGenericDialog(verb.getTitle());
        _form = new Form(_dialog, _settings == null ? verb.settings() : _settings);
        Choice list = _form.choose(ImageOptions.MODEL, ImageOptions.MODEL.getLabel(), _models.names(), _models.names(),
            _models.names().get(_models.selected()));
        if (_models.info() != null)
            fields(_form, OpenModels.open(_models.path()));
        _models.attach(list, _dialog, this::modelChanged);
        _dialog.addHelp(help());
        _dialog.setInsets(8, 20, 0);
        _dialog.addCheckbox("Preview", preview && _models.info() != null);
        _previewBox = (Checkbox) _dialog.getCheckboxes().lastElement();
        panel(_dialog);
        _status = status();
        _preview = preview(this::say, this::previewClosed);
        _dialog.addDialogListener(this);
        // ImageJ calls the listener only when something is changed; and the line keeps the width that it has when the dialog is laid out.
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

    @Override
    public final boolean dialogItemChanged(GenericDialog dialog, AWTEvent event)
    {
        try
        {
            if (_models.info() == null)
                throw new BioDLException(BioDLException.INVALID_ARGUMENT, "Choose a model.",
                    "'Other' opens a file or folder; BioDL Models... installs models of the BioImage Model Zoo.");
            Settings settings = _form.read().with(ImageOptions.MODEL, _models.path());
            _settings = settings;
            say(check(settings));
            _preview.show(_previewBox.getState() ? settings : null);
            return true;
        }
        catch (BioDLException e)
        {
            _settings = null;
            _preview.show(null);
            say(refuse(e));
            return false;
        }
    }

    /** Ends this dialog as Cancel does; `ask` then builds the next one. */
    private void modelChanged()
    {
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

    private String help()
    {
        StringBuilder text = new StringBuilder("<html><h3>").append(verb.getTitle()).append("</h3>");
        for (Option<?> option : verb.getOptions())
            if (_form.has(option))
                text.append("<b>").append(option.getLabel()).append("</b>: ").append(option.getHelp()).append("<br>");
        return text.append("<b>Preview</b> shows what comes of the visible part; zoom and scroll as you like.<br><br>"
            + "A selection limits the work to it.</html>").toString();
    }

    /** A line that later texts fit into. */
    private Label status()
    {
        char[] room = new char[STATUS_WIDTH];
        Arrays.fill(room, ' ');
        _dialog.setInsets(4, 20, 0);
        _dialog.addMessage(new String(room) + '.');
        return (Label) _dialog.getMessage();
    }

    private void say(String text)
    {
        _status.setText(text);
    }

    /** Choices that this image and model do not offer are left out. */
    private void record(Settings settings)
    {
        // Zooming and scrolling while the dialog was open made the recorder forget the command.
        Recorder.setCommand(verb.getCommand());
        for (Option<?> option : verb.getOptions())
            if (_form.has(option))
                Recorder.recordOption(option.getKey(), settings.text(option));
    }
}
