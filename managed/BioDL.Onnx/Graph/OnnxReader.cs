using BioDL.Core;

namespace BioDL.Onnx.Graph;

/// <summary>
/// Reads the structure of an .onnx file. Field numbers are those of onnx.proto (github.com/onnx/onnx). Weights are stepped over, not copied.
/// The file is untrusted: every length is checked against what is left, and nothing is allocated by a number in the file.
/// </summary>
public static partial class OnnxReader
{
    private const int MaximumNodes = 200_000;

    /// <param name="file">the bytes of the file</param>
    /// <param name="name">for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: truncated, or no ONNX file.</exception>
    public static OnnxGraph Read(ReadOnlySpan<byte> file, string name)
    {
        try
        {
            OnnxGraph graph = ReadModel(file);
            if (graph.Nodes.Count == 0 || graph.Outputs.Count == 0)
                throw new WireFormatException("it holds no network");
            return graph;
        }
        catch (WireFormatException error)
        {
            throw new BioDLException(Status.ModelInvalid, $"{name} is not an ONNX file, or is truncated: {error.Message}.", "Download or export the file again.", error);
        }
    }

    private static OnnxGraph ReadModel(ReadOnlySpan<byte> file)
    {
        var graph = new OnnxGraph();
        var model = new WireReader(file);
        while (model.Next())
        {
            switch (model.Field)
            {
                case 2:
                    graph.Producer = model.Text();
                    break;
                case 7:
                    ReadGraph(model.Bytes(), graph);
                    break;
                case 8:
                    ReadOpset(model.Bytes(), graph);
                    break;
                default:
                    model.Skip();
                    break;
            }
        }
        return graph;
    }

    private static void ReadOpset(ReadOnlySpan<byte> message, OnnxGraph graph)
    {
        string domain = "";
        long version = 0;
        var opset = new WireReader(message);
        while (opset.Next())
        {
            if (opset.Field == 1)
                domain = opset.Text();
            else if (opset.Field == 2)
                version = opset.Integer();
            else
                opset.Skip();
        }
        if (domain is "" or "ai.onnx")
            graph.Opset = version;
    }

    private static void ReadGraph(ReadOnlySpan<byte> message, OnnxGraph graph)
    {
        var (inputs, outputs) = (new List<TensorSpec>(), new List<TensorSpec>());
        var (external, foreign) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when graph.Nodes.Count < MaximumNodes:
                    graph.Nodes.Add(ReadNode(reader.Bytes(), foreign));
                    break;
                case 1:
                    throw new WireFormatException($"it has more than {MaximumNodes} operations");
                case 5:
                    ReadConstant(reader.Bytes(), graph, external);
                    break;
                case 11:
                    inputs.Add(ReadSpec(reader.Bytes()));
                    break;
                case 12:
                    outputs.Add(ReadSpec(reader.Bytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        graph.Inputs = [.. inputs.Where(input => !graph.Constants.ContainsKey(input.Name))];
        (graph.Outputs, graph.ExternalFiles, graph.ForeignOperators) = (outputs, [.. external], [.. foreign]);
        foreach (OnnxNode node in graph.Nodes.Where(node => node.Operator == "Constant" && node.Outputs.Length == 1))
            graph.Constants.TryAdd(node.Outputs[0], new OnnxConstant([], node.Floats.GetValueOrDefault("value") ?? node.Floats.GetValueOrDefault("value_floats")));
    }

    private static OnnxNode ReadNode(ReadOnlySpan<byte> message, SortedSet<string> foreign)
    {
        var (inputs, outputs) = (new List<string>(), new List<string>());
        var (integers, floats) = (new Dictionary<string, long[]>(), new Dictionary<string, float[]>());
        string type = "", domain = "";
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.Text());
                    break;
                case 2:
                    outputs.Add(reader.Text());
                    break;
                case 4:
                    type = reader.Text();
                    break;
                case 5:
                    ReadAttribute(reader.Bytes(), integers, floats);
                    break;
                case 7:
                    domain = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (domain is not ("" or "ai.onnx"))
            foreign.Add($"{domain}.{type}");
        return new OnnxNode(type, [.. inputs], [.. outputs], integers, floats);
    }

    private static void ReadAttribute(ReadOnlySpan<byte> message, Dictionary<string, long[]> integers, Dictionary<string, float[]> floats)
    {
        string name = "";
        var (whole, real) = (new List<long>(), new List<float>());
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    real.Add(reader.Single());
                    break;
                case 3:
                    whole.Add(reader.Integer());
                    break;
                case 5:
                    if (ReadTensor(reader.Bytes(), out _, []).Values is { } values)
                        real.AddRange(values);
                    break;
                case 7:
                    reader.Singles(real);
                    break;
                case 8:
                    reader.Integers(whole);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (whole.Count > 0)
            integers[name] = [.. whole];
        if (real.Count > 0)
            floats[name] = [.. real];
    }
}
