using BioDL.Core;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// The keys that formats 0.2.0-csbdeep to 0.5 define. What a description says beside them of a tensor, an axis, a size or a step may
/// change pixels, so it is an error; elsewhere it is told. Nothing that is not known is passed over in silence.
/// </summary>
internal static class DescriptionKeys
{
    private static readonly HashSet<string> Root =
    [
        "attachments", "authors", "badges", "cite", "config", "covers", "dependencies", "description", "documentation", "download_url",
        "format_version", "framework", "git_repo", "icon", "id", "id_emoji", "inputs", "kwargs", "language", "license", "links",
        "maintainers", "name", "nickname", "nickname_icon", "outputs", "owners", "packaged_by", "parent", "rdf_source", "root_path",
        "run_mode", "sample_inputs", "sample_outputs", "sha256", "source", "status", "tags", "test_input", "test_inputs", "test_output",
        "test_outputs", "timestamp", "training", "training_data", "type", "uploader", "version", "version_comment", "version_number",
        "weights",
    ];

    private static readonly string[] OldTensor = ["name", "description", "axes", "data_type", "data_range", "shape", "halo",
        "preprocessing", "postprocessing"];
    private static readonly string[] NewTensor = ["id", "description", "axes", "data", "optional", "test_tensor", "sample_tensor",
        "preprocessing", "postprocessing"];
    private static readonly string[] Axis = ["type", "id", "description", "size", "scale", "unit", "channel_names", "halo",
        "concatenable"];
    private static readonly string[] Size = ["min", "max", "step", "tensor_id", "axis_id", "offset"];
    private static readonly string[] Shape = ["min", "step", "reference_tensor", "reference_input", "scale", "offset"];
    private static readonly string[] Data = ["type", "values", "range", "unit", "scale", "offset"];
    private static readonly string[] Step = ["id", "name", "kwargs"];

    private static readonly HashSet<string> Weights = ["source", "sha256", "attachments", "authors", "parent", "comment",
        "opset_version", "tensorflow_version", "pytorch_version", "external_data", "dependencies", "architecture",
        "architecture_sha256", "kwargs", "timestamp"];

    /// <summary>Sections of config that are read here, or that are known to hold nothing that a run would need.</summary>
    private static readonly HashSet<string> Sections = ["bioimageio", "stardist", "deepimagej"];

    /// <summary>Words that say in a section of another tool that pixels are meant.</summary>
    private static readonly string[] PixelWords = ["preproc", "postproc", "pre_proc", "post_proc", "normali", "standardi", "macro",
        "percentile", "clip", "gamma", "rescal", "resiz", "threshold", "invert", "intensity", "transform"];

    /// <returns>what should be told</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>: a key, by name, that may change pixels.</exception>
    public static IReadOnlyList<string> Check(YamlNode root, bool isCsbDeep, DescriptionErrors errors)
    {
        foreach (string kind in (string[])["inputs", "outputs"])
        {
            foreach (YamlNode tensor in root.Get(kind).Items())
                Tensor(tensor, $"the {kind[..^1]} {tensor.Get("id").Text() ?? tensor.Get("name").Text()}", errors);
        }
        foreach (string key in (string[])["preprocessing", "postprocessing", "prediction"])
        {
            if (!(isCsbDeep && key == "prediction") && IsSaid(root.Get(key)))
                throw errors.Unsupported($"has {key} beside its tensors, which is not known here");
        }
        if (root.Get("run_mode", "name").Text() is { Length: > 0 } mode && mode is not ("null" or "~" or "deepimagej"))
            throw errors.Unsupported($"asks for the run mode {mode}, which is not known here");
        return [.. Told(root)];
    }

    private static IEnumerable<string> Told(YamlNode root)
    {
        foreach (string key in root.Keys().Where(key => !Root.Contains(key) && key != "prediction" && IsSaid(root.Get(key))))
            yield return Unknown(key);
        foreach (string format in root.Get("weights").Keys())
        {
            foreach (string key in root.Get("weights", format).Keys().Where(key => !Weights.Contains(key)))
                yield return Unknown($"weights.{format}.{key}");
        }
        YamlNode? config = root.Get("config");
        foreach (string section in config.Keys().Where(section => !Sections.Contains(section.TrimStart('_').ToLowerInvariant())))
        {
            foreach (string path in Paths(config.Get(section), $"config.{section}").Where(SoundsOfPixels))
                yield return Unknown(path);
        }
        foreach (YamlNode tensor in root.Get("inputs").Items().Concat(root.Get("outputs").Items()))
        {
            YamlNode? data = tensor.Get("data");
            if (data.Get("scale").Number() is { } scale and not 1 || data.Get("offset").Number() is { } offset and not 0)
                yield return $"The description gives the values of {tensor.Get("id").Text()} a scale or an offset, which are for people: "
                    + "they change no pixels here.";
        }
    }

    private static void Tensor(YamlNode tensor, string name, DescriptionErrors errors)
    {
        bool isOld = tensor.Get("axes") is YamlScalarNode;
        Known(tensor, isOld ? OldTensor : NewTensor, name, errors);
        Known(tensor.Get("shape"), Shape, $"the shape of {name}", errors);
        foreach (YamlNode axis in tensor.Get("axes").Items())
        {
            string axisName = $"the axis {axis.Get("id").Text() ?? axis.Get("type").Text()} of {name}";
            Known(axis, Axis, axisName, errors);
            Known(axis.Get("size"), Size, $"the size of {axisName}", errors);
        }
        foreach (YamlNode data in tensor.Get("data") is YamlSequenceNode list ? list.Children : [.. One(tensor.Get("data"))])
            Known(data, Data, $"the data of {name}", errors);
        foreach (YamlNode step in tensor.Get("preprocessing").Items().Concat(tensor.Get("postprocessing").Items()))
            Known(step, Step, $"the step {step.Get("id").Text() ?? step.Get("name").Text()} of {name}", errors);
    }

    private static IEnumerable<YamlNode> One(YamlNode? node) => node is null ? [] : [node];

    private static void Known(YamlNode? node, string[] known, string of, DescriptionErrors errors)
    {
        if (node.Keys().FirstOrDefault(key => !known.Contains(key) && IsSaid(node.Get(key))) is { } other)
        {
            throw errors.Unsupported($"has the key {other} in {of}, which is not known here and may change pixels",
                "Correct the key in the description, or remove it if it has no meaning.");
        }
    }

    private static IEnumerable<string> Paths(YamlNode? node, string path)
    {
        foreach (string key in node.Keys())
        {
            string own = $"{path}.{key}";
            yield return own;
            foreach (string deeper in Paths(node.Get(key), own))
                yield return deeper;
        }
        foreach (YamlNode item in node.Items())
        {
            foreach (string deeper in Paths(item, path))
                yield return deeper;
        }
    }

    private static bool SoundsOfPixels(string path)
    {
        string key = path[(path.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return PixelWords.Any(word => key.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Null, an empty list and an empty mapping say nothing.</summary>
    private static bool IsSaid(YamlNode? node) => node switch
    {
        null => false,
        YamlSequenceNode list => list.Children.Any(IsSaid),
        YamlMappingNode mapping => mapping.Children.Count > 0,
        _ => node.Text() is { Length: > 0 } text && text is not ("null" or "~"),
    };

    private static string Unknown(string key) =>
        $"The description has the key {Descriptions.PlainText.Line(key)}, which is not known here and was not used.";
}
