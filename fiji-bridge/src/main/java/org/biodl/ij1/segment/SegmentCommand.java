package org.biodl.ij1.segment;

import ij.ImagePlus;
import org.biodl.BioDL;
import org.biodl.ij1.ImageCommand;
import org.biodl.ij1.StatusBar;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** Plugins > BioDL > BioDL Segment... : star-convex objects of the current image. */
public final class SegmentCommand extends ImageCommand
{
    @Override
    protected Verb verb(String argument)
    {
        return Verb.SEGMENT;
    }

    @Override
    protected Settings ask(Verb verb, ImagePlus image)
    {
        return dialog(image);
    }

    /** @return the settings of a segmentation, or null when the user cancelled */
    public static Settings dialog(ImagePlus image)
    {
        return new SegmentDialog(image).ask();
    }

    @Override
    protected void perform(Verb verb, ImagePlus image, Settings settings, StatusBar progress)
    {
        SegmentOutput.check(settings);
        SegmentOutput.show(BioDL.segment(image, settings, progress), settings);
    }
}
