package org.biodl.ij1;

import ij.ImagePlus;
import ij.Macro;
import ij.plugin.PlugIn;
import java.awt.EventQueue;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** What the commands that work on the current image have in common: all but what is done. */
public abstract class ImageCommand implements PlugIn
{
    @Override
    public final void run(String argument)
    {
        String options = MacroCall.options();
        if (options == null && EventQueue.isDispatchThread())
            // the dialog waits for the user, and the event thread must not wait for itself
            new Thread(() -> run(argument, null), "Run$_" + verb(argument).getTitle()).start();
        else
            run(argument, options);
    }

    private void run(String argument, String options)
    {
        try
        {
            Verb verb = verb(argument);
            ImagePlus image = MacroCall.currentImage("Open an image and run the command again.");
            Settings settings = options == null ? ask(verb, image) : MacroCall.settings(verb.getOptions(), options);
            if (settings == null)
                return;
            try (StatusBar progress = new StatusBar(image.getNSlices() * image.getNFrames() > 1, verb.getWork()))
            {
                perform(verb, image, settings, progress);
            }
        }
        catch (RuntimeException | Error e)
        {
            if (Macro.MACRO_CANCELED.equals(e.getMessage()))
                throw e;
            Problems.report(e);
        }
    }

    /** @param argument of plugins.config */
    protected abstract Verb verb(String argument);

    /** @return null when the user cancelled */
    protected abstract Settings ask(Verb verb, ImagePlus image);

    /** Run and show what came of it. */
    protected abstract void perform(Verb verb, ImagePlus image, Settings settings, StatusBar progress);
}
