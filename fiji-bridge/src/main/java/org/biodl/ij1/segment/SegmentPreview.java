package org.biodl.ij1.segment;

import ij.ImagePlus;
import ij.gui.Overlay;
import java.awt.Rectangle;
import java.util.function.Consumer;
import org.biodl.ij1.LivePreview;
import org.biodl.image.ObjectRois;
import org.biodl.image.Region;
import org.biodl.image.Segmentation;
import org.biodl.jni.ProgressListener;
import org.biodl.run.ImageOptions;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/**
 * Outlines on the visible part of the current plane while the dialog is open. Intensities are normalised over the whole plane, as in the
 * real run, so that the preview shows what the run will find.
 */
final class SegmentPreview extends LivePreview<Settings, Segmentation>
{
    private final Overlay _original;
    private boolean _shown;

    SegmentPreview(ImagePlus image, Consumer<String> status)
    {
        super(image, Verb.SEGMENT.getWork(), status);
        _original = image.getOverlay();
    }

    @Override
    protected Segmentation compute(Settings chosen, Rectangle visible, ProgressListener listener)
    {
        Settings settings = chosen.with(ImageOptions.SLICES, ImageOptions.CURRENT).with(ImageOptions.FRAMES, ImageOptions.CURRENT)
            .with(SegmentOptions.OUTPUT, SegmentOptions.ROI_MANAGER);
        return Segmentation.of(image, Region.of(image).within(visible), settings, listener);
    }

    @Override
    protected String present(Segmentation found)
    {
        if (image.getProcessor() != null)
        {
            image.setOverlay(ObjectRois.overlay(_original, found));
            _shown = true;
        }
        return found.getCount() + (found.getCount() == 1 ? " object" : " objects") + " in view";
    }

    @Override
    protected void restore()
    {
        if (_shown && image.getProcessor() != null)
            image.setOverlay(_original);
        _shown = false;
    }
}
