package org.biodl.image;

import ij.ImagePlus;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.biodl.jni.Candidates;
import org.biodl.jni.Model;
import org.biodl.jni.PixelType;
import org.biodl.jni.PlannedOutput;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.RunOptions;
import org.biodl.jni.RunPlan;
import org.biodl.jni.SegmentedObjects;
import org.biodl.jni.StarOptions;
import org.biodl.run.ChannelChoice;
import org.biodl.run.DefaultModel;
import org.biodl.run.EngineOptions;
import org.biodl.run.ImageOptions;
import org.biodl.run.OpenModels;
import org.biodl.run.OptionException;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** A segmentation as it was asked for: which pixels, by which model, and how. */
final class SegmentationTask
{
    final ImageSource source;
    final Settings settings;
    /** 0-based, null for all. */
    final int[] channels;
    private final Model _model;
    private final RunOptions _options;
    private final Region _region;

    /** @throws org.biodl.jni.BioDLException when image, model and settings do not go together */
    SegmentationTask(ImagePlus image, Region region, Settings settings)
    {
        source = new ImageSource(image, settings);
        this.settings = DefaultModel.in(settings, Verb.SEGMENT, source.view(null));
        _model = OpenModels.open(this.settings.require(ImageOptions.MODEL));
        _region = region;
        channels = channels(source, settings, _model.info().channels);
        _options = EngineOptions.run(settings, _model.info());
        region.limit(_options);
        _options.pixelSize = source.pixelSize();
        _options.channelNames = named(source, channels);
    }

    /** @return how it will go, before any pixel is read */
    RunPlan plan()
    {
        return _model.planSegment(source.view(channels), _options);
    }

    /** @return what was found; close it */
    SegmentedObjects run(PredictedMaps maps, ProgressListener listener)
    {
        StarOptions stars = stars(settings);
        maps.request(stars);
        return _model.segment(source.view(channels), _options, stars, listener);
    }

    /** @return the outputs of the network for whole planes */
    List<PlannedOutput> predictions()
    {
        return _model.planSegment(source.view(channels), EngineOptions.run(settings, _model.info())).outputs;
    }

    /** @param chosen settings that take the place of those of the task */
    StarOptions stars(Settings chosen)
    {
        return EngineOptions.stars(chosen, source.calibration.pixelWidth, source.calibration.pixelHeight);
    }

    /** @param lowest probability threshold that will be asked for @return what the network predicts; close it */
    Candidates keep(double lowest, ProgressListener listener)
    {
        return _model.keep(source.view(channels), _options, lowest, listener);
    }

    /** @param chosen settings that take the place of those of the task @return the probability threshold that they mean */
    double probability(Settings chosen)
    {
        Double given = chosen.get(SegmentOptions.PROBABILITY);
        return given == null ? _model.info().probability : given;
    }

    /** @param chosen settings that take the place of those of the task */
    Provenance provenance(Settings chosen)
    {
        return new Provenance(Collections.singletonList(source), Collections.singletonList(channels), _region, _model.info(), chosen);
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
}
