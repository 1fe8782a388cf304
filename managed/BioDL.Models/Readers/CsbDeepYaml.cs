using BioDL.Core.Steps;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// The model.yaml of format 0.2.0-csbdeep, which Noise2Void for Fiji puts beside its SavedModel: tensors as in format 0.3, but the halo
/// stands at the
/// input, the weights are variables of the graph, and processing steps are Java methods.
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
        PixelOperation[] steps = [.. root.Get("prediction", "preprocess").Items()
            .Select(step => Normalization(step, "::preprocess", errors))];
        // The way back is undone normalisation (RestoresInput), once it is sure that these are the numbers of the way there.
        PixelOperation[] back = [.. root.Get("prediction", "postprocess").Items()
            .Select(step => Normalization(step, "::postprocess", errors))];
        if (back.Length > 0 && !back.Zip(steps).All(pair => Same(pair.First, pair.Second)))
            throw errors.Unsupported("scales its output by other numbers than its input");
        TensorDraft first = inputs[0];
        return new ModelDraft
        {
            Description = description with
            {
                Format = "CSBDeep " + (root.Get("format_version").Text() ?? ""),
                Task = description.Task is ModelTask.Other ? ModelTask.Denoise : description.Task,
            },
            Weights = weights,
            Inputs = [.. inputs.Select(input => input with { Processing = steps })],
            Outputs = [.. outputs.Select(output =>
                output with { Axes = [.. output.Axes.Select(axis =>
                axis with { Halo = Math.Max(axis.Halo, first.Axis(axis.Letter)?.Halo ?? 0) })] })],
        };
    }

    /// <summary>(x - mean) / stdDev, as the class N2VPrediction of the plugin does it; other classes are not known.</summary>
    private static FixedZeroMeanUnitVariance Normalization(YamlNode step, string method, DescriptionErrors errors)
    {
        string name = step.Get("spec").Text() ?? step.Get("name").Text() ?? "";
        if (!name.EndsWith("Prediction" + method, StringComparison.Ordinal))
            throw errors.Unsupported($"describes the step \"{name}\", which is not known here");
        double[] mean = Numbers(step.Get("kwargs", "mean")), deviation = Numbers(step.Get("kwargs", "stdDev"));
        if (mean.Length == 0 || mean.Length != deviation.Length || !mean.All(double.IsFinite) || deviation.Any(value => !(value > 0)))
            throw errors.Invalid($"describes the step \"{name}\" without a mean and a stdDev above 0");
        return new FixedZeroMeanUnitVariance(mean, deviation, 0);
    }

    private static bool Same(PixelOperation back, PixelOperation there) =>
        back is FixedZeroMeanUnitVariance a && there is FixedZeroMeanUnitVariance b
        && a.Mean.SequenceEqual(b.Mean) && a.Std.SequenceEqual(b.Std);

    private static double[] Numbers(YamlNode? node) => node is YamlSequenceNode list
        ? [.. list.Children.Select(item => item.Number() ?? double.NaN)] : node.Number() is { } single ? [single] : [];
}
