using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Tensors;
using BioDL.Engines;

namespace BioDL.Torch;

/// <summary>
/// Measures what the graph of another network would tell: how far its outputs see, which sizes it takes, how its outputs' sizes follow, and
/// how much
/// memory a run takes. Noise goes in, whole lines of it are changed, and the furthest output value that changes with them is the reach.
/// </summary>
/// <remarks>
/// A measurement and no proof: what a network never does for noise is not seen, and effects below a millionth of an output's range are left
/// out.
/// Therefore a quarter and two pixels are added. Costs some twenty runs on small images.
/// </remarks>
public static class TorchProbe
{
    private const double Noticeable = 1e-6, Margin = 1.25;
    private const int ExtraPixels = 2, Smallest = 128, SmallestDeep = 24, Doublings = 2, LargestDivisor = 64;

    /// <param name="network">a loaded network</param>
    /// <param name="inputs">its inputs as described; sizes are chosen among those that they allow</param>
    /// <exception cref="NetworkException">The network does not run on images of the described sizes.</exception>
    /// <exception cref="BioDLException">
    /// <see cref="Status.ModelInvalid"/>: a run does not come to an end; <see cref="Status.OutOfMemory"/>: there is not enough memory for
    /// the smallest image
    /// </exception>
    public static MeasuredNetwork Measure(TorchNetwork network, IReadOnlyList<InputTensor> inputs)
    {
        try
        {
            return Measured(network, inputs);
        }
        catch (NetworkTimeException error)
        {
            throw new BioDLException(Status.ModelInvalid, $"The network cannot be run: {error.Message}",
                "Do not use this model, or ask its authors what it waits for.", error);
        }
    }

    private static MeasuredNetwork Measured(TorchNetwork network, IReadOnlyList<InputTensor> inputs)
    {
        Dictionary<char, int> smallest = "zyx".ToDictionary(axis => axis, axis => Allowed(Sizes(inputs, axis), Sizes(inputs, axis).Min));
        var sides = new OutputSides(First(network, inputs, smallest));
        var (reach, divisor) = (new int?[3], new int[] { 1, 1, 1 });
        for (int i = 0; i < 3; i++)
        {
            char axis = "zyx"[i];
            AxisSizes sizes = Sizes(inputs, axis);
            if (!inputs[0].Axes.Contains(axis) || sizes.Step == 0)
            {
                reach[i] = 0;
                continue;
            }
            sides.Follow(axis, smallest[axis], smallest[axis] + sizes.Step,
                Run(network, inputs, With(smallest, axis, smallest[axis] + sizes.Step)));
            divisor[i] = Divisor(network, inputs, smallest, axis, sides);
            reach[i] = Reach(network, inputs, smallest, axis, sides);
        }
        return new MeasuredNetwork
        {
            Reach = reach.All(known => known is not null) ? new Extent(reach[0]!.Value, reach[1]!.Value, reach[2]!.Value) : null,
            Divisor = new Extent(divisor[0], divisor[1], divisor[2]),
            BytesPerPixel = Bytes(network, inputs, smallest),
            Outputs = sides.Outputs(),
        };
    }

    private static TorchOutputs First(TorchNetwork network, IReadOnlyList<InputTensor> inputs, Dictionary<char, int> smallest)
    {
        try
        {
            return Run(network, inputs, smallest);
        }
        catch (NetworkMemoryException error)
        {
            string size = string.Join(" x ", inputs[0].Axes.Where(smallest.ContainsKey).Select(axis => smallest[axis]));
            throw new BioDLException(Status.OutOfMemory, $"The network cannot be run even on {size} pixels: {error.Message}",
                "Do not use this model, or use a machine with more memory.", error);
        }
    }

    private static AxisSizes Sizes(IReadOnlyList<InputTensor> inputs, char axis) =>
        axis switch { 'z' => inputs[0].Z, 'y' => inputs[0].Y, _ => inputs[0].X };

    /// <summary>The smallest size of an axis that is at least so large.</summary>
    private static int Allowed(AxisSizes sizes, int least) =>
        sizes.Step == 0 || least <= sizes.Min ? sizes.Min : sizes.Min + (least - sizes.Min + sizes.Step - 1) / sizes.Step * sizes.Step;

    private static Dictionary<char, int> With(Dictionary<char, int> sizes, char axis, int size) => new(sizes) { [axis] = size };

    private static int? Reach(TorchNetwork network, IReadOnlyList<InputTensor> inputs, Dictionary<char, int> smallest,
        char axis, OutputSides sides)
    {
        AxisSizes allowed = Sizes(inputs, axis);
        for (int doubling = 0; doubling <= Doublings; doubling++)
        {
            int size = Allowed(allowed, (axis == 'z' ? SmallestDeep : Smallest) << doubling);
            int step = Math.Min(allowed.Step, 16), middle = size / 2;
            double? worst = 0;
            TorchOutputs before = Run(network, inputs, With(smallest, axis, size));
            foreach (int line in new[] { middle, middle + 1, middle + step / 2, middle + step - 1, middle - step / 2 - 1 }.Distinct())
            {
                TorchOutputs after = Run(network, inputs, With(smallest, axis, size), axis, line);
                worst = worst is { } known && sides.Distance(axis, line, before, after, Noticeable) is { } distance
                    ? Math.Max(known, distance) : null;
            }
            if (worst is { } reach)
                return (int)Math.Ceiling(reach * Margin) + ExtraPixels;
        }
        return null;
    }

    private static int Divisor(TorchNetwork network, IReadOnlyList<InputTensor> inputs, Dictionary<char, int> smallest,
        char axis, OutputSides sides)
    {
        int start = (smallest[axis] + LargestDivisor - 1) / LargestDivisor * LargestDivisor;
        for (int divisor = 1; divisor < LargestDivisor; divisor *= 2)
        {
            try
            {
                if (sides.Fits(axis, start + divisor, Run(network, inputs, With(smallest, axis, start + divisor))))
                    return divisor;
            }
            catch (NetworkException error) when (error is not NetworkMemoryException)
            {
                continue; // that size does not fit its levels together
            }
        }
        return 1;
    }

    private static double Bytes(TorchNetwork network, IReadOnlyList<InputTensor> inputs, Dictionary<char, int> smallest)
    {
        bool deep = inputs[0].Axes.Contains('z');
        Dictionary<char, int> sizes = "zyx".ToDictionary(axis => axis,
            axis => Allowed(Sizes(inputs, axis), Math.Max(smallest[axis], axis == 'z' ? 16 : deep ? 64 : 256)));
        double pixels = "zyx".Where(inputs[0].Axes.Contains).Aggregate(1.0, (product, axis) => product * sizes[axis]);
        return Run(network, inputs, sizes).Peak / pixels + inputs.Sum(input => input.Channels) * (double)sizeof(float);
    }

    /// <summary>Run on noise, the same for each size; along one axis one line of it may be another.</summary>
    private static unsafe TorchOutputs Run(TorchNetwork network, IReadOnlyList<InputTensor> inputs, Dictionary<char, int> sizes,
        char axis = ' ', int line = 0)
    {
        Tensor[] tensors = [.. inputs.Select(_ => new Tensor(network.TensorMemory))];
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                string axes = inputs[i].Axes;
                tensors[i].Reshape([.. axes.Select(letter => letter switch { 'b' => 1L, 'c' => inputs[i].Channels, _ => sizes[letter] })]);
                Fill(tensors[i], axes.IndexOf(axis), line, i);
            }
            return network.Measure(tensors);
        }
        finally
        {
            foreach (Tensor tensor in tensors)
                tensor.Dispose();
        }
    }

    private static unsafe void Fill(Tensor tensor, int dimension, int line, int seed)
    {
        var random = new Random(seed + 1);
        long stride = 1;
        for (int i = dimension + 1; dimension >= 0 && i < tensor.Shape.Length; i++)
            stride *= tensor.Shape[i];
        for (long i = 0; i < tensor.Count; i++)
        {
            float noise = (float)(random.NextDouble() * 4 - 2);
            bool changed = dimension >= 0 && i / stride % tensor.Shape[dimension] == line;
            tensor.Data[i] = changed ? (noise < 0 ? 4 + noise : noise - 4) : noise;
        }
    }
}
