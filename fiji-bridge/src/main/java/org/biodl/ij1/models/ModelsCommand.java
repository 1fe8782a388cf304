package org.biodl.ij1.models;

import ij.IJ;
import ij.Macro;
import ij.plugin.PlugIn;
import ij.plugin.frame.Recorder;
import org.biodl.ij1.MacroCall;
import org.biodl.ij1.Problems;
import org.biodl.jni.CatalogueEntry;

/** Plugins > BioDL > BioDL Models... : the models there are. A window for a person; with options, what the macro asks for. */
public final class ModelsCommand implements PlugIn
{
    /** Its name in the menu and in macros. */
    static final String COMMAND = "BioDL Models...";

    @Override
    public void run(String argument)
    {
        try
        {
            String options = MacroCall.options();
            if (options != null)
                perform(ModelsSettings.parse(options, MacroCall::variable));
            else
            {
                // the window records what is done in it, not that it was opened
                if (Recorder.record)
                    Recorder.setCommand(null);
                ModelsWindow.open(null);
            }
        }
        catch (RuntimeException | Error e)
        {
            if (Macro.MACRO_CANCELED.equals(e.getMessage()))
                throw e;
            Problems.report(e);
        }
    }

    /** Show the window. From any thread. @param task whose models it shows at first, those of the online collection too */
    public static void open(CatalogueEntry.Task task)
    {
        ModelsWindow.open(task);
    }

    private static void perform(ModelsSettings settings)
    {
        if (settings.action.equals(ModelsOptions.LIST))
        {
            ModelsActions.Listing listing = ModelsActions.list(settings);
            for (String warning : listing.warnings)
                IJ.log("BioDL: " + warning);
            ModelsText.table(listing.entries).show(ModelsText.TITLE);
            return;
        }
        String model = settings.action.equals(ModelsOptions.INSTALL) ? settings.source : settings.id;
        try (ModelsProgress progress = new ModelsProgress(ModelsText.doing(settings.action) + " " + ModelsText.last(model), null))
        {
            IJ.log("BioDL: " + ModelsActions.perform(settings, progress));
        }
    }
}
