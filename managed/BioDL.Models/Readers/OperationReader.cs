using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// Reads the processing steps of a tensor, bioimage.io formats 0.3 to 0.5 (github.com/bioimage-io/spec-bioimage-io, model descriptions). What the
/// formats define is read whole; another operation, or another option of one, is an error that names it.
/// </summary>
/// <param name="errors">for messages</param>
/// <param name="tensor">the tensor, its axes read already</param>
/// <param name="inputs">ids of the model's inputs, which steps may refer to</param>
internal sealed class OperationReader(DescriptionErrors errors, TensorDraft tensor, IReadOnlyList<string> inputs)
{
    /// <summary>Of both formats where kwargs do not say.</summary>
    private const double Epsilon = 1e-6;

    private static readonly string[] DataTypes =
        ["float32", "float64", "uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "bool"];

    /// <summary>StarDist's suppression was among the steps.</summary>
    public StarDistDraft? StarDist { get; private set; }

    /// <param name="steps">the list, null for none</param>
    /// <param name="isOutput">the steps follow the network</param>
    public IReadOnlyList<PixelOperation> Read(YamlNode? steps, bool isOutput)
    {
        var operations = new List<PixelOperation>();
        foreach (YamlNode step in steps.Items())
        {
            var options = new OperationOptions(errors, tensor, step, isOutput);
            if (StarDist is not null)
                throw options.Unsupported("comes after stardist_postprocessing");
            operations.AddRange(isOutput ? Postprocessing(options) : Preprocessing(options));
            options.AllMustBeRead();
        }
        return operations;
    }

    private IReadOnlyList<PixelOperation> Preprocessing(OperationOptions step) => step.Id switch
    {
        "scale_mean_variance" or "stardist_postprocessing" or "cellpose_flow_dynamics" or "custom" =>
            throw step.Unsupported("is no preprocessing"),
        _ => Common(step),
    };

    private IReadOnlyList<PixelOperation> Postprocessing(OperationOptions step)
    {
        switch (step.Id)
        {
            case "scale_mean_variance":
                return [new ScaleMeanVariance(step.Over(), step.Number("eps", Epsilon), Input(step) ?? throw step.Missing("reference_tensor"))];
            case "stardist_postprocessing":
                StarDist = StarConvex(step);
                return [];
            default:
                return Common(step);
        }
    }

    private IReadOnlyList<PixelOperation> Common(OperationOptions step) => step.Id switch
    {
        "ensure_dtype" => [new EnsureDtype(DataType(step))],
        "scale_linear" => [Linear(step)],
        "clip" => Clipping(step),
        "binarize" => [new Binarize(step.Channelwise("threshold") ?? throw step.Missing("threshold"))],
        "sigmoid" => [new Sigmoid()],
        "softmax" => [Softmax(step)],
        "zero_mean_unit_variance" => [ZeroMean(step)],
        "fixed_zero_mean_unit_variance" => [Fixed(step)],
        "scale_range" => [Range(step)],
        "custom" => throw step.Unsupported("is a Python function, which is not run here"),
        "" => throw errors.Invalid($"has a processing step of {tensor.Id} without a name"),
        _ => throw step.Unsupported("is not known here"),
    };

    private static string DataType(OperationOptions step)
    {
        string type = step.Text("dtype") ?? throw step.Missing("dtype");
        return DataTypes.Contains(type) ? type : throw step.Unsupported($"asks for the type {type}, which is not known here");
    }

    private static ScaleLinear Linear(OperationOptions step)
    {
        IReadOnlyList<double> gain = step.Channelwise("gain") ?? [1], offset = step.Channelwise("offset") ?? [0];
        return new ScaleLinear(gain, offset);
    }

    private static Softmax Softmax(OperationOptions step)
    {
        step.MustBeChannelAxis("axis", otherwise: true);
        return new Softmax();
    }

    private static IReadOnlyList<PixelOperation> Clipping(OperationOptions step)
    {
        double? low = step.Number("min"), high = step.Number("max"), lowest = step.Number("min_percentile"), highest = step.Number("max_percentile");
        if ((low ?? lowest ?? high ?? highest) is null || (low is not null && lowest is not null) || (high is not null && highest is not null))
            throw step.Invalid("needs one of min and min_percentile, or one of max and max_percentile, or one of each");
        if (low > high)
            throw step.Invalid(FormattableString.Invariant($"has the bounds {low} and {high}"));
        if (lowest is null && highest is null)
            return [new Clip(low, high)];
        if (!((lowest ?? 0) >= 0 && (lowest ?? 0) < (highest ?? 100) && (highest ?? 100) <= 100))
            throw step.Invalid(FormattableString.Invariant($"has the percentiles {lowest ?? 0} and {highest ?? 100}, which are no range of 0 to 100"));
        // The percentiles are those of the tensor as it comes, so a bound by number is applied after them.
        var range = new ClipRange(lowest ?? 0, highest ?? 100, step.Over());
        return low is null && high is null ? [range] : [range, new Clip(low, high)];
    }

    /// <summary>0.4 names both kinds alike and tells them apart by `mode`.</summary>
    private static PixelOperation ZeroMean(OperationOptions step)
    {
        double epsilon = step.Number("eps", Epsilon);
        IReadOnlyList<double>? mean = step.Channelwise("mean"), std = step.Channelwise("std");
        bool isFixed = step.Mode == "fixed" || (step.Mode is null && mean is not null);
        if (isFixed)
        {
            step.Over();
            return FixedOf(step, mean, std, epsilon);
        }
        if (mean is not null || std is not null)
            throw step.Invalid($"has mean or std, but its mode is {step.Mode}");
        return new ZeroMeanUnitVariance(step.Over(), epsilon);
    }

    private static FixedZeroMeanUnitVariance Fixed(OperationOptions step) => FixedOf(step, step.Channelwise("mean"), step.Channelwise("std"), Epsilon);

    private static FixedZeroMeanUnitVariance FixedOf(OperationOptions step, IReadOnlyList<double>? mean, IReadOnlyList<double>? std, double epsilon)
    {
        mean = mean ?? throw step.Missing("mean");
        std = std ?? throw step.Missing("std");
        if (std.Any(value => !(value > 0)))
            throw step.Invalid("has a standard deviation that is not above 0");
        return new FixedZeroMeanUnitVariance(mean, std, epsilon);
    }

    private ScaleRange Range(OperationOptions step)
    {
        double low = step.Number("min_percentile", 0), high = step.Number("max_percentile", 100);
        if (!(low >= 0 && low < high && high <= 100))
            throw step.Invalid(FormattableString.Invariant($"has the percentiles {low} and {high}, which are no range of 0 to 100"));
        return new ScaleRange(low, high, step.Over(), step.Number("eps", Epsilon), Input(step));
    }

    /// <summary>The input that a step takes its statistics from; null: the tensor itself.</summary>
    private string? Input(OperationOptions step)
    {
        string? name = step.Text("reference_tensor");
        if (name is null || (name == tensor.Id && step.Id == "scale_range"))
            return null;
        return inputs.Contains(name) ? name : throw step.Unsupported($"refers to {name}, which is no input");
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
