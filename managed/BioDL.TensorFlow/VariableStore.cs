using BioDL.Core;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;
using BioDL.TensorFlow.Variables;

namespace BioDL.TensorFlow;

/// <summary>The values of the graph's variables.</summary>
/// <param name="bundle">null for a frozen graph, which has none</param>
/// <param name="graph">knows which variable is called how</param>
/// <param name="source">for messages</param>
internal sealed class VariableStore(VariableBundle? bundle, FlatGraph graph, string source)
{
    private readonly VariableNames? _names = bundle is null ? null : new VariableNames(graph, bundle);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>How many variables were asked for.</summary>
    public int Used => _used.Count;

    /// <param name="variable">VariableV2, VarHandleOp or the like</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: missing or damaged, or not of the shape that the graph
    /// says.</exception>
    public TfValue Value(TfNode variable)
    {
        if (bundle is null || _names is null)
        {
            throw new BioDLException(Status.ModelInvalid,
                $"The graph in {source} has the variable \"{variable.Name}\", but no folder \"variables\" lies beside it.",
                "Give the whole SavedModel, or a frozen graph.");
        }
        string key = _names.Key(variable);
        TfValue value = bundle.Variable(key);
        long[] shape = value is ConstantValue constant ? constant.Values.Shape : ((SizeValue)value).Values.Shape;
        if (variable.Shape("shape") is { Length: > 0 } wanted && !Fits(wanted, shape))
        {
            throw new BioDLException(Status.ModelInvalid,
                $"The variable \"{variable.Name}\" of {source} has the shape ({string.Join(", ", shape)}), but the graph wants "
                    + $"({string.Join(", ", wanted)}).",
                "Download or export the model again: graph and variables are of different networks.");
        }
        _used.Add(key);
        return value;
    }

    private static bool Fits(long?[] wanted, long[] shape) =>
        wanted.Length == shape.Length && wanted.Zip(shape).All(pair => pair.First is null || pair.First == pair.Second);
}
