using BioDL.Core;
using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Reading;

/// <summary>
/// Reads saved_model.pb and frozen graphs. Field numbers are those of saved_model.proto, meta_graph.proto, graph.proto, node_def.proto,
/// function.proto and op_def.proto (github.com/tensorflow/tensorflow). Values of constants stay where they are in the file.
/// </summary>
internal static class GraphReader
{
    /// <param name="file">kept as long as the model</param>
    /// <param name="name">for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: truncated, or neither of the two.</exception>
    public static TfModel Read(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            TfModel model = LooksLikeSavedModel(file.Span) ? ReadSavedModel(file) : new TfModel(ReadGraph(file), [], Frozen: true);
            return model.Graph.Nodes.Count > 0 ? model : throw new WireFormatException("it holds no graph");
        }
        catch (WireFormatException error)
        {
            throw new BioDLException(Status.ModelInvalid,
                $"{name} is neither a TensorFlow SavedModel nor a frozen graph, or is truncated: {error.Message}.",
                "Download or export the model again.", error);
        }
    }

    /// <summary>Field 1 is a version number in a SavedModel, and an operation in a graph.</summary>
    private static bool LooksLikeSavedModel(ReadOnlySpan<byte> file) => file.Length > 0 && (file[0] == (1 << 3 | 0));

    private static TfModel ReadSavedModel(ReadOnlyMemory<byte> file)
    {
        TfModel? first = null;
        var reader = new WireReader(file.Span);
        while (reader.Next())
        {
            if (reader.Field != 2)
            {
                reader.Skip();
                continue;
            }
            (TfModel model, bool serves) = ReadMetaGraph(Slice(file, ref reader));
            if (serves)
                return model;
            first ??= model;
        }
        return first ?? throw new WireFormatException("it holds no graph");
    }

    private static (TfModel Model, bool Serves) ReadMetaGraph(ReadOnlyMemory<byte> message)
    {
        var graph = new TfGraph();
        var signatures = new List<TfSignature>();
        bool serves = false;
        var reader = new WireReader(message.Span);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    serves = HasServeTag(reader.Bytes());
                    break;
                case 2:
                    graph = ReadGraph(Slice(message, ref reader));
                    break;
                case 5:
                    signatures.Add(SignatureReader.Read(reader.Bytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return (new TfModel(graph, signatures, Frozen: false), serves);
    }

    /// <summary>MetaInfoDef: tags = 4.</summary>
    private static bool HasServeTag(ReadOnlySpan<byte> message)
    {
        bool serves = false;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 4)
                serves |= reader.Text() == "serve";
            else
                reader.Skip();
        }
        return serves;
    }

    private static TfGraph ReadGraph(ReadOnlyMemory<byte> message)
    {
        var graph = new TfGraph();
        var reader = new WireReader(message.Span);
        while (reader.Next())
        {
            if (reader.Field == 1)
                graph.Nodes.Add(ReadNode(Slice(message, ref reader)));
            else if (reader.Field == 2)
                ReadLibrary(Slice(message, ref reader), graph);
            else
                reader.Skip();
            if (graph.Nodes.Count > TfGraph.MaximumNodes)
                throw new WireFormatException($"it has more than {TfGraph.MaximumNodes} operations");
        }
        return graph;
    }

    private static void ReadLibrary(ReadOnlyMemory<byte> message, TfGraph graph)
    {
        var reader = new WireReader(message.Span);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                TfFunction function = FunctionReader.Read(Slice(message, ref reader));
                graph.Functions[function.Name] = function;
            }
            else
                reader.Skip();
            if (graph.Functions.Count > TfGraph.MaximumNodes)
                throw new WireFormatException($"it has more than {TfGraph.MaximumNodes} functions");
        }
    }

    /// <summary>NodeDef: name = 1, op = 2, input = 3, attr = 5 {key = 1, value = 2}.</summary>
    public static TfNode ReadNode(ReadOnlyMemory<byte> message)
    {
        var (name, operation) = ("", "");
        var inputs = new List<string>();
        var attributes = new Dictionary<string, ReadOnlyMemory<byte>>();
        var reader = new WireReader(message.Span);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    operation = reader.Text();
                    break;
                case 3:
                    string input = reader.Text();
                    if (!input.StartsWith('^'))
                        inputs.Add(input);
                    break;
                case 5:
                    ReadAttribute(Slice(message, ref reader), attributes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return new TfNode(name, operation, [.. inputs], attributes);
    }

    private static void ReadAttribute(ReadOnlyMemory<byte> message, Dictionary<string, ReadOnlyMemory<byte>> attributes)
    {
        string key = "";
        ReadOnlyMemory<byte> value = default;
        var reader = new WireReader(message.Span);
        while (reader.Next())
        {
            if (reader.Field == 1)
                key = reader.Text();
            else if (reader.Field == 2)
                value = Slice(message, ref reader);
            else
                reader.Skip();
        }
        attributes[key] = value;
    }

    /// <summary>The message in the reader's current field, as part of the file.</summary>
    public static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> message, ref WireReader reader)
    {
        int length = reader.Bytes().Length;
        return message.Slice(message.Length - reader.Rest.Length - length, length);
    }
}
