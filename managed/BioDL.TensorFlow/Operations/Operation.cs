using BioDL.Core;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>One operation of TensorFlow's graph with the values that go in.</summary>
/// <param name="Node">name, kind and attributes</param>
/// <param name="Inputs">none of them is missing or dead, except for operations that choose between them</param>
/// <param name="Builder">the network that is being made</param>
/// <param name="Source">the model, for messages</param>
internal sealed record Operation(TfNode Node, TfValue[] Inputs, GraphBuilder Builder, string Source)
{
    public string Name => Node.Name;

    /// <summary>An input that must depend on the network's input.</summary>
    public FeatureValue Feature(int index) => Input(index) is FeatureValue feature ? feature
        : throw Unsupported($"its input {index} is no tensor that depends on the network's input");

    /// <summary>Weights and the like.</summary>
    public ConstantValue Constant(int index) => AsConstant(Input(index))
        ?? throw Unsupported($"its input {index} depends on the network's input; only constants are supported there");

    /// <summary>Sizes, axes and the like.</summary>
    public SizeTerm[] Terms(int index) => AsSizes(Input(index))?.Values.Items
        ?? throw Unsupported($"its input {index} depends on the network's values; only sizes and constants are supported there");

    public long[] Numbers(int index) => [.. Terms(index).Select(term => term.Value
        ?? throw Unsupported($"its input {index} depends on the size of the image; only constants are supported there"))];

    /// <summary>One axis of a tensor, counted from the end where it is negative.</summary>
    public int Axis(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank ? (int)counted : throw new WireFormatException($"axis {axis} of a tensor with {rank} axes");
    }

    public TfValue Input(int index) => index < Inputs.Length ? Inputs[index]
        : throw new WireFormatException($"it has {Inputs.Length} inputs");

    /// <summary>Null for what is not known before the network runs.</summary>
    public static ConstantValue? AsConstant(TfValue value) => value switch
    {
        ConstantValue constant => constant,
        SizeValue { IsNumbers: true } sizes => new ConstantValue(sizes.Values.Map(term => (float)term.Offset)),
        _ => null,
    };

    /// <summary>Null for tensors too large to be sizes.</summary>
    public static SizeValue? AsSizes(TfValue value) => value switch
    {
        SizeValue sizes => sizes,
        ConstantValue { Values.Items.Length: <= SizeValue.Most } constant =>
            new SizeValue(constant.Values.Map(number => SizeTerm.Number(number)), Whole: false),
        _ => null,
    };

    /// <summary>A tensor made by an operation of this one's name.</summary>
    public FeatureValue Emit(string operation, FeatureValue like, string[] inputs, params (string Name, object Value)[] attributes) =>
        like with { Name = Builder.Add(operation, Name, inputs, attributes) };

    public BioDLException Unsupported(string why) => new(Status.ModelUnsupported,
        $"The TensorFlow operation {Node.Operation} (\"{Name}\") in {Source} cannot be imported: {why}.", OperationTable.Hint);
}
