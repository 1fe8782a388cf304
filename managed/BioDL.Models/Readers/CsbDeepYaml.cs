using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// The model.yaml of format 0.2.0-csbdeep, which Noise2Void for Fiji and Python's Noise2Void and DenoiSeg put beside their SavedModel:
/// tensors as in format 0.3, but the halo stands at the input, the weights are variables of the graph, and processing steps are Java
/// methods or, from Python, numbers alone.
/// </summary>
internal static class CsbDeepYaml
{
    private const string Graph = "saved_model.pb";

    /// <summary>Null when the user chose a file that is none of the model's.</summary>
    public static WeightsDraft? Weights(YamlNode root, ModelLocation location, DescriptionErrors errors)
    {
        if (location.Chosen is { } chosen && BareOnnxReader.IsOnnx(chosen))
            return null;
        string[] outputs = [.. root.Get("outputs").Items().Select(output => output.Get("name").Text() ?? "")];
        string source = root.Get("prediction", "weights", "source").Text() ?? "";
        string folder = source.EndsWith("variables/variables", StringComparison.Ordinal) ? source[..^"variables/variables".Length] : "";
        string file = (folder.StartsWith("./", StringComparison.Ordinal) ? folder[2..] : folder) + Graph;
        if (!location.Files.Exists(file))
            throw errors.Invalid($"names the weights \"{source}\", but has no {file} for them",
                "Download the model again, with all its files.");
        return new WeightsDraft(WeightsDraft.SavedModel, file) { Outputs = outputs };
    }

    public static ModelDraft Draft(YamlNode root, ModelDescription description, WeightsDraft weights, DescriptionErrors errors)
    {
        var tensors = new OldTensors(errors);
        TensorDraft Tensor(YamlNode node) =>
            tensors.Read(node, node.Get("axes").Text() ?? throw errors.Invalid("has a tensor without axes"));
        TensorDraft[] inputs = [.. root.Get("inputs").Items().Select(Tensor)], outputs = [.. root.Get("outputs").Items().Select(Tensor)];
        errors.Limited("inputs", inputs.Length, 1, TensorLimits.Tensors);
        errors.Limited("outputs", outputs.Length, 1, TensorLimits.Tensors);
        FixedZeroMeanUnitVariance[] steps = [.. root.Get("prediction", "preprocess").Items()
            .Select(step => Normalization(step, "::preprocess", errors))];
        // The way back is undone normalisation (RestoresInput), once it is sure that these are the numbers of the way there.
        FixedZeroMeanUnitVariance[] back = [.. root.Get("prediction", "postprocess").Items()
            .Select(step => Normalization(step, "::postprocess", errors))];
        if (back.Length > 0 && (back.Length != steps.Length || !back.Zip(steps).All(pair => Same(pair.First, pair.Second))))
            throw errors.Unsupported("scales its output by other numbers than its input");
        TensorDraft first = inputs[0];
        return new ModelDraft
        {
            Description = description with
            {
                Format = "CSBDeep " + (root.Get("format_version").Text() ?? ""),
                Task = description.Task is ModelTask.Other ? ModelTask.Denoise : description.Task,
            },
            Weights = weights with { Inputs = inputs },
            Inputs = [.. inputs.Select(input => input with { Processing = steps })],
            Outputs = [.. outputs.Select(output => Output(output, first, back))],
        };
    }

    /// <summary>
    /// The halo stands at the input. An offset of the channels is their number beyond the input's, as DenoiSeg writes it: the first are the
    /// image, which is scaled back, the others classes.
    /// </summary>
    private static TensorDraft Output(TensorDraft output, TensorDraft input, FixedZeroMeanUnitVariance[] back)
    {
        int channels = input.Axis('c')?.Sizes is { Step: 0, Min: var known } ? known : 1;
        int more = output.Axis('c')?.Link is { Offset: > 0 and var offset } ? offset / 2 : 0;
        AxisDraft[] axes = [.. output.Axes.Select(axis => axis.Letter == 'c' && more > 0
            ? axis with { Link = null, Scale = 1, Sizes = new AxisSizes(channels + more, 0) }
            : axis with { Halo = Math.Max(axis.Halo, input.Axis(axis.Letter)?.Halo ?? 0) })];
        output = output with { Axes = axes };
        if (more == 0 || back.Length == 0)
            return output;
        double[] Padded(IReadOnlyList<double> values, double rest) =>
            [.. Enumerable.Range(0, channels + more).Select(c => c < channels ? values[values.Count == 1 ? 0 : c] : rest)];
        return output with { Processing = [.. back.Reverse().Select(step => new ScaleLinear(Padded(step.Std, 1), Padded(step.Mean, 0)))] };
    }

    /// <summary>(x - mean) / stdDev, as the class N2VPrediction of the plugin does it; other classes are not known.</summary>
    private static FixedZeroMeanUnitVariance Normalization(YamlNode step, string method, DescriptionErrors errors)
    {
        string name = step.Get("spec").Text() ?? step.Get("name").Text() ?? "";
        // Python's Noise2Void and DenoiSeg write the numbers alone.
        bool isBare = name.Length == 0 && step.Keys().SequenceEqual(["kwargs"]);
        if (!isBare && !name.EndsWith("Prediction" + method, StringComparison.Ordinal))
            throw errors.Unsupported($"describes the step \"{name}\", which is not known here");
        if (step.Get("kwargs").Keys().FirstOrDefault(key => key is not ("mean" or "stdDev")) is { } other)
            throw errors.Unsupported($"describes the step \"{name}\" with the option {other}, which is not known here");
        double[] mean = Numbers(step.Get("kwargs", "mean")), deviation = Numbers(step.Get("kwargs", "stdDev"));
        if (mean.Length == 0 || mean.Length != deviation.Length || !mean.All(double.IsFinite) || deviation.Any(value => !(value > 0)))
            throw errors.Invalid($"describes the step \"{name}\" without a mean and a stdDev above 0");
        return new FixedZeroMeanUnitVariance(mean, deviation, 0);
    }

    private static bool Same(FixedZeroMeanUnitVariance a, FixedZeroMeanUnitVariance b) =>
        a.Mean.SequenceEqual(b.Mean) && a.Std.SequenceEqual(b.Std);

    private static double[] Numbers(YamlNode? node) => node is YamlSequenceNode list
        ? [.. list.Children.Select(item => item.Number() ?? double.NaN)] : node.Number() is { } single ? [single] : [];
}
