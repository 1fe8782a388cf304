package org.biodl.run;

import org.biodl.jni.ModelInfo;
import org.biodl.jni.RunOptions;
import org.biodl.jni.StarOptions;

/** Settings as the engine takes them. */
public final class EngineOptions
{
    private EngineOptions()
    {
    }

    /** @return for a run; channels and region are still to be set */
    public static RunOptions run(Settings settings, ModelInfo model)
    {
        RunOptions options = new RunOptions();
        options.normalize = settings.get(ImageOptions.NORMALIZE);
        options.scaleBack = !settings.has(NetworkOptions.SCALE_BACK) || settings.isOn(NetworkOptions.SCALE_BACK);
        options.darkObjects = settings.has(ImageOptions.DARK_OBJECTS) && settings.isOn(ImageOptions.DARK_OBJECTS);
        options.tile = settings.get(ImageOptions.TILE) == null ? 0 : settings.get(ImageOptions.TILE);
        options.memoryLimit = memory(settings);
        options.device = settings.get(ImageOptions.DEVICE);
        double[] percentiles = percentiles(settings, model);
        options.percentileLow = percentiles == null ? null : (Double) percentiles[0];
        options.percentileHigh = percentiles == null ? null : (Double) percentiles[1];
        return options;
    }

    /**
     * @param pixelWidth in the unit of the image
     * @param pixelHeight in the unit of the image
     * @return which candidates are objects, and what becomes of their labels
     */
    public static StarOptions stars(Settings settings, double pixelWidth, double pixelHeight)
    {
        StarOptions options = new StarOptions();
        options.probability = settings.get(SegmentOptions.PROBABILITY);
        options.overlap = settings.get(SegmentOptions.OVERLAP);
        options.uniqueLabels = settings.is(SegmentOptions.LABELS, SegmentOptions.UNIQUE);
        options.trackLabels = settings.is(SegmentOptions.LABELS, SegmentOptions.TRACKS);
        options.link = settings.is(SegmentOptions.LINK, SegmentOptions.THROUGH_FRAMES) ? StarOptions.Link.FRAMES
            : settings.is(SegmentOptions.LINK, SegmentOptions.THROUGH_SLICES) ? StarOptions.Link.SLICES : StarOptions.Link.NONE;
        options.excludeEdges = settings.isOn(SegmentOptions.EXCLUDE_EDGES);
        Double most = settings.get(SegmentOptions.MAX_AREA);
        options.minArea = settings.get(SegmentOptions.MIN_AREA) / (pixelWidth * pixelHeight);
        options.maxArea = most == null ? 0 : most / (pixelWidth * pixelHeight);
        options.grow = settings.get(SegmentOptions.GROW) / pixelWidth;
        check(settings, options, pixelWidth, pixelHeight);
        options.integerVertices = settings.isOn(SegmentOptions.INTEGER_VERTICES);
        Integer border = settings.get(SegmentOptions.BORDER);
        options.border = border == null ? StarOptions.MODEL_BORDER : border;
        return options;
    }

    private static void check(Settings settings, StarOptions options, double pixelWidth, double pixelHeight)
    {
        if (options.trackLabels && options.link == StarOptions.Link.NONE)
            throw new OptionException(SegmentOptions.LABELS, "labels=track", "no objects are linked.", "Give link=frames or link=slices.",
                "Choose what objects are linked through.");
        Double most = settings.get(SegmentOptions.MAX_AREA);
        if (most != null && (most == 0 || most < settings.get(SegmentOptions.MIN_AREA)))
            throw error(SegmentOptions.MAX_AREA, most, "it is below the smallest area, or 0.", "Choose a larger one.",
                "Choose a larger one.");
        if (options.grow > 0 && Math.abs(pixelWidth - pixelHeight) > 1e-3 * Math.max(pixelWidth, pixelHeight))
            throw error(SegmentOptions.GROW, settings.get(SegmentOptions.GROW),
                "the pixels are no squares, and labels grow the same to all sides.",
                "Scale the image to square pixels.", "Scale the image to square pixels.");
    }

    private static long memory(Settings settings)
    {
        Integer mebibytes = settings.get(ImageOptions.MEMORY);
        return mebibytes == null ? 0 : (long) mebibytes << 20;
    }

    /** One that is not given is the model's own. @return null where both are */
    private static double[] percentiles(Settings settings, ModelInfo model)
    {
        Double low = settings.get(ImageOptions.PERCENTILE_LOW);
        Double high = settings.get(ImageOptions.PERCENTILE_HIGH);
        if (low == null && high == null || !settings.isOn(ImageOptions.NORMALIZE))
            return null;
        if (model.percentileHigh <= 0)
            throw error(low != null ? ImageOptions.PERCENTILE_LOW : ImageOptions.PERCENTILE_HIGH, low != null ? low : high,
                "the model " + model.name + " does not normalise by percentiles.", "Leave it out.", "");
        double[] percentiles = { low != null ? low : model.percentileLow, high != null ? high : model.percentileHigh };
        if (!(percentiles[0] < percentiles[1]))
            throw error(ImageOptions.PERCENTILE_LOW, percentiles[0],
                "the low percentile is not below the high one, " + Format.plain(percentiles[1]) + ".",
                "Choose for example 1 and 99.8.",
                "Choose for example 1 and 99.8.");
        return percentiles;
    }

    private static OptionException error(Option<Double> option, double value, String problem, String hint, String remedy)
    {
        return new OptionException(option, option.getKey() + "=" + Format.plain(value), problem, hint, remedy);
    }
}
