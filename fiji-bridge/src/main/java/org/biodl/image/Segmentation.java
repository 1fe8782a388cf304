package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.RunPlan;
import org.biodl.jni.SegmentedObjects;
import org.biodl.run.Account;
import org.biodl.run.DefaultModel;
import org.biodl.run.ImageOptions;
import org.biodl.run.RunChecks;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** What was found in an image, as ImageJ's objects; nothing of it is shown, and nothing is to be closed. */
public final class Segmentation
{
    private final ImageSource _source;
    private final ImagePlus _labels;
    private final List<Roi> _rois;
    private final long[] _numbers;
    private final SegmentedObjects _objects;
    private ResultsTable _table;
    private final Account _account;
    private final Provenance _provenance;
    private final List<ImagePlus> _maps = new ArrayList<>();

    private Segmentation(SegmentedObjects objects, ImageSource source, int channel, Provenance provenance, boolean labels)
    {
        _source = source;
        long start = System.nanoTime();
        _labels = labels ? LabelImage.create(objects, source, channel) : null;
        double renderMs = labels ? (System.nanoTime() - start) * 1e-6 : 0;
        _rois = Collections.unmodifiableList(Arrays.asList(ObjectRois.create(objects, source)));
        _numbers = new long[objects.count()];
        Arrays.setAll(_numbers, objects::label);
        _objects = objects;
        _account = Account.of(objects.report(), provenance.source(), renderMs);
        _provenance = provenance;
        if (labels)
            writeProvenance(_labels);
    }

    /**
     * Segment a part of an image. Does not lock it.
     *
     * @param image any image but 8-bit colour
     * @param region where to look for objects
     * @param settings of Verb.SEGMENT
     * @param listener told of the progress, may be null
     * @throws BioDLException when image, model and settings do not go together, or the run fails or is cancelled
     */
    public static Segmentation of(ImagePlus image, Region region, Settings settings, ProgressListener listener)
    {
        SegmentationTask task = new SegmentationTask(image, region, settings);
        if (SegmentOptions.wantsLabels(settings))
            RunChecks.requireMemory("The label image", LabelImage.bytes(task.source));
        PredictedMaps maps = new PredictedMaps(task);
        try (SegmentedObjects objects = task.run(maps, listener))
        {
            Segmentation found = of(objects, task, settings);
            found._maps.addAll(maps.images());
            found._maps.forEach(found::writeProvenance);
            return found;
        }
    }

    /** @return what is made of objects that were found */
    static Segmentation of(SegmentedObjects objects, SegmentationTask task, Settings settings)
    {
        Settings chosen = settings.with(ImageOptions.MODEL, task.settings.get(ImageOptions.MODEL));
        return new Segmentation(objects, task.source, task.channels == null ? 0 : task.channels[0], task.provenance(chosen),
            SegmentOptions.wantsLabels(settings));
    }

    /** @return the built-in model that fits an image, as OpenModels.open takes it; "" when there is none */
    public static String defaultModel(ImagePlus image)
    {
        try
        {
            return DefaultModel.of(Verb.SEGMENT, new ImageSource(image, Verb.SEGMENT.settings()).view());
        }
        catch (BioDLException e)
        {
            // an image that cannot be run on; whoever runs says so
            return DefaultModel.of(Verb.SEGMENT, null);
        }
    }

    /** @return how a segmentation would go, before any pixel is read @throws BioDLException where things do not go together */
    public static RunPlan plan(ImagePlus image, Region region, Settings settings)
    {
        SegmentationTask task = new SegmentationTask(image, region, settings);
        task.stars(settings);
        return task.plan();
    }

    /** @return 16-bit where the labels fit, else 32-bit, 0 where nothing is; null where the settings ask for ROIs alone */
    public ImagePlus getLabels()
    {
        return _labels;
    }

    /** @return what the network predicts, as far as the settings ask for it: probabilities, distances */
    public List<ImagePlus> getMaps()
    {
        return Collections.unmodifiableList(_maps);
    }

    /** @return one for each object, by plane and then by falling probability */
    public List<Roi> getRois()
    {
        return _rois;
    }

    /** @return one row for each ROI: label, probability, area and centroid in the image's unit, frame, slice, and what ImageJ measures */
    public synchronized ResultsTable getTable()
    {
        if (_table == null)
            _table = ObjectTable.create(_objects, _rois, _source, _provenance.settings().isOn(SegmentOptions.MEASURE));
        return _table;
    }

    /** @return how the run went */
    public Account getAccount()
    {
        return _account;
    }

    /** @return how many objects there are */
    public int getCount()
    {
        return _numbers.length;
    }

    /** @return the value of an object in the label image */
    public long getLabel(int object)
    {
        return _numbers[object];
    }

    /** @return where objects were looked for */
    public Region getRegion()
    {
        return _provenance.region();
    }

    /** @return what found them */
    public ModelInfo getModel()
    {
        return _provenance.model();
    }

    /** @return what was read */
    public ImageSource getSource()
    {
        return _source;
    }

    /** Note in an image how the objects were found. */
    public void writeProvenance(ImagePlus image)
    {
        _provenance.write(image, _account);
        image.setProp("BioDL.objects", Integer.toString(_numbers.length));
    }
}
