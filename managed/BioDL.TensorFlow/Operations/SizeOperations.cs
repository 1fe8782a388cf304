using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Operations that ask for sizes, or make tensors of a size.</summary>
internal static class SizeOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["Shape"] = operation => [SizeValue.List(Sizes(operation, operation.Input(0)))];
        handlers["ShapeN"] = operation => [.. operation.Inputs.Select(input => SizeValue.List(Sizes(operation, input)))];
        handlers["Size"] = operation => [SizeValue.Scalar(Product(operation, Sizes(operation, operation.Input(0))))];
        handlers["Rank"] = operation => [SizeValue.Scalar(SizeTerm.Number(Sizes(operation, operation.Input(0)).Length))];
        handlers["Fill"] = operation => [Fill(operation, operation.Numbers(0), operation.Input(1))];
        handlers["ZerosLike"] = operation => [Like(operation, 0)];
        handlers["OnesLike"] = operation => [Like(operation, 1)];
        handlers["Range"] = operation => [Range(operation)];
    }

    public static SizeTerm[] Sizes(Operation operation, TfValue value) => value switch
    {
        FeatureValue feature => feature.Sizes,
        ConstantValue constant => Array.ConvertAll(constant.Values.Shape, size => SizeTerm.Number(size)),
        SizeValue sizes => Array.ConvertAll(sizes.Values.Shape, size => SizeTerm.Number(size)),
        _ => throw operation.Unsupported("it asks for the size of something that has none"),
    };

    public static SizeTerm Product(Operation operation, IEnumerable<SizeTerm> terms)
    {
        SizeTerm product = SizeTerm.Number(1);
        foreach (SizeTerm term in terms)
            product = product.Times(term) ?? throw operation.Unsupported("it multiplies sizes of the image with each other");
        return product;
    }

    private static TfValue Fill(Operation operation, long[] shape, TfValue value)
    {
        return value switch
        {
            ConstantValue { Values.Items.Length: 1 } number =>
                new ConstantValue(NdArray<float>.Scalar(number.Values.Items[0]).BroadcastTo(shape)),
            SizeValue { Values.Items.Length: 1 } term when ElementCount.Of(shape) <= SizeValue.Most =>
                term with { Values = NdArray<SizeTerm>.Scalar(term.Values.Items[0]).BroadcastTo(shape) },
            _ => throw operation.Unsupported("it fills a tensor with something that is no number"),
        };
    }

    private static TfValue Like(Operation operation, double number) => operation.Input(0) switch
    {
        ConstantValue constant => new ConstantValue(constant.Values.Map(_ => (float)number)),
        SizeValue sizes => sizes with { Values = sizes.Values.Map(_ => SizeTerm.Number(number)) },
        _ => throw operation.Unsupported("it is supported for constants only"),
    };

    private static SizeValue Range(Operation operation)
    {
        double[] numbers = [.. Enumerable.Range(0, 3).Select(i => operation.Terms(i) is [{ IsNumber: true } term] ? term.Offset
            : throw operation.Unsupported("its limits depend on the size of the image"))];
        double count = Math.Max(0, Math.Ceiling((numbers[1] - numbers[0]) / numbers[2]));
        if (!(count <= SizeValue.Most))
            throw new WireFormatException($"a range of {count} values");
        return SizeValue.List(Enumerable.Range(0, (int)count).Select(i => SizeTerm.Number(numbers[0] + i * numbers[2])));
    }
}
