package org.biodl.ij1.train;

import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.awt.EventQueue;
import org.biodl.ij1.MacroCall;
import org.biodl.ij1.Problems;
import org.biodl.jni.UnfinishedTraining;
import org.biodl.run.Settings;
import org.biodl.run.TrainOptions;

/**
 * Plugins > BioDL > BioDL Train... : a model of one's own. A training that a person starts goes on in the background; a macro waits for it,
 * so that its next line can use the model.
 */
public final class TrainCommand implements PlugIn
{
    /** The title of the dialog and, with dots, the name of the command. */
    static final String TITLE = "BioDL Train";

    @Override
    public void run(String argument)
    {
        String options = MacroCall.options();
        if (options == null && EventQueue.isDispatchThread())
            // dialogs wait for the user, and the event thread must not wait for itself
            new Thread(() -> perform(null), "Run$_" + TITLE).start();
        else
            perform(options);
    }

    private static void perform(String options)
    {
        try
        {
            ImagePlus image = WindowManager.getCurrentImage();
            if (options == null)
                ask(image);
            else
                TrainingTask.inMacro(MacroCall.settings(TrainOptions.LIST, options), image);
        }
        catch (RuntimeException | Error e)
        {
            if (Macro.MACRO_CANCELED.equals(e.getMessage()))
                throw e;
            Problems.report(e);
        }
    }

    private static void ask(ImagePlus image)
    {
        Settings settings = Settings.of(TrainOptions.LIST);
        UnfinishedTraining unfinished = TrainQuestions.unfinished(UnfinishedTraining.list());
        if (unfinished != null)
        {
            TrainingTask.inBackground(settings.with(TrainOptions.RESUME, unfinished.id), image);
            return;
        }
        Settings chosen = new TrainDialog(image).ask();
        if (chosen != null)
            TrainingTask.inBackground(chosen, image);
    }
}
