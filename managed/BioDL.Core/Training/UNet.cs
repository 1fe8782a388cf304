namespace BioDL.Core.Training;

/// <summary>What follows each convolution, before its activation.</summary>
public enum UNetNorm
{
    None = 0,

    /// <summary>Batch normalisation, in the ONNX file folded into the convolution before it.</summary>
    Batch = 1,

    /// <summary>Group normalisation with groups of 8 channels, or one group where there are fewer.</summary>
    Group = 2,
}

public enum Activation
{
    None = 0,
    Relu = 1,

    /// <summary>Slope 0.1 below zero.</summary>
    LeakyRelu = 2,
    Sigmoid = 3,
    Tanh = 4,

    /// <summary>Over the channels of a head.</summary>
    Softmax = 5,

    /// <summary>log(1 + exp(x)) + 1e-3: a scale that nothing can be divided by 0 with.</summary>
    Softplus = 6,
}

/// <summary>One output of a network: a convolution of size 1 on what the U-Net gives.</summary>
/// <param name="Name">of the tensor</param>
/// <param name="Channels">of it</param>
/// <param name="Activation">in the ONNX file; a loss takes the value before it</param>
public sealed record UNetHead(string Name, int Channels, Activation Activation = Activation.None)
{
    /// <summary>
    /// Channels of a convolution of its own on what the U-Net gives, in the place of <see cref="UNet.Features"/>, as StarDist's classes
    /// have; 0: it shares that of the others.
    /// </summary>
    public int Features { get; init; }
}

/// <summary>
/// A network of the family that the trainer trains. From this one description come the module that is trained, the ONNX file that runs, and
/// the table of weights between them, so what was trained is what runs.
/// </summary>
/// <remarks>
/// In order: for a grid above 1, <see cref="Convolutions"/> convolutions of <see cref="Filters"/> and a pooling for each halving; then
/// <see cref="Depth"/> levels down of <see cref="Convolutions"/> convolutions with Filters * 2^level channels and a pooling by 2, the
/// bottom, and the same levels up: nearest-neighbour enlargement by 2, the level's tensor joined behind it, convolutions. After
/// <see cref="Features"/> (a convolution with that many channels and the activation) come the heads. Depth 0 is a chain of convolutions.
/// Kernels are <see cref="Kernel"/> along every axis of <see cref="Dimensions"/>, padding is zeros. With <see cref="Narrow"/> it is the
/// U-Net of CSBDeep, StarDist, CARE and Noise2Void.
/// </remarks>
public sealed record UNet
{
    /// <summary>2: y, x. 3: z, y, x.</summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>Channels of the input.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Poolings inside the U-Net, 0 to 5.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Of the first level.</summary>
    public int Filters { get; init; } = 32;

    /// <summary>A level has at most this many.</summary>
    public int MostFilters { get; init; } = 512;

    /// <summary>At each level, down and up, and at the bottom.</summary>
    public int Convolutions { get; init; } = 2;

    /// <summary>Along every axis, of all convolutions but the heads': 1, 3, 5 or 7.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>
    /// The last convolution of the bottom and of each level up has the channels of the level above it: half the work at the enlargement.
    /// </summary>
    public bool Narrow { get; init; }

    public UNetNorm Norm { get; init; }

    /// <summary>Of every convolution but the heads'.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Input pixels from one output value to the next, per spatial axis, outermost first: powers of 2 up to 8.</summary>
    public IReadOnlyList<int> Grid { get; init; } = [1, 1];

    /// <summary>Pooling halves z too; 3D only.</summary>
    public bool PoolsZ { get; init; } = true;

    /// <summary>A fixed blur (1 2 1) follows the maximum of each pooling, as in Noise2Void 2.</summary>
    public bool BlurPool { get; init; }

    /// <summary>The uppermost level is joined as well; Noise2Void 2 leaves it out.</summary>
    public bool TopSkip { get; init; } = true;

    /// <summary>
    /// The input's channels are added to the first channels of the first head, before its activation: what is learned is the difference.
    /// </summary>
    public bool Residual { get; init; }

    /// <summary>Channels of a convolution before the heads; 0: none.</summary>
    public int Features { get; init; }

    public IReadOnlyList<UNetHead> Heads { get; init; } = [new UNetHead("output", 1)];
}
