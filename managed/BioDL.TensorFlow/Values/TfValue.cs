namespace BioDL.TensorFlow.Values;

/// <summary>What an output of an operation is, as far as the file alone can tell.</summary>
internal abstract record TfValue;

/// <summary>Real numbers that do not depend on the input.</summary>
internal sealed record ConstantValue(NdArray<float> Values) : TfValue;

/// <summary>Whole numbers, truth values, sizes, and reals made of them; small tensors.</summary>
/// <param name="Values">shape and values</param>
/// <param name="Whole">of an integer type, so that quotients are rounded</param>
internal sealed record SizeValue(NdArray<SizeTerm> Values, bool Whole) : TfValue
{
    /// <summary>More values than this are no sizes.</summary>
    public const int Most = 1 << 16;

    public static SizeValue Scalar(SizeTerm term, bool whole = true) => new(NdArray<SizeTerm>.Scalar(term), whole);

    public static SizeValue List(IEnumerable<SizeTerm> terms, bool whole = true) => new(NdArray<SizeTerm>.List([.. terms]), whole);

    public bool IsNumbers => Array.TrueForAll(Values.Items, term => term.IsNumber);
}

/// <summary>A tensor that depends on the input.</summary>
/// <param name="Name">the ONNX tensor</param>
/// <param name="Sizes">along the axes as TensorFlow has them</param>
/// <param name="Order">ONNX's axis i is TensorFlow's axis Order[i]: channels come first in ONNX and mostly last in TensorFlow</param>
internal sealed record FeatureValue(string Name, SizeTerm[] Sizes, int[] Order) : TfValue
{
    public int Rank => Sizes.Length;

    /// <summary>TensorFlow's tensor has its channels behind the batch, not last.</summary>
    public bool ChannelsFirst { get; init; }

    /// <summary>ONNX's axis for one of TensorFlow's.</summary>
    public int Stored(int axis) => Array.IndexOf(Order, axis);

    public SizeTerm StoredSize(int axis) => Sizes[Order[axis]];

    /// <summary>The size along ONNX's axis of channels.</summary>
    public SizeTerm Channels => Rank > 1 ? Sizes[Order[1]] : SizeTerm.Number(1);
}

/// <summary>A variable that has not been read yet.</summary>
/// <param name="Node">the operation that owns it</param>
internal sealed record VariableHandle(string Node) : TfValue;

/// <summary>The way of a condition that is not taken.</summary>
internal sealed record DeadValue : TfValue
{
    public static DeadValue Instance { get; } = new();
}

/// <summary>A value that cannot be had. It is an error only where an output of the network needs it.</summary>
internal sealed record MissingValue(Core.BioDLException Error) : TfValue;
