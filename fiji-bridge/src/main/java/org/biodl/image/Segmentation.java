package org.biodl.image;

import ij.ImagePlus;
import org.biodl.image.ImageSource;
import org.biodl.image.LabelImage;
import org.biodl.image.Provenance;
import org.biodl.image.Region;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Model;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.SegmentedObjects;

/** One segmentation of one image: from settings to objects. Shows nothing. Close it to free the objects. */
final class SegmentRun implements AutoCloseable
{
    final ImageSource source;
    final ModelInfo model;
    final SegmentSettings settings;
    final SegmentedObjects objects;
    private double _renderMs;

    private SegmentRun(ImageSource source, ModelInfo model, SegmentSettings settings, SegmentedObjects objects)
    {
        this.source = source;
        this.model = model;
        this.settings = settings;
        this.objects = objects;
    }

    /**
     * Segment while holding the image's lock, so that other commands leave its pixels alone.
     *
     * @throws BioDLException when the image is locked already, or the run fails or is cancelled
     */
    static SegmentRun locked(ImagePlus image, SegmentSettings settings, ProgressListener listener)
    {
        if (!image.lockSilently())
            throw new BioDLException(BioDLException.HOST, "The image '" + image.getTitle() + "' is locked: another command is working on it.",
                "Wait until it has finished, or unlock the image with Plugins > Utilities > Reset.");
        try
        {
            return of(image, Region.of(image), settings, listener);
        }
        finally
        {
            image.unlock();
        }
    }

    /** Segment the part of an image inside a region. */
    static SegmentRun of(ImagePlus image, Region region, SegmentSettings settings, ProgressListener listener)
    {
        Model model = Models.open(settings.model);
        settings.check(model.info());
        ImageSource.Choice choice = new ImageSource.Choice();
        choice.channel = settings.channel;
        choice.allSlices = settings.allSlices;
        choice.allFrames = settings.allFrames;
        choice.modelChannels = model.info().channels;
        ImageSource source = new ImageSource(image, region, choice);
        return new SegmentRun(source, model.info(), settings, model.segment(source.view(), source.mask(), settings.engine, listener));
    }

    /** @return a whole label image that is not shown, with its provenance */
    ImagePlus labels()
    {
        long start = System.nanoTime();
        ImagePlus labels = LabelImage.create(objects, source);
        _renderMs = (System.nanoTime() - start) * 1e-6;
        writeProvenance(labels);
        return labels;
    }

    /** Note in an image how it came about. */
    void writeProvenance(ImagePlus image)
    {
        Provenance.write(image, source, model, settings.toMacro(), objects, _renderMs);
    }

    /** @return milliseconds of each stage, in one line */
    String times()
    {
        return Provenance.times(objects.report(), _renderMs);
    }

    @Override
    public void close()
    {
        objects.close();
    }
}
