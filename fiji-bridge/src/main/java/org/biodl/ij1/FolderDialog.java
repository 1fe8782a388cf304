package org.biodl.ij1;

import ij.IJ;
import ij.gui.DialogListener;
import ij.gui.GenericDialog;
import java.awt.AWTEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import org.biodl.run.FileOptions;
import org.biodl.run.FolderOptions;
import org.biodl.run.ImageFolder;
import org.biodl.run.OptionException;
import org.biodl.run.Settings;

/** Asks for a folder of images, one for the results, and what to do with each; it says how many images there are, or what is wrong. */
public final class FolderDialog implements DialogListener
{
    /** The title of the dialog and, with dots, the name of the command. */
    public static final String TITLE = "BioDL Folder";
    private static final int TEXT_ROWS = 6;
    private static final int MOST_NAMES = 20;

    /** What the user chose last, for as long as ImageJ runs. */
    private static Settings _last = Settings.of(FolderOptions.LIST);

    private final Errand _looking = new Errand("BioDL folder");
    private PatientDialog _dialog;
    private Form _form;
    private DialogText _text;
    private Settings _settings;

    private FolderDialog()
    {
    }

    /** Not on the event thread. @return settings of FolderOptions.LIST, or null when the user cancelled */
    public static Settings ask()
    {
        return new FolderDialog().show();
    }

    private Settings show()
    {
        _dialog = new PatientDialog(TITLE, _looking::isRunning, null, IJ.getInstance());
        _form = new Form(_dialog, _last, true);
        _form.choose(FolderOptions.TASK, Arrays.asList("Segment", "Denoise", "Virtual stain", "Run model"),
            FolderOptions.TASK.getFormat().getChoices());
        _form.addFolder(FolderOptions.FOLDER);
        _form.addFolder(FolderOptions.RESULTS);
        _form.addWide(FolderOptions.FILES);
        _form.add(FolderOptions.SUBFOLDERS);
        _form.add(FileOptions.OVERWRITE);
        _dialog.addHelp("<html><h3>" + TITLE + "</h3>The same is done with each image of a folder. The next dialog asks how, with the "
            + "first image as an example. An image that fails does not keep the others from being done; Esc ends the run.</html>");
        _text = new DialogText(_dialog, TEXT_ROWS);
        _dialog.addDialogListener(this);
        _dialog.addWindowListener(new WindowAdapter()
        {
            @Override
            public void windowOpened(WindowEvent event)
            {
                _dialog.getButtons()[0].setEnabled(dialogItemChanged(_dialog, null));
            }
        });
        _dialog.showDialog();
        _looking.forget();
        if (_dialog.wasCanceled())
            return null;
        _last = _settings;
        return _settings;
    }

    @Override
    public boolean dialogItemChanged(GenericDialog dialog, AWTEvent event)
    {
        try
        {
            Settings settings = _form.read();
            _settings = settings;
            _looking.start(() -> ImageFolder.of(settings), this::found, this::refused);
            return true;
        }
        catch (OptionException e)
        {
            _looking.forget();
            refused(e);
            return false;
        }
    }

    private void found(ImageFolder folder)
    {
        List<File> files = folder.getFiles();
        StringBuilder text = new StringBuilder(files.size() == 1 ? "One image: " : files.size() + " images: ");
        for (int i = 0; i < Math.min(MOST_NAMES, files.size()); i++)
            text.append(i == 0 ? "" : ", ").append(folder.name(files.get(i)));
        _text.tell(text.append(files.size() > MOST_NAMES ? ", ..." : "").toString());
        _dialog.proceed();
    }

    private void refused(Throwable problem)
    {
        _text.tell(Problems.inDialog(problem));
        _dialog.withdraw();
    }
}
