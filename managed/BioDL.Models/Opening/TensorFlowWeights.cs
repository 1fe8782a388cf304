using System.Security.Cryptography;
using BioDL.Core;
using BioDL.Graphs;
using BioDL.Graphs.Editing;
using BioDL.Graphs.Files;
using BioDL.Models.Cache;
using BioDL.Models.Files;
using BioDL.Models.Readers;
using BioDL.Models.Runtime;
using BioDL.TensorFlow;

namespace BioDL.Models.Opening;

/// <summary>
/// TensorFlow networks as ONNX networks: imported once, then kept in the cache under the hash of what they were made of. The files of the
/// package are
/// read again before each use, so that a changed package is noticed.
/// </summary>
internal static class TensorFlowWeights
{
    /// <summary>Raised whenever the importer makes other networks of the same files.</summary>
    private const int Importer = 4;

    /// <summary>Of one file of a package; larger networks do not fit into an .onnx file either.</summary>
    private const long Limit = int.MaxValue - 64;

    /// <param name="weights">its file is the graph, or a zip file that holds it</param>
    /// <param name="files">where that lies</param>
    /// <param name="name">for messages</param>
    public static (LoadedNetwork Network, byte[] Onnx) Load(WeightsDraft weights, IModelFiles files, string name)
    {
        string hash = Hash(files, weights.File);
        WeightsLoader.CheckHash(weights, hash, name);
        KeptNetwork kept = Imported(weights, files, hash, name);
        OnnxGraph graph = OnnxReader.Read(kept.Onnx, name);
        var network = new LoadedNetwork
        {
            Format = weights.Format, Engine = InstalledEngines.Onnx, Sha256 = hash, Graph = graph,
            Inputs = [.. kept.Inputs.Select(Tensor)], Outputs = [.. kept.Outputs.Select(Tensor)],
            Read = () => DivisionGuard.Of(Again(weights, files, hash, name), graph),
            Notes = [.. kept.Inputs.Select(OnlySize).OfType<string>()],
        };
        return (network, kept.Onnx);
    }

    private static NetworkTensor Tensor(ImportedTensor tensor) =>
        new(tensor.Name, tensor.OnlySizes is { } sizes ? [.. sizes.Select(size => size > 0 ? (long?)size : null)] : null)
        {
            Alias = tensor.TensorFlowName,
            Axes = tensor.Axes,
            Channels = tensor.Channels > 0 ? tensor.Channels : null,
            ElementType = tensor.ElementType,
        };

    private static string? OnlySize(ImportedTensor tensor) => tensor.OnlySizes is { } sizes
        ? $"The graph of this network works only with {string.Join(" x ", sizes.Skip(2).Select(size => size > 0 ? $"{size}" : "any"))} "
            + "pixels at once: operators inside of it hold that size."
        : null;

    private static ImportWishes Wishes(WeightsDraft weights) => new()
    {
        Outputs = weights.Outputs, Named = weights.Named,
        Inputs = [.. weights.Inputs.Select(input => new DescribedInput(input.Id, input.Letters))],
    };

    private static byte[] Again(WeightsDraft weights, IModelFiles files, string hash, string name) => Hash(files, weights.File) == hash
        ? Imported(weights, files, hash, name).Onnx
        : throw new BioDLException(Status.ModelInvalid, $"{name} was changed while the model was open.", "Open the model again.");

    private static KeptNetwork Imported(WeightsDraft weights, IModelFiles files, string hash, string name)
    {
        byte[] Make() => KeptNetwork.Of(Import(weights, files, name)).ToBytes();
        string key = $"tensorflow {EngineVersion.Version}.{Importer} {weights.Format} {hash} {weights.Wishes}";
        return KeptNetwork.Read(ModelCache.Imported(key, Make)) ?? KeptNetwork.Read(Make())!;
    }

    private static ImportedNetwork Import(WeightsDraft weights, IModelFiles files, string name)
    {
        if (!IsZip(weights.File))
            return TensorFlowImporter.Import(files, weights.File, Wishes(weights));
        IModelFiles inner = files.Inner(weights.File);
        string graph = CsbDeepLayout.SavedModelIn(inner)
            ?? throw new BioDLException(Status.ModelInvalid, $"{name} holds no {CsbDeepLayout.SavedModel}.",
                "Download or export the model again.");
        return TensorFlowImporter.Import(inner, graph, Wishes(weights));
    }

    /// <summary>Of a zip file itself; else of the graph and then its variables, by their names.</summary>
    private static string Hash(IModelFiles files, string graph)
    {
        string prefix = graph[..(graph.LastIndexOf('/') + 1)] + "variables/variables.";
        bool bundled = graph.EndsWith(CsbDeepLayout.SavedModel, StringComparison.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(files.Read(graph, Limit));
        foreach (string variables in files.Names.Where(file => bundled && file.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
            hash.AppendData(files.Read(variables, Limit));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsZip(string file) => file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
