using BioDL.Core.Runs;
using BioDL.Core;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Native.Interop;

/// <summary>The caller's <c>biodl_segment_options</c> as the engine's record: 0 means the default.</summary>
internal static unsafe class ReadStarOptions
{
    public static (RunOptions Run, StarOptions Stars) Of(SegmentOptionsStruct* source)
    {
        if (source == null)
            return (new RunOptions(), new StarOptions());
        SegmentOptionsStruct options = CallerStruct.Read(source, "options");
        bool percentiles = options.PercentileLow != 0 || options.PercentileHigh != 0;
        var run = new RunOptions
        {
            Normalize = Choice(options.Normalize, 1, "normalize", "BIODL_NORMALIZE_*") == 0,
            PercentileLow = percentiles ? options.PercentileLow : null,
            PercentileHigh = percentiles ? options.PercentileHigh : null,
            Tile = options.Tile == 0 ? null : options.Tile,
            Device = Text.Read(options.Device, "options.device") ?? "auto",
            Mask = options.Mask == null ? null : Images.View(options.Mask, "options.mask"),
            MemoryLimit = options.MemoryLimit == 0 ? null : options.MemoryLimit,
        };
        return (run, new StarOptions
        {
            ProbThreshold = Threshold(options.ProbThreshold),
            OverlapThreshold = Threshold(options.OverlapThreshold),
            Vertices = (VertexMode)Choice(options.Vertices, 1, "vertices", "BIODL_VERTICES_*"),
            LabelScope = (LabelScope)Choice(options.LabelScope, 1, "label_scope", "BIODL_LABELS_*"),
            Border = options.Border == 0 ? null : Math.Max(0, options.Border),
        });
    }

    /// <summary>What the defaults are for a model, spelled out.</summary>
    public static SegmentOptionsStruct Default(Models.Descriptions.StarDistDescription? model) => new()
    {
        PercentileLow = model?.PercentileLow ?? 0,
        PercentileHigh = model?.PercentileHigh ?? 0,
        ProbThreshold = model?.ProbThreshold ?? 0,
        OverlapThreshold = model?.OverlapThreshold ?? 0,
        Border = model?.Border ?? 0,
        Device = Text.Forever("auto"),
    };

    private static double? Threshold(double value) => value == 0 ? null : value == -1 ? 0 : value;

    internal static int Choice(int value, int last, string name, string values)
    {
        if (value < 0 || value > last)
            throw new BioDLException(Status.InvalidArgument, $"options.{name} is {value}", $"use one of {values}");
        return value;
    }
}
