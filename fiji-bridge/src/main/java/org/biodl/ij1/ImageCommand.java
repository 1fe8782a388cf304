package org.biodl.ij1;

import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.PlugIn;
import org.biodl.jni.BioDLException;
import org.biodl.progress.StatusBar;

/** What the three commands that turn images into images have in common: all but their name. */
abstract class RunCommand implements PlugIn
{
    private final RunTask _task;

    RunCommand(RunTask task)
    {
        _task = task;
    }

    @Override
    public final void run(String argument)
    {
        try
        {
            run();
        }
        catch (RuntimeException | Error e)
        {
            if (Macro.MACRO_CANCELED.equals(e.getMessage()))
                throw e;
            Problems.report(e);
        }
    }

    private void run()
    {
        ImagePlus image = WindowManager.getCurrentImage();
        if (image == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "There is no image open.", "Open an image and run the command again.");
        RunSettings settings = settings(image);
        if (settings == null)
            return;
        RunPreparation preparation = RunPreparation.of(image, settings);
        try (StatusBar progress = new StatusBar(image.getNSlices() * image.getNFrames() > 1, _task.work))
        {
            RunOutput.show(ModelRun.locked(preparation, progress));
        }
    }

    /** From the macro where there is one; asked otherwise; the defaults where nobody can be asked. Null when the user cancelled. */
    private RunSettings settings(ImagePlus image)
    {
        String options = Macro.getOptions();
        if (options == null && Problems.unattended())
            options = "";
        return options != null ? RunSettings.parse(_task, options, Segment::variable) : RunDialog.ask(_task, image);
    }
}
