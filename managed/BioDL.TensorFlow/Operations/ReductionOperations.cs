using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Sums, means and the like along axes.</summary>
internal static class ReductionOperations
{
    private sealed record Rule(string Onnx, double Start, Func<double, double, double> Step);

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["Mean"] = new("ReduceMean", 0, (a, b) => a + b),
        ["Sum"] = new("ReduceSum", 0, (a, b) => a + b),
        ["Prod"] = new("ReduceProd", 1, (a, b) => a * b),
        ["Max"] = new("ReduceMax", double.NegativeInfinity, Math.Max),
        ["Min"] = new("ReduceMin", double.PositiveInfinity, Math.Min),
        ["All"] = new("", 1, (a, b) => a != 0 && b != 0 ? 1 : 0),
        ["Any"] = new("", 0, (a, b) => a != 0 || b != 0 ? 1 : 0),
    };

    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        foreach ((string name, Rule rule) in Rules)
            handlers[name] = operation => [Reduced(operation, rule)];
    }

    private static TfValue Reduced(Operation operation, Rule rule)
    {
        int rank = SizeOperations.Sizes(operation, operation.Input(0)).Length;
        bool keeps = operation.Node.Flag("keep_dims") || operation.Node.Flag("keepdims");
        int[] axes = [.. operation.Numbers(1).Select(axis => operation.Axis(axis, rank)).Distinct().Order()];
        return operation.Input(0) switch
        {
            FeatureValue feature => OfFeature(operation, rule, feature, axes, keeps),
            SizeValue { IsNumbers: false } sizes when operation.Node.Operation == "Prod" && axes.Length == rank && !keeps =>
                SizeValue.Scalar(SizeOperations.Product(operation, sizes.Values.Items)),
            SizeValue { IsNumbers: true } numbers =>
                new SizeValue(OfConstant(operation, rule, numbers.Values.Map(term => term.Offset), axes, keeps)
                .Map(value => SizeTerm.Number(numbers.Whole ? Math.Floor(value) : value)), numbers.Whole),
            _ => new ConstantValue(OfConstant(operation, rule, operation.Constant(0).Values.Map(value => (double)value), axes,
                keeps).Map(value => (float)value)),
        };
    }

    private static NdArray<double> OfConstant(Operation operation, Rule rule, NdArray<double> block, int[] axes, bool keeps)
    {
        int[] kept = [.. Enumerable.Range(0, block.Rank).Except(axes)];
        long[] shape = [.. kept.Select(axis => block.Shape[axis])];
        long count = ElementCount.Of([.. axes.Select(axis => block.Shape[axis])]);
        double[] items = block.Transpose([.. kept, .. axes]).Items, reduced = new double[ElementCount.Of(shape)];
        for (int i = 0; i < reduced.Length; i++)
        {
            double value = rule.Start;
            for (long j = 0; j < count; j++)
                value = rule.Step(value, items[i * count + j]);
            reduced[i] = operation.Node.Operation == "Mean" ? value / count : value;
        }
        return new NdArray<double>(keeps ? [.. block.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)] : shape, reduced);
    }

    private static FeatureValue OfFeature(Operation operation, Rule rule, FeatureValue value, int[] axes, bool keeps)
    {
        if (rule.Onnx.Length == 0 || axes.Length == 0)
            throw operation.Unsupported("it is supported for constants only");
        long[] stored = [.. axes.Select(axis => (long)value.Stored(axis)).Order()];
        string name = operation.Name + (keeps ? "" : "/kept");
        // Of the reductions only ReduceSum takes its axes as an input in opset 17.
        string reduced = rule.Onnx == "ReduceSum"
            ? operation.Builder.Add(rule.Onnx, name, [value.Name, operation.Builder.Integers(operation.Name + "/along", stored)],
                ("keepdims", 1L))
            : operation.Builder.Add(rule.Onnx, name, [value.Name], ("axes", stored), ("keepdims", 1L));
        FeatureValue result = value with
        {
            Name = reduced,
            Sizes = [.. value.Sizes.Select((size, axis) => axes.Contains(axis) ? SizeTerm.Number(1) : size)],
        };
        return keeps ? result : ShapeOperations.Squeezed(operation, result, axes);
    }
}
