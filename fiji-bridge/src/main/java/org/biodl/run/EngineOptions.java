package org.biodl.run;

import org.biodl.jni.ModelInfo;
import org.biodl.jni.RunOptions;
import org.biodl.jni.StarOptions;

/** Settings as the engine takes them. */
public final class EngineOptions
{
    /** Relative difference of the sides of a pixel that still is a square. */
    private static final double SQUARE = 1e-3;

    private EngineOptions()
    {
    }

    /** @return for a run; channels and region are still to be set */
    public static RunOptions run(Settings settings, ModelInfo model)
    {
        RunOptions options = new RunOptions();
        options.normalize = settings.get(ImageOptions.NORMALIZE);
        options.scaleBack = !settings.has(NetworkOptions.SCALE_BACK) || settings.isOn(NetworkOptions.SCALE_BACK);
        options.scale = number(settings, ImageOptions.SCALE);
        options.objectDiameter = number(settings, ImageOptions.OBJECT_DIAMETER);
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
     * Which candidates are objects.
     *
     * @param width of a pixel in the image's unit
     * @param height of a pixel
     * @throws OptionException where options need each other, or pixels are no squares and labels are to grow
     */
    public static StarOptions stars(Settings settings, double width, double height)
    {
        StarOptions options = new StarOptions();
        options.probability = settings.get(SegmentOptions.PROBABILITY);
        options.overlap = settings.get(SegmentOptions.OVERLAP);
        options.uniqueLabels = settings.is(SegmentOptions.LABELS, SegmentOptions.UNIQUE);
        options.integerVertices = settings.isOn(SegmentOptions.INTEGER_VERTICES);
        Integer border = settings.get(SegmentOptions.BORDER);
        options.border = border == null ? StarOptions.MODEL_BORDER : border;
        options.excludeEdges = settings.isOn(SegmentOptions.EXCLUDE_EDGES);
        size(options, settings, width * height);
        grow(options, settings, width, height);
        link(options, settings);
        return options;
    }

    private static void size(StarOptions options, Settings settings, double pixel)
    {
        Double least = settings.get(SegmentOptions.MIN_AREA);
        Double most = settings.get(SegmentOptions.MAX_AREA);
        if (most != null && (most == 0 || most < least))
            throw error(SegmentOptions.MAX_AREA, most, "it is below the smallest area, or 0.", "Give a larger one, or none.",
                "Give a larger one, or 'none'.");
        options.minArea = least / pixel;
        options.maxArea = most == null ? 0 : most / pixel;
    }

    private static void grow(StarOptions options, Settings settings, double width, double height)
    {
        double by = settings.get(SegmentOptions.GROW);
        if (by > 0 && Math.abs(width - height) > SQUARE * Math.max(width, height))
            throw error(SegmentOptions.GROW, by, "pixels are no squares, and labels grow the same to all sides.",
                "Scale the image to square pixels, or leave out 'grow'.", "Scale the image to square pixels first, or give 0.");
        options.rings = settings.isOn(SegmentOptions.RINGS);
        if (options.rings && by == 0)
            throw new OptionException(SegmentOptions.RINGS, "rings", "labels do not grow.", "Give grow too, or leave out 'rings'.",
                "Say by how much labels grow.");
        options.grow = by / width;
    }

    private static void link(StarOptions options, Settings settings)
    {
        options.link = settings.is(SegmentOptions.LINK, SegmentOptions.FRAMES) ? StarOptions.Link.FRAMES
            : settings.is(SegmentOptions.LINK, SegmentOptions.SLICES) ? StarOptions.Link.SLICES : StarOptions.Link.NONE;
        options.trackLabels = settings.is(SegmentOptions.LABELS, SegmentOptions.OVER_TIME);
        if (options.trackLabels && options.link == StarOptions.Link.NONE)
            options.link = StarOptions.Link.FRAMES;
    }

    private static double number(Settings settings, Option<Double> option)
    {
        Double value = settings.has(option) ? settings.get(option) : null;
        return value == null ? 0 : value;
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
