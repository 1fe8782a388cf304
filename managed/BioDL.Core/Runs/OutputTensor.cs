using BioDL.Core.Steps;

namespace BioDL.Core.Runs;

/// <summary>What the values of an output are.</summary>
public enum OutputKind
{
    /// <summary>Intensities, to be looked at.</summary>
    Image = 0,

    /// <summary>Whole numbers that name objects or classes.</summary>
    Labels = 1,

    /// <summary>0 or 1.</summary>
    Mask = 2,

    /// <summary>Probabilities, distances and other measures.</summary>
    Values = 3,
}

/// <summary>
/// The size of an output's axis: the input's size along it * <paramref name="Scale"/> + <paramref name="Offset"/>, whole.
/// </summary>
/// <param name="Scale">0 for a size that does not follow the input: it is <paramref name="Offset"/></param>
/// <param name="Offset">in values of the output; half of it lies on each side, so that -2 cuts one value at the start and one at the
/// end</param>
public readonly record struct AxisLink(double Scale, int Offset)
{
    public static AxisLink Same => new(1, 0);
}

/// <summary>What a network gives in one of its outputs, whichever file described it.</summary>
public sealed record OutputTensor
{
    private readonly string? _arrayAxes;

    /// <summary>The tensor's name in the network.</summary>
    public required string Name { get; init; }

    /// <summary>What its description calls it; the name where it does not say.</summary>
    public string Id { get; init; } = "";

    /// <summary>As <see cref="InputTensor.Axes"/>. An output without y and x is a table of values, such as "bc".</summary>
    public required string Axes { get; init; }

    /// <summary>As <see cref="InputTensor.ArrayAxes"/>.</summary>
    public string ArrayAxes
    {
        get => _arrayAxes ?? Axes;
        init => _arrayAxes = value;
    }

    /// <summary>1 where <see cref="Axes"/> has no c.</summary>
    public required int Channels { get; init; }

    /// <summary>NumPy's name of the type of the network's own tensor; its values come as float32.</summary>
    public string ElementType { get; init; } = "float32";

    /// <summary>The <see cref="InputTensor.Name"/> that its sizes follow.</summary>
    public required string Reference { get; init; }
    public AxisLink Z { get; init; } = AxisLink.Same;
    public AxisLink Y { get; init; } = AxisLink.Same;
    public AxisLink X { get; init; } = AxisLink.Same;

    /// <param name="axis">z, y or x</param>
    public AxisLink Along(char axis) => axis switch { 'z' => Z, 'y' => Y, _ => X };

    /// <summary>Values at each side that the description says to cut off where a neighbouring tile begins; 0: it says nothing.</summary>
    public Extent Halo { get; init; }

    /// <summary>From what the network gives to what the caller gets, in this order.</summary>
    public IReadOnlyList<PixelOperation> Postprocessing { get; init; } = [];

    public OutputKind Kind { get; init; }

    /// <summary>
    /// NumPy's name of the type that the description gives, such as "float32" or "uint8"; for hosts that choose a type to show.
    /// </summary>
    public string DataType { get; init; } = "float32";

    /// <summary>As many as <see cref="Channels"/>, or none.</summary>
    public IReadOnlyList<string> ChannelNames { get; init; } = [];

    /// <summary>
    /// How many of the last channels are the spread (CARE's probabilistic scale) of as many channels before them: they are scaled back by
    /// the
    /// gain alone, without the offset.
    /// </summary>
    public int SpreadChannels { get; init; }

    /// <summary>All of it is the spread of another output's values, channel by channel.</summary>
    public bool IsSpread => SpreadChannels > 0 && SpreadChannels == Channels;

    /// <summary>
    /// The values are intensities as the network saw them in its input, so that undoing the input's normalisation gives them back in the
    /// image's
    /// own unit: CARE, Noise2Void and their kin. False where postprocessing does that itself, or where the output is no restored input.
    /// </summary>
    public bool RestoresInput { get; init; }
}
