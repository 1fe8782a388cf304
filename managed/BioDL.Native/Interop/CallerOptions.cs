using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models.Descriptions;

namespace BioDL.Native.Interop;

/// <summary>The callers' options as the engine's records: NULL and 0 mean the default.</summary>
internal static unsafe class CallerOptions
{
    private const long MostChannels = 1 << 20, MostTensors = 1024;

    public static RunOptions Run(RunOptionsStruct* source) => source == null ? new RunOptions() : Run(CallerStruct.Read(source, "options"));

    public static (RunOptions Run, StarOptions Stars) RunStars(RunOptionsStruct* options, StarOptionsStruct* stars) =>
        (Run(options), stars == null ? new StarOptions() : Stars(CallerStruct.Read(stars, "stars"), "stars"));

    /// <summary>The options of ABI 1, which had both in one.</summary>
    public static (RunOptions Run, StarOptions Stars) Segment(SegmentOptionsStruct* source)
    {
        if (source == null)
            return (new RunOptions(), new StarOptions());
        SegmentOptionsStruct options = CallerStruct.Read(source, "options");
        RunOptions run = Run(new RunOptionsStruct
        {
            Normalize = options.Normalize, PercentileLow = options.PercentileLow, PercentileHigh = options.PercentileHigh,
            Tile = options.Tile, Device = options.Device, Mask = options.Mask, MemoryLimit = options.MemoryLimit,
        });
        StarOptions stars = Stars(new StarOptionsStruct
        {
            ProbThreshold = options.ProbThreshold, OverlapThreshold = options.OverlapThreshold, Vertices = options.Vertices,
            // These options cannot link, so that there are no tracks.
            LabelScope = Choice(options.LabelScope, 1, "options.label_scope", "BIODL_LABELS_*"), Border = options.Border,
        }, "options");
        return (run, stars);
    }

    /// <summary>What the defaults of <see cref="Segment"/> are for a model, spelled out.</summary>
    public static SegmentOptionsStruct SegmentDefaults(StarDistDescription? model) => new()
    {
        PercentileLow = model?.PercentileLow ?? 0,
        PercentileHigh = model?.PercentileHigh ?? 0,
        ProbThreshold = model?.ProbThreshold ?? 0,
        OverlapThreshold = model?.OverlapThreshold ?? 0,
        Border = model?.Border ?? 0,
        Device = Text.Forever("auto"),
    };

    private static RunOptions Run(in RunOptionsStruct options)
    {
        bool percentiles = options.PercentileLow != 0 || options.PercentileHigh != 0;
        return new RunOptions
        {
            Normalize = Choice(options.Normalize, 1, "options.normalize", "BIODL_NORMALIZE_*") == 0,
            PercentileLow = percentiles ? options.PercentileLow : null,
            PercentileHigh = percentiles ? options.PercentileHigh : null,
            PercentileValues = PercentileValues(options),
            ScaleBack = Choice(options.Scale, 1, "options.scale", "BIODL_SCALE_*") == 0,
            Tile = options.Tile == 0 ? null : options.Tile,
            Device = Text.Read(options.Device, "options.device") ?? "auto",
            MemoryLimit = options.MemoryLimit == 0 ? null : options.MemoryLimit,
            Channels = Channels(options),
            Region = Region(options),
            Mask = options.Mask == null ? null : Images.View(options.Mask, "options.mask"),
            PixelSize = PixelSize(options),
            Scale = options.ImageScale == 0 ? null : options.ImageScale,
            ObjectDiameter = options.ObjectDiameter == 0 ? null : options.ObjectDiameter,
            DarkObjects = Choice(options.DarkObjects, 1, "options.dark_objects", "0 and 1") == 1,
            ChannelNames = Text.Read(options.ChannelNames, "options.channel_names")?.Split('\n'),
        };
    }

    private static StarOptions Stars(in StarOptionsStruct stars, string name) => new()
    {
        ProbThreshold = Threshold(stars.ProbThreshold),
        OverlapThreshold = Threshold(stars.OverlapThreshold),
        Vertices = (VertexMode)Choice(stars.Vertices, 1, $"{name}.vertices", "BIODL_VERTICES_*"),
        LabelScope = (LabelScope)Choice(stars.LabelScope, 2, $"{name}.label_scope", "BIODL_LABELS_*"),
        Border = stars.Border == 0 ? null : Math.Max(0, stars.Border),
        ExcludeEdges = stars.ExcludeEdges != 0,
        Rings = stars.Rings != 0,
        MinArea = stars.MinArea,
        MaxArea = stars.MaxArea == 0 ? double.PositiveInfinity : stars.MaxArea,
        Grow = stars.Grow,
        Link = (LinkAxis)Choice(stars.Link, 2, $"{name}.link", "BIODL_LINK_*"),
        LinkOverlap = stars.LinkOverlap == 0 ? null : stars.LinkOverlap,
        Origin = (stars.Origin[0], stars.Origin[1]),
    };

    /// <summary>The images that a segmentation writes besides its objects.</summary>
    public static StarImages StarImages(StarOptionsStruct* source, ImageStruct* labels)
    {
        StarOptionsStruct stars = source == null ? default : CallerStruct.Read(source, "stars");
        return new StarImages
        {
            Labels = labels == null ? null : Images.View(labels, "labels"),
            Probability = stars.Probability == null ? null : Images.View(stars.Probability, "stars.probability"),
            Distances = stars.Distances == null ? null : Images.View(stars.Distances, "stars.distances"),
        };
    }

    /// <summary>The options of objects among candidates that are kept.</summary>
    public static StarOptions Stars(StarOptionsStruct* source)
    {
        if (source == null)
            return new StarOptions();
        StarOptionsStruct stars = CallerStruct.Read(source, "stars");
        return stars.Probability == null && stars.Distances == null ? Stars(stars, "stars")
            : throw Bad("stars.probability or stars.distances is given, but kept candidates have no maps", "ask biodl_run_stars for them");
    }

    public static KeepOptions Keep(double threshold) => new() { Threshold = Threshold(threshold) };

    private static double? Threshold(double value) => value == 0 ? null : value == -1 ? 0 : value;

    private static int Choice(int value, int last, string name, string values) =>
        value >= 0 && value <= last ? value : throw Bad($"{name} is {value}", $"use one of {values}");

    private static ValueRange[]? PercentileValues(in RunOptionsStruct options)
    {
        if (options.PercentileValues == null || options.PercentileValuesCount == 0)
            return null;
        if (options.PercentileValuesCount is < 0 or > MostChannels)
            throw Bad($"options.percentile_values_count is {options.PercentileValuesCount}",
                "give one pair for each channel, or one for all");
        var ranges = new ValueRange[options.PercentileValuesCount];
        for (int i = 0; i < ranges.Length; i++)
            ranges[i] = new ValueRange(options.PercentileValues[i].Low, options.PercentileValues[i].High);
        return ranges;
    }

    private static int[][]? Channels(in RunOptionsStruct options)
    {
        if (options.Channels == null || options.ChannelsCount == 0)
            return null;
        if (options.ChannelsCount is < 0 or > MostTensors)
            throw Bad($"options.channels_count is {options.ChannelsCount}", "give one list of channels for each input");
        var lists = new int[options.ChannelsCount][];
        for (int i = 0; i < lists.Length; i++)
        {
            ChannelsStruct list = options.Channels[i];
            string where = list.Index == null ? "NULL" : "an address";
            if (list.Count is < 0 or > MostChannels || (list.Index == null && list.Count > 0))
                throw Bad($"options.channels[{i}] has {list.Count} channels at {where}", "give the channels and their number");
            lists[i] = new ReadOnlySpan<int>(list.Index, (int)list.Count).ToArray();
        }

        return lists;
    }

    private static PlaneRegion? Region(RunOptionsStruct options)
    {
        long top = options.Region[0], left = options.Region[1], height = options.Region[2], width = options.Region[3];
        if (height == 0)
            return null;
        if (top < 0 || left < 0 || height < 0 || width < 1 || Math.Max(top + height, left + width) > int.MaxValue)
            throw Bad($"options.region is {top}, {left}, {height}, {width}", "give top, left, height and width in pixels");
        return new PlaneRegion((int)top, (int)left, (int)height, (int)width);
    }

    private static (double Z, double Y, double X) PixelSize(RunOptionsStruct options)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            if (!(options.PixelSize[axis] >= 0 && double.IsFinite(options.PixelSize[axis])))
                throw Bad($"options.pixel_size[{axis}] is {options.PixelSize[axis]}", "give micrometres, 0 where it is not known");
        }

        return (options.PixelSize[0], options.PixelSize[1], options.PixelSize[2]);
    }

    private static BioDLException Bad(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
