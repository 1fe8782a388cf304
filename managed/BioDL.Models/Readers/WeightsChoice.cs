using BioDL.Models.Files;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// Which of the weights of a bioimage.io package is run: ONNX, then TensorFlow's SavedModel or frozen graph, then TorchScript.
/// </summary>
internal static class WeightsChoice
{
    /// <summary>Names of a format in the descriptions, the newest first.</summary>
    private static readonly (string Format, string[] Keys)[] Runnable =
    [
        (WeightsDraft.Onnx, ["onnx"]),
        (WeightsDraft.SavedModel, ["tensorflow_saved_model_bundle"]),
        (WeightsDraft.FrozenGraph, ["tensorflow_frozen_graph"]),
        (WeightsDraft.TorchScript, ["torchscript", "pytorch_script"]),
    ];

    /// <summary>The weights to run; null when the user chose a file that is none of them.</summary>
    public static WeightsDraft? Of(YamlNode? weights, ModelLocation location, DescriptionErrors errors)
    {
        string? remote = null, missing = null;
        bool asked = location.Chosen is { } chosen && !chosen.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            && !chosen.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
        foreach (var (format, entry) in Entries(weights))
        {
            string source = entry.Get("source").Text() ?? "";
            bool isRemote = source.Contains("://", StringComparison.Ordinal);
            string file = Local(source, isRemote);
            if (asked && location.Chosen != file)
                continue;
            if (file.Length > 0 && location.Files.Exists(file))
                return new WeightsDraft(format, file, entry.Get("sha256").Text()?.ToLowerInvariant());
            _ = isRemote ? remote ??= source : missing ??= source;
        }
        if (asked)
            return null;
        if (missing is not null)
            throw errors.Invalid($"names the weights \"{missing}\", which is no file of its folder",
                "Download the model again, with all its files.");
        if (remote is not null)
            throw errors.Unsupported($"has its weights at {remote}, not beside its description",
                "Install the model: BioDL Models..., or biodl models install.");
        string[] others = [.. weights.Keys()];
        throw errors.Unsupported($"has weights as {(others.Length > 0 ? string.Join(", ", others) : "nothing")}, not as onnx, "
            + "tensorflow_saved_model_bundle or torchscript",
            "Export the network to ONNX.");
    }

    private static IEnumerable<(string Format, YamlNode Entry)> Entries(YamlNode? weights) =>
        from kind in Runnable
        from key in kind.Keys
        let entry = weights.Get(key)
        where entry is not null
        select (kind.Format, entry);

    /// <summary>A package keeps what its description names by an address under the last part of that address.</summary>
    private static string Local(string source, bool isRemote)
    {
        string path = isRemote ? source.Split('?', '#')[0].Split('/')[^1] : source;
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }
}
