using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Operations on two values, with NumPy's broadcasting: of constants, of sizes, and of tensors that depend on the input.</summary>
internal static class ArithmeticOperations
{
    /// <param name="Onnx">the operator for tensors; empty where there is none</param>
    /// <param name="Numbers">for constants, with the exactness of float64</param>
    /// <param name="Sizes">for sizes that depend on the input's; null where it cannot be said</param>
    private sealed record Rule(string Onnx, Func<double, double, double> Numbers, Func<SizeTerm, SizeTerm, SizeTerm?>? Sizes = null);

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["Add"] = new("Add", (a, b) => a + b, (a, b) => a.Plus(b)),
        ["AddV2"] = new("Add", (a, b) => a + b, (a, b) => a.Plus(b)),
        ["Sub"] = new("Sub", (a, b) => a - b, (a, b) => a.Minus(b)),
        ["Mul"] = new("Mul", (a, b) => a * b, (a, b) => a.Times(b)),
        ["RealDiv"] = new("Div", (a, b) => a / b, (a, b) => b.IsNumber && b.Offset != 0 ? a.Times(1 / b.Offset) : null),
        ["Div"] = new("Div", (a, b) => a / b, (a, b) => b.IsNumber && b.Offset != 0 ? a.Times(1 / b.Offset) : null),
        ["FloorDiv"] = new("", (a, b) => Math.Floor(a / b), (a, b) => a.FloorOver(b)),
        ["TruncateDiv"] = new("", (a, b) => Math.Truncate(a / b), (a, b) => a.FloorOver(b)),
        ["FloorMod"] = new("", (a, b) => a - Math.Floor(a / b) * b, (a, b) => a.Modulo(b)),
        ["Mod"] = new("", (a, b) => a % b, (a, b) => a.Modulo(b)),
        ["Maximum"] = new("Max", Math.Max, (a, b) => a == b ? a : null),
        ["Minimum"] = new("Min", Math.Min, (a, b) => a == b ? a : null),
        ["Pow"] = new("Pow", Math.Pow),
        ["SquaredDifference"] = new("", (a, b) => (a - b) * (a - b)),
        ["Equal"] = new("", (a, b) => a == b ? 1 : 0, (a, b) => a == b ? SizeTerm.Number(1) : null),
        ["NotEqual"] = new("", (a, b) => a != b ? 1 : 0, (a, b) => a == b ? SizeTerm.Number(0) : null),
        ["Less"] = new("", (a, b) => a < b ? 1 : 0),
        ["LessEqual"] = new("", (a, b) => a <= b ? 1 : 0),
        ["Greater"] = new("", (a, b) => a > b ? 1 : 0),
        ["GreaterEqual"] = new("", (a, b) => a >= b ? 1 : 0),
        ["LogicalAnd"] = new("", (a, b) => a != 0 && b != 0 ? 1 : 0),
        ["LogicalOr"] = new("", (a, b) => a != 0 || b != 0 ? 1 : 0),
    };

    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        foreach ((string name, Rule rule) in Rules)
            handlers[name] = operation => [Combined(operation, rule, operation.Input(0), operation.Input(1))];
        handlers["BiasAdd"] = operation => [Bias(operation)];
        handlers["BiasAddV1"] = handlers["BiasAdd"];
        handlers["AddN"] = operation => [operation.Inputs.Aggregate((sum, next) => Combined(operation, Rules["Add"], sum, next))];
        handlers["SquaredDifference"] = operation => [SquaredDifference(operation)];
    }

    private static TfValue Combined(Operation operation, Rule rule, TfValue a, TfValue b) => (a, b) switch
    {
        (FeatureValue or SpacedValue, _) or (_, FeatureValue or SpacedValue) => OfFeatures(operation, rule.Onnx, a, b),
        (SizeValue x, SizeValue y) => OfSizes(operation, rule, x, y),
        (SizeValue { IsNumbers: false } x, _) when Operation.AsSizes(b) is { } y => OfSizes(operation, rule, x, y),
        (_, SizeValue { IsNumbers: false } y) when Operation.AsSizes(a) is { } x => OfSizes(operation, rule, x, y),
        _ when Operation.AsConstant(a) is { } x && Operation.AsConstant(b) is { } y => OfConstants(rule, x.Values, y.Values),
        _ => throw operation.Unsupported("it takes something that is no number"),
    };

    private static ConstantValue OfConstants(Rule rule, NdArray<float> a, NdArray<float> b)
    {
        long[] shape = NdArray<float>.Joined(a.Shape, b.Shape);
        float[] x = a.BroadcastTo(shape).Items, y = b.BroadcastTo(shape).Items, items = new float[x.Length];
        for (int i = 0; i < items.Length; i++)
            items[i] = (float)rule.Numbers(x[i], y[i]);
        return new ConstantValue(new NdArray<float>(shape, items));
    }

    private static SizeValue OfSizes(Operation operation, Rule rule, SizeValue a, SizeValue b)
    {
        long[] shape = NdArray<SizeTerm>.Joined(a.Values.Shape, b.Values.Shape);
        SizeTerm[] x = a.Values.BroadcastTo(shape).Items, y = b.Values.BroadcastTo(shape).Items;
        bool whole = a.Whole && b.Whole, truncates = whole && operation.Node.Operation == "Div";
        var items = new SizeTerm[x.Length];
        for (int i = 0; i < items.Length; i++)
        {
            SizeTerm? term = x[i].IsNumber && y[i].IsNumber ? SizeTerm.Number(rule.Numbers(x[i].Offset, y[i].Offset))
                : rule.Sizes?.Invoke(x[i], y[i]);
            items[i] = term is not { } known
                ? throw operation.Unsupported("its result depends on the size of the image in a way that cannot be followed")
                : truncates ? known.Floor() : known;
        }
        return new SizeValue(new NdArray<SizeTerm>(shape, items), whole);
    }

    private static FeatureValue OfFeatures(Operation operation, string onnx, TfValue a, TfValue b)
    {
        if (onnx.Length == 0)
            throw operation.Unsupported("it is supported for constants and sizes only");
        if (a is FeatureValue x && b is FeatureValue y)
            return LeakyRelu.Recognized(operation, onnx, x, y) ?? Broadcast.OfFeatures(operation, onnx, x, y);
        return a is FeatureValue left ? Broadcast.WithConstant(operation, onnx, left, operation.Constant(1).Values, featureFirst: true)
            : Broadcast.WithConstant(operation, onnx, operation.Feature(1), operation.Constant(0).Values, featureFirst: false);
    }

    /// <summary>A number for each channel; which axis that is the data format says.</summary>
    private static TfValue Bias(Operation operation)
    {
        NdArray<float> bias = operation.Constant(1).Values;
        if (Operation.AsConstant(operation.Input(0)) is { } constant)
            return OfConstants(Rules["Add"], constant.Values, bias);
        FeatureValue value = operation.Feature(0);
        int axis = operation.Node.Text("data_format") is "NCHW" or "NCDHW" ? 1 : value.Rank - 1;
        long[] shape = new long[value.Rank];
        Array.Fill(shape, 1);
        shape[axis] = bias.Items.Length;
        return Broadcast.WithConstant(operation, "Add", value, bias.Reshape(shape), featureFirst: true);
    }

    private static TfValue SquaredDifference(Operation operation)
    {
        if (operation.Input(0) is not FeatureValue && operation.Input(1) is not FeatureValue)
            return Combined(operation, Rules["SquaredDifference"], operation.Input(0), operation.Input(1));
        FeatureValue difference = OfFeatures(operation, "Sub", operation.Input(0), operation.Input(1));
        return operation.Emit("Mul", difference, [difference.Name, difference.Name]);
    }
}
