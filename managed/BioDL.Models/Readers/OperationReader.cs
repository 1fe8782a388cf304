using BioDL.Core.Steps;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// Reads the processing steps of a tensor, bioimage.io formats 0.3 to 0.5 (github.com/bioimage-io/spec-bioimage-io, model descriptions).
/// What the
/// formats define is read whole; another operation, or another option of one, is an error that names it.
/// </summary>
/// <param name="errors">for messages</param>
/// <param name="tensor">the tensor, its axes read already</param>
/// <param name="inputs">ids of the model's inputs, which steps may refer to</param>
internal sealed class OperationReader(DescriptionErrors errors, TensorDraft tensor, IReadOnlyList<string> inputs)
{
    /// <summary>StarDist's suppression was among the steps.</summary>
    public StarDistDraft? StarDist { get; private set; }

    /// <param name="steps">the list, null for none</param>
    /// <param name="isOutput">the steps follow the network</param>
    public IReadOnlyList<PixelOperation> Read(YamlNode? steps, bool isOutput)
    {
        var operations = new List<PixelOperation>();
        foreach (YamlNode step in steps.Items())
        {
            var options = new OperationOptions(errors, tensor, inputs, step, isOutput);
            if (StarDist is not null)
                throw options.Unsupported("comes after stardist_postprocessing");
            operations.AddRange(Read(options));
            options.AllMustBeRead();
        }
        return operations;
    }

    /// <summary>What the formats have beside the steps that Core knows: they end a road of their own, or are no data.</summary>
    private IReadOnlyList<PixelOperation> Read(OperationOptions step)
    {
        switch (step.Id)
        {
            case "stardist_postprocessing" or "cellpose_flow_dynamics" or "custom" when !step.IsOutput:
                throw step.Unsupported("is no preprocessing");
            case "stardist_postprocessing":
                StarDist = StarConvex(step);
                return [];
            case "custom":
                throw step.Unsupported("is a Python function, which is not run here");
            case "":
                return Numbers(step) ?? throw errors.Invalid($"has a processing step of {tensor.Id} without a name");
            default:
                return OperationTable.Read(step);
        }
    }

    /// <summary>
    /// A mean and a deviation alone, as Python's Noise2Void wrote its steps: what it does with them before the network, and undoes
    /// behind it.
    /// </summary>
    private static PixelOperation[]? Numbers(OperationOptions step)
    {
        IReadOnlyList<double>? mean = step.Channelwise("mean"), std = step.Channelwise("std") ?? step.Channelwise("stdDev");
        if (mean is null || std is null)
            return null;
        if (std.Any(value => !(value > 0)))
            throw step.Invalid("has a standard deviation that is not above 0");
        return step.IsOutput ? [new ScaleLinear(std, mean)] : [new FixedZeroMeanUnitVariance(mean, std, 0)];
    }

    private static StarDistDraft StarConvex(OperationOptions step)
    {
        int[] grid = [.. step.Node("grid").Items().Select(item => item.Whole() ?? 0)];
        if (grid.Length is not (2 or 3) || grid.Any(size => size < 1))
            throw step.Missing("grid");
        if (grid.Length == 3)
            _ = (step.Node("anisotropy"), step.Node("overlap_label"));
        YamlNode? border = step.Node("b");
        // Some list a border for each side: the widest is the nearest to what can be said with one number.
        int? width = border.Whole() ?? border.Items().SelectMany(side => side.Items()).Select(item => item.Whole()).Max();
        return new StarDistDraft
        {
            Dimensions = grid.Length, Grid = new AxisPair(grid[^2], grid[^1]), Border = width, Rays = step.Node("n_rays").Whole(),
            ProbThreshold = step.Number("prob_threshold"), OverlapThreshold = step.Number("nms_threshold"),
        };
    }
}
