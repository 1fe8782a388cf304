using System.Security.Cryptography;
using BioDL.Core;
using BioDL.Graphs;
using BioDL.Graphs.Files;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Fusion;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;
using BioDL.TensorFlow.Variables;

namespace BioDL.TensorFlow;

/// <summary>
/// Makes an ONNX network of a TensorFlow network for images: a SavedModel as CSBDeep, N2V and StarDist for Fiji save it, or a frozen graph.
/// Channels come first in the result, batch normalisation is part of the convolutions, and the size of the image stays open.
/// </summary>
public static class TensorFlowImporter
{
    private const long MaximumGraph = 0x7fff0000;
    private const string Producer = "BioDLNative TensorFlow importer";

    /// <summary>Import a network, with its outputs as its signature or its ends tell them.</summary>
    /// <exception cref="BioDLException">As below.</exception>
    public static ImportedNetwork Import(INetworkFiles files, string graphFile, IReadOnlyList<string> outputs) =>
        Import(files, graphFile, new ImportWishes { Outputs = outputs });

    /// <summary>Import a network.</summary>
    /// <param name="files">untrusted</param>
    /// <param name="graphFile">such as "saved_model.pb", with the variables in the folder variables beside it, or "sub/frozen.pb"</param>
    /// <param name="wishes">what a description says</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.ModelInvalid"/>: damaged; <see cref="Status.ModelUnsupported"/>: an operation that is not known, by name;
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>.
    /// </exception>
    public static ImportedNetwork Import(INetworkFiles files, string graphFile, ImportWishes wishes)
    {
        byte[] file = files.Read(graphFile, MaximumGraph);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file);
        string source = $"{files.Source} ({graphFile})";
        TfModel model = GraphReader.Read(file, source);
        VariableBundle? bundle = Variables(files, graphFile, hash);
        try
        {
            FlatGraph graph = FunctionInliner.Flatten(model.Graph);
            ImportedNetwork network = Converted(model, graph, bundle, wishes, source);
            return network with { Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
        }
        catch (WireFormatException error)
        {
            throw new BioDLException(Status.ModelInvalid, $"The graph in {source} is damaged: {error.Message}.",
                "Download or export the model again.", error);
        }
    }

    /// <summary>
    /// Networks are convolutions, and those that were exported with one size run with others, so that size is opened; where the graph
    /// itself holds it as a number, it stays.
    /// </summary>
    private static ImportedNetwork Converted(TfModel model, FlatGraph graph, VariableBundle? bundle, ImportWishes wishes, string source)
    {
        var open = new Placeholders(graph, model.Serving, wishes.Inputs, frees: true);
        try
        {
            return Converted(model, graph, bundle, open, wishes, source);
        }
        catch (Exception error) when (open.HasFreed && error is FixedSizeException or WireFormatException or BioDLException)
        {
            var closed = new Placeholders(graph, model.Serving, wishes.Inputs, frees: false);
            return Converted(model, graph, bundle, closed, wishes, source);
        }
    }

    private static ImportedNetwork Converted(TfModel model, FlatGraph graph, VariableBundle? bundle, Placeholders placeholders,
        ImportWishes wishes, string source)
    {
        var store = new VariableStore(bundle, graph, source);
        var conversion = new Conversion(graph, store, placeholders, source);
        (List<TfPort> ports, bool areEnds) = OutputChoice.Of(model, graph, wishes, source);
        // Among the ends of a graph are measures of its training as well.
        if (areEnds && ports.Exists(port => IsImage(conversion.Value(port))))
            ports = ports.FindAll(port => conversion.Value(port) is MissingValue || IsImage(conversion.Value(port)));
        List<ImportedTensor> results = [.. ports.Select(port => Output(conversion, port, source))];
        GraphFusion.Apply(conversion.Builder.Draft);
        List<ImportedTensor> inputs = Inputs(conversion.Builder.Draft, model.Serving);
        if (inputs.Count == 0)
            throw new WireFormatException("its outputs depend on no input");
        byte[] onnx = OnnxWriter.Write(conversion.Builder.Draft, Producer);
        return new ImportedNetwork(onnx, inputs, results, "", store.Used);
    }

    private static VariableBundle? Variables(INetworkFiles files, string graphFile, IncrementalHash hash)
    {
        string prefix = graphFile[..(graphFile.LastIndexOf('/') + 1)] + "variables/variables";
        return files.Exists(VariableBundle.IndexName(prefix)) ? new VariableBundle(files, prefix, hash) : null;
    }

    private static ImportedTensor Output(Conversion conversion, TfPort port, string source)
    {
        TfValue value = conversion.Value(port);
        if (value is MissingValue missing)
            throw missing.Error;
        if (!IsImage(value))
        {
            throw new BioDLException(Status.ModelUnsupported, $"The output \"{port}\" of {source} is no image: {Described(value)}.",
                "Only outputs with a batch, channels and two or three spatial axes are supported.");
        }
        var feature = (FeatureValue)value;
        feature = conversion.Builder.Ordered(feature, Operations.KernelPlacement.Order(feature.Rank, feature.ChannelsFirst));
        OnnxDraft draft = conversion.Builder.Draft;
        bool named = feature.Name == port.ToString() && conversion.Builder.Producer(feature.Name) is not null
            && draft.Outputs.TrueForAll(output => output.Name != feature.Name);
        string name = named ? feature.Name : conversion.Builder.Add("Identity", port.ToString(), [feature.Name]);
        string[] axes = feature.Rank == 4 ? ["b", "c", "y", "x"] : ["b", "c", "z", "y", "x"];
        draft.Outputs.Add(new DraftTensor(name,
            [.. axes.Select((axis, i) => feature.StoredSize(i).Value is { } known ? (object)known : $"{axis}_out{draft.Outputs.Count}")]));
        return new ImportedTensor(name, port.ToString(), string.Concat(axes), (int)(feature.StoredSize(1).Value ?? 0));
    }

    private static bool IsImage(TfValue value) => value is FeatureValue { Rank: 4 or 5 };

    private static string Described(TfValue value) => value switch
    {
        FeatureValue feature => $"it has {feature.Rank} axes",
        DeadValue => "it is not computed outside training",
        _ => "it does not depend on an input",
    };

    /// <summary>Those that the outputs depend on, in the order of the signature, then of the graph.</summary>
    private static List<ImportedTensor> Inputs(OnnxDraft draft, TfSignature? signature)
    {
        int Place(DraftTensor input) => signature?.Inputs.FindIndex(signed => signed.Port.Node == input.Name) is { } place and >= 0
            ? place : int.MaxValue;
        return [.. draft.Inputs.OrderBy(Place)
            .Select(input => new ImportedTensor(input.Name, input.Name, input.Shape.Length == 4 ? "bcyx" : "bczyx",
            input.Shape[1] is long channels ? (int)channels : 0)
            {
                ElementType = input.Origin,
                OnlySizes = input.Shape[2..].Any(size => size is long)
                    ? [.. input.Shape.Select(size => size is long known ? (int)known : 0)] : null,
            })];
    }
}
