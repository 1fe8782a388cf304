using BioDL.Core.Runs;
using BioDL.Core.Tensors;

namespace BioDL.Torch;

/// <summary>Runs of a network on noise.</summary>
/// <param name="measure">one run of the network: inputs, outputs</param>
/// <param name="memory">where its inputs lie; null: in memory of this process</param>
/// <param name="inputs">as described</param>
internal sealed class ProbeRuns(Func<Tensor[], TorchOutputs> measure, ITensorMemory? memory, IReadOnlyList<InputTensor> inputs)
{
    public IReadOnlyList<InputTensor> Inputs => inputs;

    public bool Has(char axis) => inputs[0].Axes.Contains(axis);

    /// <summary>What the first input, which all others have to meet, may have along an axis.</summary>
    public AxisSizes Sizes(char axis) => inputs[0].Along(axis);

    /// <summary>The smallest size of an axis that is at least so large; the only one where there is but one.</summary>
    public int Allowed(char axis, int least)
    {
        AxisSizes sizes = Sizes(axis);
        return sizes.Step == 0 || least <= sizes.Min ? sizes.Min
            : sizes.Min + (least - sizes.Min + sizes.Step - 1) / sizes.Step * sizes.Step;
    }

    /// <summary>The same noise for each size; along one axis one line of it may be another.</summary>
    public TorchOutputs Run(IReadOnlyDictionary<char, int> sizes, char axis = ' ', int line = 0) =>
        Run(sizes, (tensor, dimension, seed) => Changed(tensor, dimension, line, seed), axis);

    /// <summary>A window over noise of another length along one axis; where the noise does not reach there are zeros.</summary>
    /// <param name="sizes">of the window</param>
    /// <param name="axis">along which it may be moved</param>
    /// <param name="length">of the noise</param>
    /// <param name="start">of the window in the noise; negative: the noise begins inside the window</param>
    public TorchOutputs Window(IReadOnlyDictionary<char, int> sizes, char axis, int length, int start) =>
        Run(sizes, (tensor, dimension, seed) => Moved(tensor, dimension, length, start, seed), axis);

    private TorchOutputs Run(IReadOnlyDictionary<char, int> sizes, Action<Tensor, int, int> fill, char axis)
    {
        Tensor[] tensors = [.. inputs.Select(_ => new Tensor(memory))];
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                string axes = inputs[i].Axes;
                tensors[i].Reshape([.. axes.Select(letter => letter switch { 'b' => 1L, 'c' => inputs[i].Channels, _ => sizes[letter] })]);
                fill(tensors[i], axes.IndexOf(axis), i);
            }
            return measure(tensors);
        }
        finally
        {
            foreach (Tensor tensor in tensors)
                tensor.Dispose();
        }
    }

    private static unsafe void Changed(Tensor tensor, int dimension, int line, int seed)
    {
        var random = new Random(seed + 1);
        long stride = dimension < 0 ? 1 : Stride(tensor, dimension);
        for (long i = 0; i < tensor.Count; i++)
        {
            float noise = Noise(random);
            bool changed = dimension >= 0 && i / stride % tensor.Shape[dimension] == line;
            tensor.Data[i] = changed ? (noise < 0 ? 4 + noise : noise - 4) : noise;
        }
    }

    private static unsafe void Moved(Tensor tensor, int dimension, int length, int start, int seed)
    {
        var random = new Random(seed + 1);
        long stride = Stride(tensor, dimension), size = tensor.Shape[dimension];
        new Span<float>(tensor.Data, checked((int)tensor.Count)).Clear();
        for (long i = 0; i < tensor.Count / size * length; i++)
        {
            float noise = Noise(random);
            if (i / stride % length - start is >= 0 and var place && place < size)
                tensor.Data[(i / (stride * length) * size + place) * stride + i % stride] = noise;
        }
    }

    private static float Noise(Random random) => (float)(random.NextDouble() * 4 - 2);

    private static long Stride(Tensor tensor, int dimension) =>
        tensor.Shape[(dimension + 1)..].Aggregate(1L, (product, size) => product * size);
}
