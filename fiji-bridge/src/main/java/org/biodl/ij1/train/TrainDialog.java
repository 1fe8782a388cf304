package org.biodl.ij1.train;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.DialogListener;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.AWTEvent;
import java.awt.Button;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Panel;
import java.awt.Point;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.biodl.ij1.DialogText;
import org.biodl.ij1.Errand;
import org.biodl.ij1.Form;
import org.biodl.ij1.PatientDialog;
import org.biodl.ij1.Problems;
import org.biodl.image.TrainingSet;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Catalogue;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.Training;
import org.biodl.jni.TrainingMethod;
import org.biodl.run.ImageOptions;
import org.biodl.run.Option;
import org.biodl.run.Settings;
import org.biodl.run.TrainOptions;
import org.biodl.run.TrainingChoice;

/**
 * Asks what is to be trained. Only method and images must be said; time, memory and how images are split are shown before it begins.
 * Another method has other fields, so the dialog is built anew for it.
 */
final class TrainDialog implements DialogListener
{
    private static final int TEXT_ROWS = 6;
    /** What the user chose last, for as long as ImageJ runs. */
    private static Settings _last = Settings.of(TrainOptions.LIST);
    private static boolean _long;

    private final ImagePlus _image;
    private final OpenNow _open;
    private final List<CatalogueEntry> _models;
    private final Errand _planning = new Errand("BioDL training plan");
    private PatientDialog _dialog;
    private Form _form;
    private DialogText _text;
    private Settings _settings;
    private boolean _again;
    private boolean _placed;

    /** Not on the event thread. @param image the current one, null for none */
    TrainDialog(ImagePlus image)
    {
        _image = image;
        _open = new OpenNow(image);
        _models = Catalogue.list(false).entries.stream().filter(entry -> entry.runnable).collect(Collectors.toList());
        // another image has another name, and other partners
        _settings = _last.with(TrainOptions.NAME, null).with(TrainOptions.TARGETS, null).with(TrainOptions.LABELS,
            TrainOptions.ROI_MANAGER);
        if (image != null)
            _settings = _settings.with(TrainOptions.IMAGES, ImageOptions.CURRENT);
    }

    /** Not on the event thread. @return settings of TrainOptions.LIST, or null when the user cancelled */
    Settings ask()
    {
        Point place = null;
        do
        {
            build(place);
            _dialog.showDialog();
            // one that was never seen whole knows no place
            place = _placed ? _dialog.getLocation() : place;
        }
        while (_again);
        _planning.forget();
        if (_dialog.wasCanceled())
            return null;
        _last = _settings;
        if (Recorder.record)
            record();
        return _settings;
    }

    private void build(Point place)
    {
        _again = false;
        _placed = false;
        _dialog = new PatientDialog(TrainCommand.TITLE, _planning::isRunning, place, _image == null ? IJ.getInstance() : _image
            .getWindow());
        _form = new Form(_dialog, _settings, _long);
        new TrainFields(_form, method(), _open, this::changed).add(_models);
        Panel buttons = new Panel(new FlowLayout(FlowLayout.LEFT, 5, 0));
        buttons.add(button("Restore defaults", this::restore));
        buttons.add(button(_long ? "Fewer options" : "More options...", this::fold));
        _dialog.setInsets(2, 15, 2);
        _dialog.addPanel(buttons);
        _text = new DialogText(_dialog, TEXT_ROWS);
        _dialog.setOKLabel("Train");
        _dialog.addHelp(help());
        _dialog.addDialogListener(this);
        // ImageJ calls the listener only when something is changed
        _dialog.addWindowListener(new WindowAdapter()
        {
            @Override
            public void windowOpened(WindowEvent event)
            {
                _placed = true;
                review();
            }

            @Override
            public void windowActivated(WindowEvent event)
            {
                // ROIs may have been added, and images opened
                review();
            }
        });
    }

    private TrainingMethod method()
    {
        return TrainOptions.method(_settings);
    }

    private static Button button(String label, Runnable action)
    {
        Button button = new Button(label);
        button.addActionListener(event -> action.run());
        return button;
    }

    /** Fields depend on it. */
    private void changed(Option<String> option, String value)
    {
        keep();
        _settings = _settings.with(option, value);
        if (option == TrainOptions.METHOD)
            _settings = _settings.with(TrainOptions.APPLY, TrainOptions.APPLY.getDefault());
        again();
    }

    private void restore()
    {
        String method = method().getId();
        String images = _settings.get(TrainOptions.IMAGES);
        _settings = Settings.of(TrainOptions.LIST).with(TrainOptions.METHOD, method).with(TrainOptions.IMAGES, images);
        again();
    }

    private void fold()
    {
        keep();
        _long = !_long;
        again();
    }

    /** What the fields say, where that can be read. */
    private void keep()
    {
        try
        {
            _settings = _form.read();
        }
        catch (BioDLException e)
        {
            // a malformed value does not outlive its field
        }
    }

    /** Ends this dialog as Cancel does; `ask` then builds the next one. */
    private void again()
    {
        _again = true;
        EventQueue.invokeLater(_dialog::end);
    }

    private void review()
    {
        _dialog.getButtons()[0].setEnabled(dialogItemChanged(_dialog, null));
    }

    @Override
    public boolean dialogItemChanged(GenericDialog dialog, AWTEvent event)
    {
        if (_again)
            return false;
        try
        {
            Settings settings = _form.read();
            _settings = settings;
            TrainFields.check(settings);
            _planning.start(() -> plan(settings), this::planned, this::refused);
            return true;
        }
        catch (BioDLException e)
        {
            _planning.forget();
            refused(e);
            return false;
        }
    }

    private List<String> plan(Settings settings)
    {
        return TrainingText.lines(Training.plan(TrainingChoice.of(settings), TrainingSet.of(settings, _open)));
    }

    private void planned(List<String> lines)
    {
        _text.tell(String.join("\n", lines));
        _dialog.proceed();
    }

    private void refused(Throwable problem)
    {
        _text.tell(Problems.inDialog(problem));
        _dialog.withdraw();
    }

    private String help()
    {
        StringBuilder text = new StringBuilder("<html><h3>").append(TrainCommand.TITLE).append("</h3>");
        for (Option<?> option : TrainOptions.LIST)
            if (_form.has(option))
                text.append("<b>").append(option.getLabel()).append("</b>: ").append(option.getHelp()).append("<br>");
        return text.append("<br>The training goes on in the background, and pauses while a model runs. At its end the model is in the list "
            + "of its command.</html>").toString();
    }

    private void record()
    {
        Recorder.setCommand(TrainCommand.TITLE + "...");
        for (Option<?> option : TrainOptions.LIST)
            if (_settings.isGiven(option) || option == TrainOptions.METHOD)
                Recorder.recordOption(option.getKey(), _settings.recorded(option).replace('\\', '/'));
        // now, since the training goes on long after the command
        Recorder.saveCommand();
    }
}
