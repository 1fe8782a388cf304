using BioDL.Core.Steps;

namespace BioDL.Core.Runs;

/// <summary>Sizes that an axis may have: Min + n * Step; a Step of 0 is a fixed size.</summary>
public readonly record struct AxisSizes(int Min, int Step)
{
    /// <summary>What an axis has that the tensor has not.</summary>
    public static AxisSizes One => new(1, 0);
}

/// <summary>One number for each spatial axis.</summary>
public readonly record struct Extent(int Z, int Y, int X)
{
    /// <param name="axis">z, y or x</param>
    public int Along(char axis) => axis switch { 'z' => Z, 'y' => Y, _ => X };
}

/// <summary>What a network takes in one of its inputs, whichever file described it.</summary>
public sealed record InputTensor
{
    private readonly string? _arrayAxes;

    /// <summary>The tensor's name in the network.</summary>
    public required string Name { get; init; }

    /// <summary>What its description calls it; the name where it does not say.</summary>
    public string Id { get; init; } = "";

    /// <summary>
    /// One letter an axis, outermost first, out of b (batch), c (channel), z, y and x, each at most once: "bcyx", "bczyx", "byxc". The
    /// batch is 1.
    /// Time is no axis of a tensor here: frames are samples, one after the other.
    /// </summary>
    public required string Axes { get; init; }

    /// <summary>
    /// The same axes in the order of its description, which is that of its arrays in files; <see cref="Axes"/> where there is none.
    /// </summary>
    public string ArrayAxes
    {
        get => _arrayAxes ?? Axes;
        init => _arrayAxes = value;
    }

    /// <summary>1 where <see cref="Axes"/> has no c.</summary>
    public required int Channels { get; init; }

    /// <summary>
    /// NumPy's name of the type of the network's own tensor, such as "float32" or "uint8". Values come to it as float32 that fit into it.
    /// </summary>
    public string ElementType { get; init; } = "float32";

    /// <summary>Along z, y and x, in pixels; <see cref="AxisSizes.One"/> for an axis that it has not.</summary>
    public AxisSizes Z { get; init; } = AxisSizes.One;
    public AxisSizes Y { get; init; } = AxisSizes.One;
    public AxisSizes X { get; init; } = AxisSizes.One;

    /// <param name="axis">z, y or x</param>
    public AxisSizes Along(char axis) => axis switch { 'z' => Z, 'y' => Y, _ => X };

    /// <summary>From host pixels to what the network sees, in this order.</summary>
    public IReadOnlyList<PixelOperation> Preprocessing { get; init; } = [];

    /// <summary>As many as <see cref="Channels"/>, or none.</summary>
    public IReadOnlyList<string> ChannelNames { get; init; } = [];
}
