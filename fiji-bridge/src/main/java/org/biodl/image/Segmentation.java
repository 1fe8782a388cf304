package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Model;
import org.biodl.jni.PixelType;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.RunOptions;
import org.biodl.jni.SegmentedObjects;
import org.biodl.run.Account;
import org.biodl.run.ChannelChoice;
import org.biodl.run.EngineOptions;
import org.biodl.run.ImageOptions;
import org.biodl.run.OpenModels;
import org.biodl.run.OptionException;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;

/** What was found in an image, as ImageJ's objects; nothing of it is shown, and nothing is to be closed. */
public final class Segmentation
{
    private final ImageSource _source;
    private final ImagePlus _labels;
    private final List<Roi> _rois;
    private final long[] _numbers;
    private final ResultsTable _table;
    private final Account _account;
    private final Provenance _provenance;

    private Segmentation(SegmentedObjects objects, ImageSource source, int channel, Provenance provenance, boolean labels)
    {
        _source = source;
        long start = System.nanoTime();
        _labels = labels ? LabelImage.create(objects, source, channel) : null;
        double renderMs = labels ? (System.nanoTime() - start) * 1e-6 : 0;
        _rois = Collections.unmodifiableList(Arrays.asList(ObjectRois.create(objects, source.planes)));
        _numbers = new long[objects.count()];
        Arrays.setAll(_numbers, objects::label);
        _table = ObjectTable.create(objects, source);
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
        Model model = OpenModels.open(settings.require(ImageOptions.MODEL));
        ImageSource source = new ImageSource(image, settings);
        int[] channels = channels(source, settings, model.info().channels);
        RunOptions options = EngineOptions.run(settings, model.info());
        region.limit(options);
        options.channelNames = named(source, channels);
        try (SegmentedObjects objects = model.segment(source.view(channels), options, EngineOptions.stars(settings), listener))
        {
            Provenance provenance = new Provenance(Collections.singletonList(source), Collections.singletonList(channels), region,
                model.info(), settings);
            return new Segmentation(objects, source, channels == null ? 0 : channels[0], provenance,
                SegmentOptions.wantsLabels(settings));
        }
    }

    /** The names of the channels that the model sees; null for RGB, whose colours are none. */
    private static List<String> named(ImageSource source, int[] channels)
    {
        if (source.type == PixelType.ARGB32)
            return null;
        List<String> all = source.channelNames();
        return channels == null ? all : Arrays.stream(channels).mapToObj(all::get).collect(Collectors.toList());
    }

    /** Grey is made of RGB for a network of one channel, unless channels are chosen. */
    private static int[] channels(ImageSource source, Settings settings, int needed)
    {
        String text = settings.get(ImageOptions.CHANNELS);
        if (source.type != PixelType.ARGB32)
            return ChannelChoice.resolve(text, source.channelNames(), needed, source.shownChannel());
        if (text.equalsIgnoreCase(ImageOptions.AUTO) || text.equalsIgnoreCase(ImageOptions.ALL))
            return null;
        throw new OptionException(ImageOptions.CHANNELS, "channels=" + text,
            "the image '" + source.title + "' is RGB, which is segmented as a whole.",
            "Leave out 'channels', or split the channels with Image > Color > Split Channels.", "Split the channels first.");
    }

    /** @return 16-bit where the labels fit, else 32-bit, 0 where nothing is; null where the settings ask for ROIs alone */
    public ImagePlus getLabels()
    {
        return _labels;
    }

    /** @return one for each object, by plane and then by falling probability */
    public List<Roi> getRois()
    {
        return _rois;
    }

    /** @return one row for each ROI: label, probability, area and centre in the image's unit, frame, slice */
    public ResultsTable getTable()
    {
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
