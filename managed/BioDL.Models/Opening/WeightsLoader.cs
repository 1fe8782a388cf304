using System.Security.Cryptography;
using BioDL.Core;
using BioDL.Engines;
using BioDL.Graphs;
using BioDL.Graphs.Editing;
using BioDL.Graphs.Files;
using BioDL.Models.Files;
using BioDL.Models.Readers;
using BioDL.Models.Runtime;

namespace BioDL.Models.Opening;

/// <summary>Reads the weights that a description names: their hash, their tensors, and how to get at them again.</summary>
internal static class WeightsLoader
{
    /// <summary>ONNX's own limit for a file.</summary>
    private const long Limit = int.MaxValue - 64;

    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>, <see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/>
    /// </exception>
    public static LoadedNetwork Load(ModelDraft draft, IModelFiles files, DescriptionErrors errors)
    {
        WeightsDraft weights = draft.Weights;
        string name = $"{weights.File} of {files.Source}";
        var (network, onnx) = weights.Format switch
        {
            WeightsDraft.Onnx => Onnx(weights, files, name),
            WeightsDraft.SavedModel or WeightsDraft.FrozenGraph => TensorFlowWeights.Load(weights, files, name),
            _ when InstalledEngines.For(weights.Format) is { } engine => Opaque(engine, draft, files, name, errors),
            _ => throw new BioDLException(Status.ModelUnsupported,
                $"{files.Source} has its weights as {weights.Format}, which this version does not run.",
                "Export the network to ONNX."),
        };
        string? axes = draft.Outputs is [{ } only] ? only.Letters : null;
        return StarDistSplit.Of(network, draft.StarDist, axes, errors) is { } split ? split.Cut(network, onnx, name) : network;
    }

    private static (LoadedNetwork Network, byte[] Onnx) Onnx(WeightsDraft weights, IModelFiles files, string name)
    {
        byte[] onnx = files.Read(weights.File, Limit);
        string hash = Hash(onnx);
        CheckHash(weights, hash, name);
        OnnxGraph graph = OnnxReader.Read(onnx, name);
        var external = new ExternalData(files, weights.File);
        external.Check(graph);
        bool beside = graph.ExternalFiles.Count > 0;
        if (beside && external.Folder is null)
            graph = OnnxReader.Read(onnx = external.Joined(onnx), name);
        byte[] Read() => beside ? external.Joined(Again(files, weights.File, hash)) : Again(files, weights.File, hash);
        var network = new LoadedNetwork
        {
            Format = weights.Format, Engine = InstalledEngines.Onnx, Sha256 = hash, Graph = graph,
            ExternalFolder = beside ? external.Folder : null,
            Inputs = [.. graph.Inputs.Select(Tensor)], Outputs = [.. graph.Outputs.Select(Tensor)],
            Read = () => OnnxCasts.ToFloat32(DivisionGuard.Of(Read(), graph), graph),
        };
        return (network, onnx);
    }

    /// <summary>
    /// A network without a graph that is read here: its tensors have an order and no names, so everything that is known of them stands in
    /// the description.
    /// </summary>
    private static (LoadedNetwork Network, byte[] Onnx) Opaque(IEngine engine, ModelDraft draft, IModelFiles files, string name,
        DescriptionErrors errors)
    {
        if (draft.Inputs is null || draft.Outputs is null)
            throw errors.Unsupported($"is a {draft.Weights.Format} network without a description of its tensors",
                "Give it a bioimageio.yaml, or export it to ONNX.");
        byte[] archive = files.Read(draft.Weights.File, Limit);
        string hash = Hash(archive);
        CheckHash(draft.Weights, hash, name);
        engine.Check(archive, name);
        var network = new LoadedNetwork
        {
            Format = draft.Weights.Format, Engine = engine, Sha256 = hash, Read = () => Again(files, draft.Weights.File, hash),
            Inputs = [.. draft.Inputs.Select(tensor => new NetworkTensor(tensor.Id, null))],
            Outputs = [.. draft.Outputs.Select(tensor => new NetworkTensor(tensor.Id, null))],
        };
        return (network, []);
    }

    private static NetworkTensor Tensor(TensorSpec spec) => new(spec.Name, spec.Shape) { ElementType = spec.TypeName };

    private static byte[] Again(IModelFiles files, string file, string hash)
    {
        byte[] onnx = files.Read(file, Limit);
        if (Hash(onnx) != hash)
            throw new BioDLException(Status.ModelInvalid, $"{file} of {files.Source} was changed while the model was open.",
                "Open the model again.");
        return onnx;
    }

    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: the description gives another hash.</exception>
    public static void CheckHash(WeightsDraft weights, string hash, string name)
    {
        if (weights.Sha256 is { Length: > 0 } expected && expected != hash)
        {
            throw new BioDLException(Status.ModelInvalid, $"{name} has the SHA-256 {hash}, but its description says {expected}.",
                "The file was changed or is damaged: download the model again.");
        }
    }

    private static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
