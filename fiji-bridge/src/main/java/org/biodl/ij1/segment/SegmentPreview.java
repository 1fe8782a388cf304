package org.biodl.ij1.segment;

import ij.ImagePlus;
import ij.gui.Overlay;
import java.awt.Rectangle;
import java.util.function.Consumer;
import org.biodl.image.ObjectRois;
import org.biodl.image.Region;
import org.biodl.jni.ProgressListener;

/**
 * Outlines on the visible part of the current plane while the dialog is open. Intensities are normalised over the whole plane, as in the
 * real run, so that the preview shows what the run will find.
 */
final class Preview extends LivePreview<SegmentSettings, Preview.Outlines>
{
    private final Overlay _original;
    private boolean _shown;

    /** What was found in view. */
    static final class Outlines
    {
        final Overlay overlay;
        final int count;

        Outlines(Overlay overlay, int count)
        {
            this.overlay = overlay;
            this.count = count;
        }
    }

    Preview(ImagePlus image, Consumer<String> status)
    {
        super(image, "looking for objects", status);
        _original = image.getOverlay();
    }

    @Override
    Outlines compute(SegmentSettings chosen, Rectangle visible, ProgressListener listener)
    {
        SegmentSettings settings = SegmentSettings.parse(chosen.toMacro(), name -> name);
        settings.allSlices = false;
        settings.allFrames = false;
        try (SegmentRun run = SegmentRun.of(image, Region.of(image).within(visible), settings, listener))
        {
            return new Outlines(ObjectRois.overlay(_original, run.objects, ObjectRois.create(run.objects, run.source)), run.objects.count());
        }
    }

    @Override
    String present(Outlines outlines)
    {
        if (image.getProcessor() != null)
        {
            image.setOverlay(outlines.overlay);
            _shown = true;
        }
        return outlines.count + (outlines.count == 1 ? " object" : " objects") + " in view";
    }

    @Override
    void restore()
    {
        if (_shown && image.getProcessor() != null)
            image.setOverlay(_original);
        _shown = false;
    }
}
