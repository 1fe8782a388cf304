package org.biodl.ij1.batch;

import ij.ImagePlus;
import ij.Macro;
import ij.plugin.PlugIn;
import ij.plugin.frame.Recorder;
import java.awt.EventQueue;
import org.biodl.ij1.FolderDialog;
import org.biodl.ij1.MacroCall;
import org.biodl.ij1.Problems;
import org.biodl.ij1.StatusBar;
import org.biodl.ij1.run.RunCommand;
import org.biodl.ij1.segment.SegmentCommand;
import org.biodl.run.FolderOptions;
import org.biodl.run.ImageFolder;
import org.biodl.run.Option;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/**
 * Plugins > BioDL > BioDL Folder... : the same done with each image of a folder. Options are those of FolderOptions and of the command
 * that the task is.
 */
public final class FolderCommand implements PlugIn
{
    @Override
    public void run(String argument)
    {
        String options = MacroCall.options();
        if (options == null && EventQueue.isDispatchThread())
            // dialogs wait for the user, and the event thread must not wait for itself
            new Thread(() -> perform(null), "Run$_" + FolderDialog.TITLE).start();
        else
            perform(options);
    }

    private static void perform(String options)
    {
        try
        {
            Settings settings = options == null ? ask()
                : MacroCall.settings(FolderOptions.with(FolderOptions.verb(options, MacroCall::variable)), options);
            if (settings == null)
                return;
            try (StatusBar progress = new StatusBar(false, FolderOptions.verb(settings).getWork()))
            {
                new FolderRun(settings).run(progress);
            }
        }
        catch (RuntimeException | Error e)
        {
            if (Macro.MACRO_CANCELED.equals(e.getMessage()))
                throw e;
            Problems.report(e);
        }
    }

    /** First the folder, then how, with the first image as an example. @return null when the user cancelled */
    private static Settings ask()
    {
        Settings folder = FolderDialog.ask();
        if (folder == null)
            return null;
        Verb verb = FolderOptions.verb(folder);
        ImagePlus example = ImageFiles.open(ImageFolder.of(folder).getFiles().get(0));
        example.show();
        Settings chosen = verb == Verb.SEGMENT ? SegmentCommand.dialog(example) : RunCommand.dialog(verb, example);
        example.changes = false;
        example.close();
        if (chosen == null)
            return null;
        Settings both = Settings.of(FolderOptions.with(verb));
        for (Settings part : new Settings[] { folder, chosen })
            for (Option<?> option : part.getOptions())
                both = both.with(option.getKey(), part.get(option));
        if (Recorder.record)
            record(both);
        return both;
    }

    /** In place of what the dialog of the task recorded. */
    private static void record(Settings settings)
    {
        Recorder.setCommand(FolderDialog.TITLE + "...");
        for (Option<?> option : settings.getOptions())
            if (settings.isGiven(option) || option == FolderOptions.TASK)
                Recorder.recordOption(option.getKey(), settings.text(option).replace('\\', '/'));
        // now, since a command that ends with an error is not recorded
        Recorder.saveCommand();
    }
}
