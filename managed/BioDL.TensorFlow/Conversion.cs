using BioDL.Core;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Operations;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow;

/// <summary>
/// Walks back from the outputs and turns each operation into constants, sizes, or operations of ONNX, inputs first. What cannot be turned
/// is an
/// error only when an output needs it: the branch for training is usually still in the graph, and nobody takes it.
/// </summary>
internal sealed class Conversion(FlatGraph graph, VariableStore variables, Placeholders placeholders, string source)
{
    private readonly Dictionary<string, TfValue[]> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Values that may still be computed or read, so that a small file cannot ask for more memory or time than there is.</summary>
    private long _left = 2 * ElementCount.Most;

    public GraphBuilder Builder { get; } = new();

    /// <summary>The value of an operation's output.</summary>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>, <see cref="Status.ModelInvalid"/></exception>
    public TfValue Value(TfPort port)
    {
        Walk(port.Node);
        return Of(port);
    }

    /// <summary>Depth first without recursion, since graphs may be some thousand operations deep.</summary>
    private void Walk(string start)
    {
        var stack = new Stack<string>([start]);
        while (stack.TryPeek(out string? name))
        {
            if (_values.ContainsKey(name) || !graph.Nodes.TryGetValue(name, out FlatNode? node))
            {
                stack.Pop();
                continue;
            }
            if (_open.Add(name))
            {
                foreach (TfPort input in node.Inputs)
                {
                    if (!_values.ContainsKey(input.Node) && !_open.Contains(input.Node))
                        stack.Push(input.Node);
                }
                continue;
            }
            stack.Pop();
            _values[name] = Evaluated(node);
        }
    }

    private TfValue Of(TfPort port)
    {
        if (!_values.TryGetValue(port.Node, out TfValue[]? outputs))
        {
            return new MissingValue(graph.Nodes.ContainsKey(port.Node)
                ? new BioDLException(Status.ModelUnsupported, $"The graph in {source} has a loop through \"{port.Node}\".",
                    "Export the network without loops.")
                : Invalid($"it uses \"{port.Node}\", which is not there"));
        }
        if (outputs is [MissingValue or DeadValue])
            return outputs[0];
        if (port.Index < outputs.Length)
            return outputs[port.Index];
        string operation = graph.Nodes[port.Node].Operation;
        return new MissingValue(new BioDLException(Status.ModelUnsupported,
            $"Output {port.Index} of the TensorFlow operation {operation} (\"{port.Node}\") in {source} cannot be imported.",
            OperationTable.Hint));
    }

    private TfValue[] Evaluated(FlatNode node)
    {
        TfValue[] inputs = [.. node.Inputs.Select(Of)];
        if (!OperationTable.Chooses(node.Operation))
        {
            if (Array.Find(inputs, input => input is DeadValue) is { } dead)
                return [dead];
            if (Array.Find(inputs, input => input is MissingValue) is { } missing)
                return [missing];
        }
        // Ends the import: an error of this operation alone would let the next one work as much again.
        if (_left < 0)
            throw new WireFormatException("its constants take more work than any network's weights");
        try
        {
            TfValue[] outputs = Made(node, inputs);
            if (placeholders.HasFreed && FixedSize.IsAskedBy(node.Operation, inputs, outputs))
                throw new FixedSizeException($"{node.Operation} \"{node.Name}\"");
            // What only hands its inputs on costs nothing.
            if (outputs.Length > 0 && !outputs.All(inputs.Contains))
                _left -= outputs.Length + outputs.Sum(Cost) + inputs.Sum(Cost);
            return outputs;
        }
        catch (BioDLException error) when (error.Status == Status.ModelUnsupported)
        {
            _left -= inputs.Sum(Cost);
            return [new MissingValue(error)];
        }
        catch (WireFormatException error)
        {
            _left -= inputs.Sum(Cost);
            return [new MissingValue(Invalid($"{node.Operation} \"{node.Name}\" cannot be: {error.Message}", error))];
        }
    }

    /// <summary>How many numbers a value has; a size counts as six, which is the memory that it takes.</summary>
    private static long Cost(TfValue value) => value switch
    {
        ConstantValue constant => constant.Values.Items.LongLength,
        SizeValue sizes => 6 * sizes.Values.Items.LongLength,
        _ => 1,
    };

    private TfValue[] Made(FlatNode node, TfValue[] inputs)
    {
        switch (node.Operation)
        {
            case "Placeholder":
                return [placeholders.Value(node.Node, Builder)];
            case "VariableV2" or "Variable":
                return [variables.Value(node.Node)];
            case "VarHandleOp":
                return [new VariableHandle(node.Name)];
            case "ReadVariableOp" when inputs is [VariableHandle handle]:
                return [variables.Value(graph.Nodes[handle.Node].Node)];
        }
        if (OperationTable.Find(node.Operation) is not { } handler)
        {
            throw new BioDLException(Status.ModelUnsupported,
                $"The TensorFlow operation {node.Operation} (\"{node.Name}\") in {source} cannot be imported.",
                OperationTable.Hint);
        }
        return handler(new Operation(node.Node, inputs, Builder, source));
    }

    private BioDLException Invalid(string why, Exception? cause = null) =>
        new(Status.ModelInvalid, $"The graph in {source} is damaged: {why}.", "Download or export the model again.", cause);
}
