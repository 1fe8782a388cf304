package org.biodl.ij1.segment;

import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import org.biodl.jni.BioDLException;
import org.biodl.progress.StatusBar;

/** Plugins > BioDL > BioDL Segment... : star-convex objects of the current image. */
public final class Segment implements PlugIn
{
    /** Its name in the menu and in macros. */
    static final String Command = "BioDL Segment...";

    @Override
    public void run(String argument)
    {
        try
        {
            segment();
        }
        catch (RuntimeException | Error e)
        {
            if (Macro.MACRO_CANCELED.equals(e.getMessage()))
                throw e;
            Problems.report(e);
        }
    }

    private static void segment()
    {
        ImagePlus image = WindowManager.getCurrentImage();
        if (image == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "There is no image open.", "Open an image and run the command again.");
        SegmentSettings settings = settings(image);
        if (settings == null)
            return;
        try (StatusBar progress = new StatusBar(image.getStackSize() > 1, "looking for objects"); SegmentRun run = SegmentRun.locked(image, settings, progress))
        {
            SegmentOutput.show(run);
        }
    }

    /** From the macro where there is one; asked otherwise; the defaults where nobody can be asked. Null when the user cancelled. */
    private static SegmentSettings settings(ImagePlus image)
    {
        String options = Macro.getOptions();
        if (options == null && Problems.unattended())
            options = "";
        return options != null ? SegmentSettings.parse(options, Segment::variable) : SegmentDialog.ask(image);
    }

    static String variable(String name)
    {
        Interpreter interpreter = Interpreter.getInstance();
        String value = interpreter == null ? null : interpreter.getVariableAsString(name);
        if (value == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "There is no macro variable '" + name + "'.", "Define it before the call.");
        return value;
    }
}
