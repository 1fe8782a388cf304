using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>
/// A model as CSBDeep, Noise2Void and StarDist save it, without a bioimage.io description: a SavedModel, a frozen graph or an ONNX file
/// with JSON
/// files beside it, or a SavedModel alone.
/// </summary>
internal sealed class CsbDeepReader : IModelReader
{
    public ModelDraft? Read(ModelLocation location)
    {
        if (CsbDeepLayout.Of(location) is not { } layout)
            return null;
        var errors = new DescriptionErrors(location.Files.Source);
        CsbDeepMetadata metadata = layout.Metadata(errors);
        return metadata.Rays is not null ? StarConvex(layout, metadata, errors)
            : metadata.Axes is not null ? Restoration(layout, metadata, errors)
            : layout.Weights.Format == WeightsDraft.Onnx ? null
            : new ModelDraft
            {
                Description = Describe(layout, errors, "TensorFlow", ModelTask.Other),
                Weights = layout.Weights,
                Files = layout.WeightsFiles,
            };
    }

    private static ModelDraft StarConvex(CsbDeepLayout layout, CsbDeepMetadata metadata, DescriptionErrors errors) => new()
    {
        Description = Describe(layout, errors, "StarDist", ModelTask.Other), Weights = layout.Weights, Files = layout.WeightsFiles,
        StarDist = new StarDistDraft
        {
            Dimensions = metadata.Dimensions ?? metadata.Axes?.Count(axis => axis is 'Z' or 'Y' or 'X') ?? 2, Rays = metadata.Rays,
            Channels = metadata.ChannelsIn,
            Grid = metadata.Grid, ProbThreshold = metadata.ProbThreshold, OverlapThreshold = metadata.OverlapThreshold,
        },
    };

    private static ModelDraft Restoration(CsbDeepLayout layout, CsbDeepMetadata metadata, DescriptionErrors errors)
    {
        bool isNoise2Void = metadata.IsNoise2Void || metadata.Type.StartsWith("N2V", StringComparison.OrdinalIgnoreCase)
            || metadata.Means.Count > 0;
        bool isProjection = metadata.Type.Contains("Projection", StringComparison.OrdinalIgnoreCase);
        TensorDraft input = Tensor(metadata, "input", metadata.ChannelsIn, errors);
        TensorDraft output = Tensor(metadata, "output", metadata.ChannelsOut * (metadata.Probabilistic ? 2 : 1), errors);
        if (isProjection)
            output = output with { Axes = [.. output.Axes.Where(axis => axis.Letter != 'z')] };
        return new ModelDraft
        {
            Description = Describe(layout, errors, metadata.Type.Length > 0 ? $"CSBDeep {metadata.Type}" : isNoise2Void ? "CSBDeep N2V"
                : "CSBDeep", ModelTask.Denoise),
            Weights = layout.Weights, Files = layout.WeightsFiles, Probabilistic = metadata.Probabilistic,
            Inputs = [input with { Processing = [isNoise2Void ? Noise2Void(metadata, errors) : Care] }], Outputs = [output],
        };
    }

    /// <summary>
    /// Percentiles 2 and 99.8 of each channel, as CSBDeep's Python code predicts. Its Fiji command takes 3 and 99.8; the Python ones were
    /// chosen, since
    /// with them the authors of a model looked at its results, and since Fiji and Python then give the same. Dialogs let the user choose
    /// others.
    /// </summary>
    internal static ScaleRange Care => new(2, 99.8, StatisticAxes.Slices, 1e-20);

    /// <summary>(x - mean) / std of each channel of the image.</summary>
    internal static ZeroMeanUnitVariance OfTheImage => new(StatisticAxes.Slices | StatisticAxes.Samples, 0);

    /// <summary>
    /// (x - mean) / std of the training data; where a package keeps none of these numbers, of the image itself, which is what they
    /// estimate.
    /// </summary>
    private static PixelOperation Noise2Void(CsbDeepMetadata metadata, DescriptionErrors errors)
    {
        if (metadata.Means.Count == 0 && metadata.Deviations.Count == 0)
            return OfTheImage;
        if (metadata.Means.Count != metadata.Deviations.Count || metadata.Deviations.Any(deviation => !(deviation > 0)))
            throw errors.Invalid($"has {metadata.Means.Count} means and {metadata.Deviations.Count} standard deviations above 0");
        return new FixedZeroMeanUnitVariance(metadata.Means, metadata.Deviations, 0);
    }

    private static TensorDraft Tensor(CsbDeepMetadata metadata, string id, int? channels, DescriptionErrors errors)
    {
        string axes = metadata.Axes!.ToUpperInvariant();
        var drafts = new List<AxisDraft> { new() { Letter = 'b', Id = "batch" } };
        for (int i = 0; i < axes.Length; i++)
        {
            if (axes[i] is 'S' or 'T' && i == 0)
                continue;
            if (axes[i] is not ('Z' or 'Y' or 'X' or 'C') || axes.IndexOf(axes[i]) != i)
                throw errors.Unsupported($"has the axes {axes}; the axis {axes[i]} is not known here");
            AxisDraft axis = new() { Letter = char.ToLowerInvariant(axes[i]), Id = axes[i].ToString() };
            int divisor = metadata.Divisors.ElementAtOrDefault(i), overlap = metadata.Overlaps.ElementAtOrDefault(i);
            drafts.Add(axes[i] == 'C' ? axis with { Sizes = channels is > 0 ? new AxisSizes(channels.Value, 0) : null } : axis with
            {
                Sizes = id == "input" && divisor > 0 ? new AxisSizes(divisor, divisor) : null,
                Link = id == "input" ? null : new AxisReference("input", axis.Id, 0),
                Halo = id == "input" ? 0 : errors.Limited("pixels of tile_overlap", overlap, 0, TensorLimits.Halo),
            });
        }
        // A SavedModel always has channels, also where the axes name none.
        if (!axes.Contains('C'))
            drafts.Add(new AxisDraft { Letter = 'c', Id = "C", Sizes = new AxisSizes(channels ?? 1, 0) });
        return new TensorDraft { Id = id, Axes = drafts, AnyOrder = true };
    }

    private static ModelDescription Describe(CsbDeepLayout layout, DescriptionErrors errors, string format, ModelTask task) =>
        new() { Name = layout.Name, Source = errors.Source, Format = format, Task = task };
}
