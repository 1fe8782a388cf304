package org.biodl.ij1;

import ij.IJ;
import ij.ImageListener;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.DialogListener;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import ij.gui.RoiListener;
import ij.plugin.frame.Recorder;
import java.awt.AWTEvent;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Panel;
import java.awt.Point;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Model;
import org.biodl.run.ImageOptions;
import org.biodl.run.Option;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/**
 * Asks for the settings of a verb. What is typed goes through the same strict reading as a macro's options; while something is wrong, the
 * dialog says what, and OK is off. It does not block, so that one can move in the image while the preview runs. Models are opened and plans
 * are made on threads of their own, for which OK waits. Another model may have other fields, so the dialog is built anew for it.
 */
public abstract class SettingsDialog implements DialogListener
{
    /** What the user chose last for each verb, for as long as ImageJ runs. */
    private static final Map<Verb, Settings> LAST = new ConcurrentHashMap<>();
    /** The dialogs on the screen; the newest of each verb. */
    private static final Map<Verb, SettingsDialog> OPEN = new ConcurrentHashMap<>();
    private static boolean _long;

    protected final Verb verb;
    protected final ImagePlus image;
    private final String _suggested;
    private final ModelField _models;
    private final Errand _checking = new Errand("BioDL plan");
    private PatientDialog _dialog;
    private Form _form;
    private DialogText _text;
    private LivePreview<Settings, ?> _preview;
    private Checkbox _previewBox;
    private Settings _settings;
    private boolean _again;

    /** @param suggested the model to begin with, until the user chooses another one; "": none */
    protected SettingsDialog(Verb verb, ImagePlus image, String suggested)
    {
        this.verb = verb;
        this.image = image;
        _suggested = suggested;
        _settings = LAST.getOrDefault(verb, verb.settings());
        String model = _settings.is(ImageOptions.MODEL, ImageOptions.AUTO) ? "" : _settings.text(ImageOptions.MODEL);
        _models = new ModelField(verb.getTask(), model, suggested, new ModelListener());
    }

    /** Choose a model in the verb's dialog, which is opened for the current image where there is none yet. On the event thread. */
    public static void open(Verb verb, String model)
    {
        SettingsDialog open = OPEN.get(verb);
        if (open != null && open.image == WindowManager.getCurrentImage())
        {
            open._models.choose(model);
            open._dialog.toFront();
            return;
        }
        prefer(verb, model);
        IJ.doCommand(verb.getCommand());
    }

    /** The next dialog of the verb has this model chosen. From any thread. */
    public static void prefer(Verb verb, String model)
    {
        LAST.merge(verb, verb.settings().with(ImageOptions.MODEL, model), (last, fresh) -> last.with(ImageOptions.MODEL, model));
    }

    /** The fields that mean something to the image and the model. */
    protected abstract void fields(Form form, Model model);

    /** @return lines of the text that the dialog shows of itself */
    protected abstract int textRows();

    /**
     * Not on the event thread.
     *
     * @return what the dialog says of these settings
     * @throws BioDLException where they do not go together
     */
    protected abstract List<String> check(Settings settings);

    /** @param closed called when the user closes a window of the preview's own */
    protected abstract LivePreview<Settings, ?> preview(Consumer<String> status, Runnable closed);

    /** @return with the image's channels as numbers, for the recorder */
    protected abstract Settings exact(Settings settings);

    /** Show the models there are, and how to get others. */
    protected abstract void getModels();

    /** Not on the event thread. @return the settings, or null when the user cancelled */
    public final Settings ask()
    {
        _models.openSoon();
        OPEN.put(verb, this);
        Watch watch = new Watch();
        try
        {
            boolean wanted = false;
            boolean preview = false;
            Point place = null;
            do
            {
                build(place, preview);
                if (wanted && passes())
                    return taken();
                _dialog.showDialog();
                _preview.close();
                place = _dialog.getLocation();
                preview = _previewBox.getState();
                wanted = _dialog.isWanted();
            }
            while (_again);
            return _dialog.wasCanceled() ? null : taken();
        }
        finally
        {
            watch.close();
            OPEN.remove(verb, this);
            _checking.forget();
            _models.close();
        }
    }

    private Settings taken()
    {
        // another image may ask for another model than the one that was suggested for this one
        LAST.put(verb, _settings.is(ImageOptions.MODEL, _suggested) ? _settings.with(ImageOptions.MODEL, ImageOptions.AUTO) : _settings);
        if (Recorder.record)
            record(exact(_settings));
        return _settings;
    }

    /** The user pressed OK while the model was being opened. @return whether its dialog need not be shown */
    private boolean passes()
    {
        try
        {
            _settings = read();
            check(_settings);
            _dialog.dispose();
            return true;
        }
        catch (BioDLException e)
        {
            return false;
        }
    }

    private void build(Point place, boolean preview)
    {
        _again = false;
        _dialog = new PatientDialog(verb.getTitle(), () -> _models.isOpening() || _checking.isRunning(), place, image.getWindow());
        _form = new Form(_dialog, _settings, _long);
        _models.addTo(_form, _dialog);
        buttons(button("Get models...", this::getModels), button("Browse...", _models::browse));
        if (_models.model() != null)
        {
            fields(_form, _models.model());
            formButtons();
        }
        _dialog.addHelp(help());
        _dialog.setInsets(8, 20, 0);
        _dialog.addCheckbox("Preview", preview && _models.model() != null);
        _previewBox = (Checkbox) _dialog.getCheckboxes().lastElement();
        _text = new DialogText(_dialog, textRows());
        _preview = preview(_text::say, this::previewClosed);
        _dialog.addDialogListener(this);
        // ImageJ calls the listener only when something is changed
        _dialog.addWindowListener(new WindowAdapter()
        {
            @Override
            public void windowOpened(WindowEvent event)
            {
                _models.begin();
                review();
            }

            @Override
            public void windowActivated(WindowEvent event)
            {
                _models.refresh();
            }
        });
    }

    private void formButtons()
    {
        Predicate<Option<?>> thresholds = option -> option == SegmentOptions.PROBABILITY || option == SegmentOptions.OVERLAP;
        Button models = button("Model's thresholds", () -> restore(thresholds));
        models.setVisible(_form.hasOwn(thresholds));
        buttons(models, button("Restore defaults", () -> restore(option -> option != ImageOptions.MODEL)),
            button(_long ? "Fewer options" : "More options...", this::fold));
    }

    private void buttons(Button... buttons)
    {
        Panel panel = new Panel(new FlowLayout(FlowLayout.LEFT, 5, 0));
        for (Button button : buttons)
            if (button.isVisible())
                panel.add(button);
        _dialog.setInsets(2, 15, 2);
        _dialog.addPanel(panel);
    }

    private static Button button(String label, Runnable action)
    {
        Button button = new Button(label);
        button.addActionListener(event -> action.run());
        return button;
    }

    private void restore(Predicate<Option<?>> which)
    {
        _form.restore(which);
        review();
    }

    private void fold()
    {
        _long = !_long;
        again();
    }

    /** Look at all fields, as after a change. */
    private void review()
    {
        _dialog.getButtons()[0].setEnabled(dialogItemChanged(_dialog, null));
    }

    @Override
    public final boolean dialogItemChanged(GenericDialog dialog, AWTEvent event)
    {
        try
        {
            Settings settings = read();
            _settings = settings;
            if (!_models.isOpening())
                _checking.start(() -> check(settings), lines -> passed(settings, lines), this::refused);
            return true;
        }
        catch (BioDLException e)
        {
            _checking.forget();
            refused(e);
            return false;
        }
    }

    private Settings read()
    {
        if (_models.path().isEmpty())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "Choose a model.",
                "'Get models...' lists those of this machine and of the BioImage Model Zoo; 'Browse...' opens a file or folder.");
        return _form.read().with(ImageOptions.MODEL, _models.path());
    }

    private void passed(Settings settings, List<String> lines)
    {
        _text.tell(String.join("\n", lines));
        _preview.show(_previewBox.getState() ? settings : null);
        _dialog.proceed();
    }

    private void refused(Throwable problem)
    {
        _preview.show(null);
        _text.say("");
        _text.tell(Problems.inDialog(problem));
        _dialog.withdraw();
    }

    /** Ends this dialog as Cancel does; `ask` then builds the next one. */
    private void again()
    {
        _again = true;
        EventQueue.invokeLater(_dialog::end);
    }

    private void previewClosed()
    {
        _previewBox.setState(false);
        _preview.show(null);
        _text.say("");
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

    /** Choices that this image and model do not offer are left out, unless they were made. */
    private void record(Settings settings)
    {
        // Zooming and scrolling while the dialog was open made the recorder forget the command.
        Recorder.setCommand(verb.getCommand());
        for (Option<?> option : verb.getOptions())
            if (_form.has(option) || settings.isGiven(option))
                Recorder.recordOption(option.getKey(), settings.recorded(option));
    }

    /** Follows the model that is being opened. */
    private final class ModelListener implements ModelField.Listener
    {
        @Override
        public void opening(String text)
        {
            _checking.forget();
            _preview.show(null);
            _text.say(text);
            if (!text.isEmpty())
                _text.tell("");
        }

        @Override
        public void opened()
        {
            again();
        }

        @Override
        public void failed(Throwable problem)
        {
            refused(problem);
            if (_models.model() != null)
                _dialog.getButtons()[0].setEnabled(true);
        }
    }

    /** Follows the image while it is asked about: selection and type are part of the plan, without it there is nothing to ask. */
    private final class Watch implements ImageListener, RoiListener
    {
        private int _type = image.getType();

        Watch()
        {
            ImagePlus.addImageListener(this);
            Roi.addRoiListener(this);
        }

        @Override
        public void imageOpened(ImagePlus opened)
        {
            // another one
        }

        @Override
        public void imageClosed(ImagePlus closed)
        {
            if (closed == image)
                EventQueue.invokeLater(_dialog::end);
        }

        @Override
        public void imageUpdated(ImagePlus updated)
        {
            if (updated == image)
                EventQueue.invokeLater(this::changed);
        }

        @Override
        public void roiModified(ImagePlus of, int what)
        {
            if (of == image)
                EventQueue.invokeLater(() ->
                {
                    _preview.changed();
                    review();
                });
        }

        private void changed()
        {
            _preview.changed();
            if (image.getType() != _type)
                review();
            _type = image.getType();
        }

        void close()
        {
            ImagePlus.removeImageListener(this);
            Roi.removeRoiListener(this);
        }
    }
}
