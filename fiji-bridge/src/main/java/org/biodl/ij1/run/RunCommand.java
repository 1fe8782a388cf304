package org.biodl.ij1.run;

import ij.ImagePlus;
import java.util.Locale;
import org.biodl.BioDL;
import org.biodl.ij1.ImageCommand;
import org.biodl.ij1.MacroCall;
import org.biodl.ij1.StatusBar;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/**
 * "BioDL Denoise...", "BioDL Virtual Stain..." and "BioDL Run Model..."; the argument in plugins.config says which: denoise, stain,
 * run.
 */
public final class RunCommand extends ImageCommand
{
    @Override
    protected Verb verb(String argument)
    {
        return Verb.valueOf(argument.toUpperCase(Locale.ROOT));
    }

    @Override
    protected Settings ask(Verb verb, ImagePlus image)
    {
        return dialog(verb, image);
    }

    /** @return the settings of a run, or null when the user cancelled */
    public static Settings dialog(Verb verb, ImagePlus image)
    {
        return new RunDialog(verb, image).ask();
    }

    @Override
    protected void perform(Verb verb, ImagePlus image, Settings settings, StatusBar progress)
    {
        RunOutput.show(BioDL.run(verb, MacroCall.images(image, settings), settings, progress));
    }
}
