using BioDL.Core;
using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Files;

/// <summary>
/// Reads the structure of an .onnx file. Field numbers are those of onnx.proto (github.com/onnx/onnx). Weights are stepped over, not
/// copied.
/// The file is untrusted: every length is checked against what is left, nothing is allocated by a number in the file, and graphs inside
/// graphs are
/// followed to a fixed depth. What is read is then checked before anybody makes a session of it.
/// </summary>
public static partial class OnnxReader
{
    private const int MaximumNodes = 200_000, MaximumDepth = 24;

    /// <param name="file">the bytes of the file</param>
    /// <param name="name">for messages</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.ModelInvalid"/>: truncated, damaged or no ONNX file; <see cref="Status.ModelUnsupported"/>: see
    /// <see cref="OnnxChecks"/>.
    /// </exception>
    public static OnnxGraph Read(ReadOnlySpan<byte> file, string name)
    {
        try
        {
            OnnxGraph graph = ReadModel(file);
            if (graph.Nodes.Count == 0 || graph.Outputs.Count == 0)
                throw new WireFormatException("it holds no network");
            OnnxChecks.Check(graph, name);
            return graph;
        }
        catch (WireFormatException error)
        {
            throw new BioDLException(Status.ModelInvalid, $"{name} is not an ONNX file, or is truncated: {error.Message}.",
                "Download or export the file again.", error);
        }
    }

    /// <summary>What is gathered over all graphs of a file.</summary>
    private sealed class Findings
    {
        private int _nodes;

        public SortedSet<string> External { get; } = new(StringComparer.Ordinal);
        public SortedSet<(string Domain, string Type)> Foreign { get; } = [];
        public List<OnnxFunction> Functions { get; } = [];
        public List<DeclaredTensor> Declared { get; } = [];

        /// <returns>how many there were before</returns>
        public int CountNode() => _nodes < MaximumNodes ? _nodes++
            : throw new WireFormatException($"it has more than {MaximumNodes} operations");
    }

    private static OnnxGraph ReadModel(ReadOnlySpan<byte> file)
    {
        var (graph, found) = (new OnnxGraph(), new Findings());
        var model = new WireReader(file);
        while (model.Next())
        {
            switch (model.Field)
            {
                case 1:
                    graph.IrVersion = model.Integer();
                    break;
                case 2:
                    graph.Producer = model.Text();
                    break;
                case 7:
                    ReadGraph(model.Bytes(), graph, found);
                    break;
                case 8:
                    ReadOpset(model.Bytes(), graph);
                    break;
                case 25:
                    ReadFunction(model.Bytes(), found);
                    break;
                default:
                    model.Skip();
                    break;
            }
        }
        graph.ExternalFiles = [.. found.External];
        graph.Functions.AddRange(found.Functions);
        graph.ForeignOperators = [.. found.Foreign.Where(used => !found.Functions.Any(own => (own.Domain, own.Name) == used))
            .Select(used => $"{used.Domain}.{used.Type}")];
        graph.Declared.AddRange(found.Declared);
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
        if (IsOnnx(domain))
            graph.Opset = version;
    }

    private static bool IsOnnx(string domain) => domain is "" or "ai.onnx";

    /// <summary>The outermost graph.</summary>
    private static void ReadGraph(ReadOnlySpan<byte> message, OnnxGraph graph, Findings found)
    {
        var (inputs, outputs) = (new List<TensorSpec>(), new List<TensorSpec>());
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    graph.Nodes.Add(ReadNode(reader.Bytes(), found, 0));
                    break;
                case 5:
                    graph.Constants[Named(reader.Bytes(), found, out OnnxConstant constant)] = constant;
                    break;
                case 11:
                    inputs.Add(ReadSpec(reader.Bytes()));
                    break;
                case 12:
                    outputs.Add(ReadSpec(reader.Bytes()));
                    break;
                case 15:
                    ReadSparse(reader.Bytes(), graph, found);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        graph.Inputs = [.. inputs.Where(input => !graph.Constants.ContainsKey(input.Name))];
        graph.Outputs = outputs;
        AddConstants(graph.Nodes, graph.Constants);
    }

    /// <summary>A graph inside a node: what it takes from outside is added to <paramref name="captures"/>.</summary>
    private static OnnxInnerGraph ReadInnerGraph(ReadOnlySpan<byte> message, Findings found, int depth, HashSet<string> captures)
    {
        if (depth > MaximumDepth)
            throw new WireFormatException($"its graphs are nested more than {MaximumDepth} deep");
        var (used, own, graph) = (new HashSet<string>(), new HashSet<string>(), new OnnxInnerGraph());
        var (inputs, outputs) = (new List<TensorSpec>(), new List<TensorSpec>());
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    OnnxNode node = ReadNode(reader.Bytes(), found, depth);
                    graph.Nodes.Add(node);
                    used.UnionWith(node.Inputs.Concat(node.Captures));
                    own.UnionWith(node.Outputs);
                    break;
                case 5:
                    graph.Constants[Named(reader.Bytes(), found, out OnnxConstant constant)] = constant;
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
        own.UnionWith(graph.Constants.Keys.Concat(inputs.Select(input => input.Name)));
        used.UnionWith(outputs.Select(output => output.Name));
        captures.UnionWith(used.Where(name => !own.Contains(name)));
        (graph.Inputs, graph.Outputs) = (inputs, outputs);
        AddConstants(graph.Nodes, graph.Constants);
        return graph;
    }

    private static string Named(ReadOnlySpan<byte> message, Findings found, out OnnxConstant constant)
    {
        constant = ReadTensor(message, out string name, found);
        return name;
    }

    private static void AddConstants(List<OnnxNode> nodes, Dictionary<string, OnnxConstant> constants)
    {
        foreach (OnnxNode node in nodes.Where(node => node.Operator == "Constant" && node.Outputs.Length == 1))
            constants.TryAdd(node.Outputs[0], ConstantOf(node));
    }

    /// <summary>FunctionProto: name = 1, input = 4, output = 5, node = 7, domain = 10.</summary>
    private static void ReadFunction(ReadOnlySpan<byte> message, Findings found)
    {
        string name = "", domain = "";
        var (inputs, outputs, nodes) = (new List<string>(), new List<string>(), new List<OnnxNode>());
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 4:
                    inputs.Add(reader.Text());
                    break;
                case 5:
                    outputs.Add(reader.Text());
                    break;
                case 7:
                    nodes.Add(ReadNode(reader.Bytes(), found, 1));
                    break;
                case 10:
                    domain = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        found.Functions.Add(new OnnxFunction(domain, name, [.. inputs], [.. outputs], nodes));
    }
}
