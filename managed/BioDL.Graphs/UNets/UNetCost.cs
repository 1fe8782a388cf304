using BioDL.Core.Training;

namespace BioDL.Graphs.UNets;

/// <summary>What one step of a training costs: forward, backward and the change of the weights, in float32.</summary>
/// <param name="Flops">a multiplication and an addition counting as two; the backward pass is twice the forward one</param>
/// <param name="TensorBytes">of what the forward pass keeps for the backward one, and of gradients at the worst moment; grows with the
/// batch</param>
/// <param name="WeightBytes">of weights, their gradients, AdamW's two moments, averaged weights and the best ones</param>
/// <param name="Weights">numbers that are trained</param>
public sealed record UNetCost(double Flops, long TensorBytes, long WeightBytes, long Weights)
{
    /// <summary>What the worker takes before its first step: libtorch, .NET, buffers of its convolutions.</summary>
    public const long BaseBytes = 200L << 20;

    /// <summary>Copies of the weights that a training keeps.</summary>
    private const int WeightCopies = 6;

    /// <summary>Of tensors in 3D: libtorch's kernels there make copies of what they are given.</summary>
    private const double CopiesIn3D = 1.5;

    /// <summary>
    /// All that a worker takes. Over eleven networks of one to three million weights in 2D and 3D the peak of a process was 0.83 to 1.08 of
    /// it.
    /// </summary>
    public long Bytes => BaseBytes + TensorBytes + WeightBytes;

    /// <summary>Of a training on patches.</summary>
    /// <param name="net">any member of the family</param>
    /// <param name="size">of a patch, along each spatial axis, outermost first; multiples of <see cref="UNetTopology.Divisor"/></param>
    /// <param name="batch">patches a step</param>
    public static UNetCost Of(UNet net, IReadOnlyList<int> size, int batch)
    {
        var counter = new Counter();
        double values = size.Aggregate((double)batch, (product, side) => product * side);
        UNetTopology.Build(net, new Share(net.Channels, values), counter);
        long weights = UNetParameters.Of(net).Where(parameter => parameter.IsTrained).Sum(parameter => (long)parameter.Count);
        double tensors = (counter.KeptBytes + 3 * counter.LargestBytes) * (net.Dimensions == 3 ? CopiesIn3D : 1);
        return new UNetCost(3 * counter.Flops, (long)tensors, WeightCopies * sizeof(float) * weights, weights);
    }

    /// <param name="Channels">of a tensor</param>
    /// <param name="Values">in one of them, over the whole batch</param>
    private readonly record struct Share(int Channels, double Values)
    {
        public double Bytes => sizeof(float) * Channels * Values;
    }

    private sealed class Counter : IUNetMaker<Share>
    {
        public double Flops { get; private set; }
        public double KeptBytes { get; private set; }
        public double LargestBytes { get; private set; }

        public Share Convolve(Share input, UNetBlock block)
        {
            Flops += 2 * block.Kernel.Aggregate(input.Values, (product, side) => product * side) * block.Inputs * block.Outputs;
            var output = new Share(block.Outputs, input.Values);
            // A norm keeps what it was given, and its backward pass makes another; activations work in place.
            return Keep(output, (block.Norm == UNetNorm.None ? 1 : 3) * output.Bytes);
        }

        public Share Pool(Share input, IReadOnlyList<int> factors, bool blurs, int channels)
        {
            var output = new Share(channels, input.Values / factors.Aggregate(1, (product, factor) => product * factor));
            // Beside each maximum, its place as a 64-bit number; before a blur, maxima of every pixel, grown by a border twice.
            return Keep(output, blurs ? output.Bytes + 5 * input.Bytes : 3 * output.Bytes);
        }

        public Share Enlarge(Share input, IReadOnlyList<int> factors) =>
            input with { Values = factors.Aggregate(input.Values, (product, factor) => product * factor) };

        public Share Join(Share first, Share second)
        {
            var output = new Share(first.Channels + second.Channels, first.Values);
            return Keep(output, output.Bytes);
        }

        public Share AddInput(Share head, Share input, int headChannels, int inputChannels) => head;

        private Share Keep(Share output, double bytes)
        {
            KeptBytes += bytes;
            LargestBytes = Math.Max(LargestBytes, output.Bytes);
            return output;
        }
    }
}
