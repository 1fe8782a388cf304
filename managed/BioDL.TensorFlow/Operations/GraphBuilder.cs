using BioDL.Graphs;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Adds operations to the ONNX network and keeps track of who made which tensor.</summary>
internal sealed class GraphBuilder
{
    /// <summary>
    /// Input, scale, shift: value * scale + shift, either one number or one for each channel, which is ONNX's axis 1; and the attribute
    /// "rank".
    /// No operator of ONNX: <see cref="Fusion.AffineFolding"/> takes it into a convolution, <see cref="Fusion.AffineLowering"/> writes it
    /// as what ONNX has.
    /// </summary>
    public const string Affine = "(affine)";

    private const long MaximumConstants = 2 * ElementCount.Most;
    private long _constants;
    private readonly Dictionary<string, DraftNode> _producers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public OnnxDraft Draft { get; } = new();

    /// <summary>The operation that makes a tensor; null for inputs and constants.</summary>
    public DraftNode? Producer(string tensor) => _producers.GetValueOrDefault(tensor);

    /// <summary>A name that is not taken yet.</summary>
    public string Name(string wanted)
    {
        string name = wanted;
        for (int i = 1; !_names.Add(name); i++)
            name = $"{wanted}_{i}";
        return name;
    }

    public string Constant(string wanted, DraftConstant constant)
    {
        if ((_constants += constant.Values.LongLength) > MaximumConstants)
            throw new WireFormatException("its weights are used so often that the network would have more than 1 GB of them");
        string name = Name(wanted);
        Draft.Constants.Add(name, constant);
        return name;
    }

    public string Floats(string wanted, NdArray<float> block) => Constant(wanted, DraftConstant.Floats(block.Shape, block.Items));

    public string Integers(string wanted, params long[] values) => Constant(wanted, DraftConstant.Integers(values));

    /// <summary>Add an operation with one output.</summary>
    /// <returns>the output's name</returns>
    public string Add(string operation, string wanted, string[] inputs, params (string Name, object Value)[] attributes) =>
        AddMany(operation, [wanted], inputs, attributes)[0];

    public string[] AddMany(string operation, string[] wanted, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string[] outputs = [.. wanted.Select(Name)];
        var node = new DraftNode(operation, inputs, outputs)
        {
            Attributes = attributes.ToDictionary(pair => pair.Name, pair => pair.Value),
        };
        Draft.Nodes.Add(node);
        foreach (string output in outputs)
            _producers[output] = node;
        return outputs;
    }

    /// <summary>The same values with ONNX's axes in another order.</summary>
    public FeatureValue Ordered(FeatureValue value, int[] order)
    {
        if (value.Order.AsSpan().SequenceEqual(order))
            return value;
        long[] permutation = [.. order.Select(axis => (long)value.Stored(axis))];
        return value with { Name = Add("Transpose", value.Name + "/transposed", [value.Name], ("perm", permutation)), Order = order };
    }

    /// <summary>The same values with ONNX's axes in TensorFlow's order.</summary>
    public FeatureValue Plain(FeatureValue value) => Ordered(value, [.. Enumerable.Range(0, value.Rank)]);

    /// <summary>A list of int64 that ONNX computes when it runs, or a constant where all are known.</summary>
    public string Sizes(string wanted, IReadOnlyList<SizeTerm> terms)
    {
        if (terms.All(term => term.Value is not null))
            return Integers(wanted, [.. terms.Select(term => term.Value!.Value)]);
        return Add("Concat", wanted, [.. terms.Select((term, i) => Size($"{wanted}_{i}", term))], ("axis", 0L));
    }

    private string Size(string wanted, SizeTerm term)
    {
        if (term.Symbol is not { } symbol)
            return Integers(wanted, (long)term.Offset);
        string size = Symbol(wanted, symbol);
        if (term.Factor == 1 && term.Offset == 0)
            return size;
        if (term.Factor == Math.Floor(term.Factor) && term.Offset == Math.Floor(term.Offset))
            return Added(wanted, Multiplied(wanted, size, term.Factor), term.Offset);
        // What is left are quotients by a whole number: sizes are positive, so ONNX's division rounds them down.
        double divisor = Math.Round(1 / term.Factor), offset = term.Offset * divisor;
        if (Math.Abs(divisor * term.Factor - 1) > 1e-12 || Math.Abs(offset - Math.Round(offset)) > 1e-9)
            throw new WireFormatException($"a size is {term.Factor} times another");
        return Add("Div", wanted, [Added(wanted, size, Math.Round(offset)), Integers(wanted + "/divisor", (long)divisor)]);
    }

    private string Symbol(string wanted, SizeSymbol symbol)
    {
        if (symbol.Inner is not { } inner)
        {
            string shape = Add("Shape", wanted + "/shape", [symbol.Tensor]);
            return Add("Gather", wanted, [shape, Integers(wanted + "/axis", symbol.Axis)], ("axis", 0L));
        }
        if (symbol.Modulus != 0)
            return Add("Mod", wanted, [Size(wanted + "/of", inner), Integers(wanted + "/modulus", (long)symbol.Modulus)]);
        return Size(wanted, inner);
    }

    private string Multiplied(string wanted, string size, double factor) =>
        factor == 1 ? size : Add("Mul", wanted + "/times", [size, Integers(wanted + "/factor", (long)factor)]);

    private string Added(string wanted, string size, double offset) =>
        offset == 0 ? size : Add("Add", wanted + "/plus", [size, Integers(wanted + "/offset", (long)offset)]);
}
