using BioDL.Core;
using BioDL.Core.Steps;
using BioDL.Models.Files;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// The section config.deepimagej (formats 0.3 to 0.5): ImageJ macros and Java classes before and after the network. A macro that says
/// what a step of the description says already is its twin for ImageJ, and the step counts; so does StarDist's suppression. Where the
/// description has no steps of its own, a macro that is nothing but a known normalisation becomes one. All else is refused by its name.
/// </summary>
internal static class DeepImageJ
{
    private const string Name = "deepimagej";
    private static readonly string[] Keys = ["prediction", "allow_tiling", "pyramidal_model", "model_keys", "test_information"];

    /// <param name="draft">as the description alone gives it</param>
    /// <param name="root">the description</param>
    /// <param name="files">of the package, the macros among them</param>
    /// <param name="errors">for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>: a macro, by its name, that is not done here.</exception>
    public static ModelDraft Applied(ModelDraft draft, YamlNode root, IModelFiles files, DescriptionErrors errors)
    {
        YamlNode? config = root.Get("config");
        foreach (string key in config.Keys().Where(key => key.TrimStart('_').Equals(Name, StringComparison.OrdinalIgnoreCase)))
            draft = WithSection(draft, config.Get(key), files, errors);
        return draft;
    }

    private static ModelDraft WithSection(ModelDraft draft, YamlNode? section, IModelFiles files, DescriptionErrors errors)
    {
        YamlNode? prediction = section.Get("prediction");
        string[] unknown = [.. section.Keys().Where(key => !Keys.Contains(key)).Concat(
            prediction.Keys().Where(key => key is not ("preprocess" or "postprocess")).Select(key => $"prediction.{key}"))];
        IEnumerable<string> notes = unknown.Select(key => $"The description has the key config.{Name}.{key}, which is not known here "
            + "and was not used.");
        if (section.Get("pyramidal_model").Flag() == true)
            notes = notes.Append($"The description says config.{Name}.pyramidal_model: true, which is not known here and was not used.");
        TensorDraft[] inputs = [.. draft.Inputs!], outputs = [.. draft.Outputs!];
        var macros = new DeepImageJMacros(files, errors);
        inputs[0] = macros.Done(inputs[0], prediction.Get("preprocess"), "preprocess", draft.StarDist);
        outputs[0] = macros.Done(outputs[0], prediction.Get("postprocess"), "postprocess", draft.StarDist);
        return draft with
        {
            Inputs = inputs,
            Outputs = outputs,
            IsWhole = section.Get("allow_tiling").Flag() == false,
            Description = draft.Description with { Notes = [.. draft.Description.Notes, .. notes] },
        };
    }
}

/// <summary>The macros of one side of the network.</summary>
internal sealed class DeepImageJMacros(IModelFiles files, DescriptionErrors errors)
{
    private const long Limit = 1 << 20;

    /// <summary>By the names under which deepImageJ offers them: the step that each is the twin of.</summary>
    private static readonly Dictionary<string, Type[]> Twins = new(StringComparer.OrdinalIgnoreCase)
    {
        ["per_sample_scale_range"] = [typeof(ScaleRange)],
        ["percentile"] = [typeof(ScaleRange)],
        ["PercentileNormalization"] = [typeof(ScaleRange)],
        ["scale_range"] = [typeof(ScaleRange)],
        ["zero_mean_unit_variance"] = [typeof(ZeroMeanUnitVariance), typeof(FixedZeroMeanUnitVariance)],
        ["fixed_zero_mean_unit_variance"] = [typeof(FixedZeroMeanUnitVariance)],
        ["scale_linear"] = [typeof(ScaleLinear)],
        ["binarize"] = [typeof(Binarize)],
        ["8bitBinarize"] = [typeof(Binarize)],
    };

    /// <summary>The tensor with the steps that its macros stand for.</summary>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/></exception>
    public TensorDraft Done(TensorDraft tensor, YamlNode? entries, string side, StarDistDraft? star)
    {
        bool hasOwn = tensor.Processing.Any(step => step is not EnsureDtype);
        var steps = new List<PixelOperation>();
        foreach (string macro in (entries is YamlSequenceNode ? entries.Items() : entries is null ? [] : [entries]).SelectMany(Named))
        {
            if (IsTwin(macro, tensor, side, star))
                continue;
            if (hasOwn || Translated(macro, tensor) is not { } translated)
                throw Refused(macro, tensor, side);
            steps.AddRange(translated);
        }
        return steps.Count > 0 ? tensor with { Processing = [.. tensor.Processing, .. steps] } : tensor;
    }

    /// <summary>{spec: ij.IJ::runMacroFile, kwargs: NAME}, {spec: "FILE.jar CLASS"}, {spec: null}, or a name alone.</summary>
    private static IEnumerable<string> Named(YamlNode entry)
    {
        YamlNode? kwargs = entry is YamlMappingNode ? entry.Get("kwargs") : entry;
        string[] names = [.. (kwargs is YamlSequenceNode ? kwargs.Items() : kwargs is YamlMappingNode ? kwargs.Keys()
            .Select(key => kwargs.Get(key)!) : [kwargs!]).Select(Said).OfType<string>()];
        return names.Length > 0 ? names : Said(entry.Get("spec")) is { } spec ? [spec] : [];
    }

    private static string? Said(YamlNode? node) => node.Text() is { Length: > 0 } text
        && text.ToLowerInvariant() is not ("null" or "~" or "none" or "no preprocessing" or "no postprocessing") ? text : null;

    private static bool IsTwin(string macro, TensorDraft tensor, string side, StarDistDraft? star)
    {
        string name = Path.GetFileNameWithoutExtension(macro);
        if (side == "postprocess" && star is not null && name.StartsWith("StarDist", StringComparison.OrdinalIgnoreCase))
            return true;
        // An export writes NAME.ijm, or TENSOR_NAME.ijm for the tensor that it is for.
        Type[] kinds = Twins.FirstOrDefault(twin => name.Equals(twin.Key, StringComparison.OrdinalIgnoreCase)
            || name.Equals($"{tensor.Id}_{twin.Key}", StringComparison.OrdinalIgnoreCase)).Value ?? [];
        return tensor.Processing.Any(step => kinds.Contains(step.GetType()));
    }

    private IReadOnlyList<PixelOperation>? Translated(string macro, TensorDraft tensor) =>
        files.Exists(macro) ? KnownMacro.Steps(FileText.Of(files.Read(macro, Limit)).Text, tensor) : null;

    private BioDLException Refused(string macro, TensorDraft tensor, string side) => errors.Unsupported(
        $"asks for the ImageJ macro or class \"{macro}\" as {side} of {tensor.Id} (config.deepimagej.prediction), which is not done here",
        side == "postprocess"
            ? $"Run the model with deepImageJ; or remove the entry from its description and run {macro} in ImageJ on the network's output."
            : $"Run the model with deepImageJ; or put what {macro} does into the description as preprocessing of {tensor.Id}.");
}
