using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models.Descriptions;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>What the values of an output are: from its steps, its data, and its names, in this order.</summary>
internal static class OutputKinds
{
    private static readonly string[] LabelWords = ["label", "instance", "segment", "class"];
    private static readonly string[] ValueWords = ["prob", "dist", "flow", "boundar", "affin", "foreground", "background", "embed", "logit",
        "score", "heatmap"];

    /// <summary>The whole name of an output of its own with the spread of another's values (a Laplace distribution's scale).</summary>
    private static readonly string[] SpreadNames = ["scale", "spread"];

    public static OutputTensor Complete(OutputTensor output, TensorDraft? draft, InputTensor reference, ModelDraft model)
    {
        OutputKind kind = Of(output, draft, model);
        bool restores = kind == OutputKind.Image && model.Description.Task == ModelTask.Denoise
            && Restores(output, reference, model.Probabilistic);
        return output with
        {
            Kind = kind,
            RestoresInput = restores,
            SpreadChannels = IsSpread(output) && model.Description.Task == ModelTask.Denoise && Restores(output, reference, false)
                ? output.Channels : model.Probabilistic && output.Channels % 2 == 0 ? output.Channels / 2 : 0,
        };
    }

    private static OutputKind Of(OutputTensor output, TensorDraft? draft, ModelDraft model)
    {
        if (!(output.Axes.Contains('y') && output.Axes.Contains('x')))
            return OutputKind.Values;
        PixelOperation? last = output.Postprocessing.LastOrDefault(step => step is not EnsureDtype);
        if (last is Binarize || output.DataType == "bool" || draft?.Values is { Count: 2 })
            return OutputKind.Mask;
        if (draft?.Values is { Count: > 2 })
            return OutputKind.Labels;
        bool isWhole = !output.DataType.StartsWith("float", StringComparison.Ordinal);
        string[] names = Names(output);
        if (isWhole && Says(names, LabelWords))
            return OutputKind.Labels;
        if (last is Sigmoid or Softmax || model.StarDist is not null)
            return OutputKind.Values;
        bool unit = draft is { IsUnitRange: true } && !isWhole && model.Description.Task == ModelTask.Other;
        return unit || SaysValues(names) ? OutputKind.Values : OutputKind.Image;
    }

    /// <summary>A name or a step tells that its values are no intensities.</summary>
    public static bool IsTold(OutputTensor output) => SaysValues(Names(output))
        || output.Postprocessing.LastOrDefault(step => step is not EnsureDtype) is Sigmoid or Softmax;

    private static string[] Names(OutputTensor output) => [output.Id.ToLowerInvariant(), output.Name.ToLowerInvariant(),
        .. output.ChannelNames.Select(name => name.ToLowerInvariant())];

    private static bool IsSpread(OutputTensor output) => Names(output).Any(SpreadNames.Contains);

    private static bool SaysValues(string[] names) => Says(names, ValueWords) || names.Any(SpreadNames.Contains);

    private static bool Says(string[] names, string[] words) =>
        names.Any(name => words.Any(word => name.Contains(word, StringComparison.Ordinal)));

    /// <summary>The values are still as the network saw them: nothing has scaled them since, and there are as many channels.</summary>
    private static bool Restores(OutputTensor output, InputTensor reference, bool probabilistic) =>
        output.Postprocessing.All(step => step is EnsureDtype { DataType: "float32" or "float64" })
        && output.Channels == reference.Channels * (probabilistic ? 2 : 1)
        && reference.Preprocessing.All(step => step is EnsureDtype or ScaleLinear or ScaleRange { Reference: null } or ZeroMeanUnitVariance
            or FixedZeroMeanUnitVariance)
        && reference.Preprocessing.Any(step => step is not EnsureDtype);
}
