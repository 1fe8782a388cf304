package org.biodl.ij1.segment;

import ij.ImagePlus;
import ij.gui.Overlay;
import java.awt.Rectangle;
import java.util.function.Consumer;
import org.biodl.ij1.LivePreview;
import org.biodl.image.KeptObjects;
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
 * real run, so that the preview shows what the run will find. The network runs once for a view; thresholds are answered from what it gave.
 */
final class SegmentPreview extends LivePreview<Settings, Segmentation>
{
    private final Overlay _original;
    private boolean _shown;
    /** Of the view that was computed last; used by the thread that computes. */
    private volatile KeptObjects _kept;
    private Object _keptView;

    SegmentPreview(ImagePlus image, Consumer<String> status)
    {
        super(image, Verb.SEGMENT.getWork(), status);
        _original = image.getOverlay();
    }

    private static Settings ofView(Settings chosen)
    {
        return chosen.with(ImageOptions.SLICES, ImageOptions.CURRENT).with(ImageOptions.FRAMES, ImageOptions.CURRENT)
            .with(SegmentOptions.OUTPUT, SegmentOptions.ROI_MANAGER);
    }

    @Override
    protected boolean isInstant(Settings chosen)
    {
        KeptObjects kept = _kept;
        return kept != null && kept.answers(ofView(chosen));
    }

    @Override
    protected Segmentation compute(Settings chosen, Rectangle visible, Object view, ProgressListener listener)
    {
        Settings settings = ofView(chosen);
        Region region = Region.of(image).within(visible);
        if (_kept == null || !view.equals(_keptView) || !_kept.answers(settings))
        {
            release();
            _kept = KeptObjects.of(image, region, settings, listener);
            _keptView = view;
        }
        // where there were too many candidates, those of low probability are not kept
        return _kept.answers(settings) ? _kept.select(settings, listener) : Segmentation.of(image, region, settings, listener);
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

    @Override
    protected void release()
    {
        if (_kept != null)
            _kept.close();
        _kept = null;
    }
}
