using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Training.Networks;

/// <summary>
/// What a network's steps are in libtorch. Each lets go of what it made on the way, and activations work in place, so that only what the
/// backward pass needs is kept.
/// </summary>
/// <param name="tensors">weights by name</param>
internal sealed class UNetTensorMaker(IReadOnlyDictionary<string, Tensor> tensors) : IUNetMaker<Tensor>
{
    /// <summary>How much of a batch's statistics enters the running ones.</summary>
    private const double Momentum = 0.1;

    private const double LeakySlope = 0.1;

    public bool Trains { get; set; }

    public Tensor Convolve(Tensor input, UNetBlock block)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = ChannelsInnermost(tensors[$"{block.Name}.weight"]), bias = tensors[$"{block.Name}.bias"];
        long[] padding = [.. block.Kernel.Select(size => size / 2L)];
        Tensor output = block.Kernel.Count == 2 ? nn.functional.conv2d(input, weight, bias, padding: padding)
            : nn.functional.conv3d(input, weight, bias, padding: padding);
        return Activate(Normalize(output, block), block.Activation).MoveToOuterDisposeScope();
    }

    public Tensor Pool(Tensor input, IReadOnlyList<int> factors, bool blurs, int channels)
    {
        long[] steps = [.. factors.Select(factor => (long)factor)];
        if (!blurs)
            return Largest(input, steps, steps);
        using DisposeScope scope = NewDisposeScope();
        // As UNetDraftMaker: the maximum of each value and its next neighbour, then the blur at every second one.
        Tensor grown = nn.functional.pad(input, Border(factors, after: true), PaddingModes.Constant, double.NegativeInfinity);
        Tensor largest = nn.functional.pad(Largest(grown, steps, [.. steps.Select(_ => 1L)]), Border(factors, after: false));
        (float[] kernel, int[] size) = UNetBlur.Kernel(factors);
        long[] sides = [.. size.Select(side => (long)side)];
        Tensor weight = tensor(kernel, [1, 1, .. sides]).to(input.dtype, input.device).expand([channels, 1, .. sides]);
        Tensor blurred = factors.Count == 2 ? nn.functional.conv2d(largest, weight, strides: steps, groups: channels)
            : nn.functional.conv3d(largest, weight, strides: steps, groups: channels);
        return blurred.MoveToOuterDisposeScope();
    }

    public Tensor Enlarge(Tensor input, IReadOnlyList<int> factors) =>
        nn.functional.interpolate(input, scale_factor: [.. factors.Select(factor => (double)factor)], mode: InterpolationMode.Nearest);

    public Tensor Join(Tensor first, Tensor second) => cat([first, second], 1);

    public Tensor AddInput(Tensor head, Tensor input, int headChannels, int inputChannels)
    {
        if (headChannels == inputChannels)
            return head + input;
        return cat([head.narrow(1, 0, inputChannels) + input, head.narrow(1, inputChannels, headChannels - inputChannels)], 1);
    }

    /// <summary>
    /// In another order of memory: libtorch then keeps all tensors of the network with their channels innermost, and a step takes an eighth
    /// less time. The weight itself stays as it is, for those who go through its memory.
    /// </summary>
    private static Tensor ChannelsInnermost(Tensor weight) => weight.movedim([1], [-1]).contiguous().movedim([-1], [1]);

    private static Tensor Largest(Tensor input, long[] size, long[] steps) => size.Length == 2
        ? nn.functional.max_pool2d(input, size, steps) : nn.functional.max_pool3d(input, size, steps);

    /// <summary>One value before or after each axis of factor 2, in libtorch's order: innermost first.</summary>
    private static long[] Border(IReadOnlyList<int> factors, bool after) =>
        [.. factors.Reverse().SelectMany(factor => after ? new[] { 0L, factor - 1L } : [factor - 1L, 0L])];

    private Tensor Normalize(Tensor input, UNetBlock block)
    {
        if (block.Norm == UNetNorm.None)
            return input;
        Tensor scale = tensors[$"{block.NormName}.weight"], shift = tensors[$"{block.NormName}.bias"];
        if (block.Norm == UNetNorm.Group)
            return nn.functional.group_norm(input, UNetParameters.Groups(block.Outputs), scale, shift, UNetParameters.Epsilon);
        Tensor mean = tensors[$"{block.NormName}.mean"], variance = tensors[$"{block.NormName}.variance"];
        return nn.functional.batch_norm(input, mean, variance, scale, shift, Trains, Momentum, UNetParameters.Epsilon);
    }

    private static Tensor Activate(Tensor input, Activation activation) => activation switch
    {
        Activation.None => input,
        Activation.Relu => input.relu_(),
        Activation.LeakyRelu => nn.functional.leaky_relu(input, LeakySlope, inplace: true),
        Activation.Tanh => input.tanh_(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
