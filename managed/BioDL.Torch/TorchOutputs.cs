using BioDL.Engines;

namespace BioDL.Torch;

/// <summary>What one run of a measurement gave.</summary>
/// <param name="Shapes">of the tensors</param>
/// <param name="Values">of the tensors</param>
/// <param name="Peak">bytes that the run took at its worst moment, inputs not counted</param>
internal sealed record TorchOutputs(long[][] Shapes, float[][] Values, long Peak)
{
    public static unsafe TorchOutputs Of(IReadOnlyList<Core.Tensors.Tensor> outputs, long bytes)
    {
        float[][] values = [.. outputs.Select(output => new ReadOnlySpan<float>(output.Data, checked((int)output.Count)).ToArray())];
        // Pages are a coarse measure for a small run; the outputs themselves are known.
        return new TorchOutputs([.. outputs.Select(output => output.Shape)], values,
            Math.Max(bytes, outputs.Sum(output => output.Count * sizeof(float))));
    }
}

/// <summary>How the dimensions of each output follow the axes of the input, told by runs of two sizes along each.</summary>
internal sealed class OutputSides(TorchOutputs smallest)
{
    private readonly Dictionary<(int Output, char Axis), (int Dimension, double Scale, double Offset)> _sides = [];

    /// <summary>Compare with a run that differed in the size along one axis.</summary>
    public void Follow(char axis, int from, int to, TorchOutputs larger)
    {
        for (int output = 0; output < smallest.Shapes.Length; output++)
        {
            long[] small = smallest.Shapes[output], large = larger.Shapes[output];
            int[] grown = [.. Enumerable.Range(0, Math.Min(small.Length, large.Length)).Where(i => small[i] != large[i])];
            if (grown.Length != 1 || small.Length != large.Length)
                continue;
            double scale = (large[grown[0]] - small[grown[0]]) / (double)(to - from);
            _sides[(output, axis)] = (grown[0], scale, small[grown[0]] - scale * from);
        }
    }

    /// <summary>Outputs of an input of that size have the sizes that they should.</summary>
    public bool Fits(char axis, int size, TorchOutputs outputs) => Enumerable.Range(0, outputs.Shapes.Length).All(output =>
        !_sides.TryGetValue((output, axis), out var side)
        || Math.Abs(outputs.Shapes[output][side.Dimension] - (side.Scale * size + side.Offset)) < 1e-6);

    /// <summary>
    /// How far from a line of the input that changed the outputs changed with it, in pixels; null when the change came up to an edge, so
    /// that it might
    /// go further.
    /// </summary>
    public double? Distance(char axis, int line, TorchOutputs before, TorchOutputs after, double noticeable)
    {
        double worst = 0;
        for (int output = 0; output < before.Values.Length; output++)
        {
            var (a, b) = (before.Values[output], after.Values[output]);
            if (!_sides.TryGetValue((output, axis), out var side) || side.Scale <= 0)
                return null; // a table of values: it sees everything
            double least = noticeable * a.Max(value => Math.Abs((double)value)), pitch = 1 / side.Scale, start = -side.Offset / 2 * pitch;
            long[] shape = before.Shapes[output];
            long stride = shape[(side.Dimension + 1)..].Aggregate(1L, (product, size) => product * size), size = shape[side.Dimension];
            for (int i = 0; i < a.Length; i++)
            {
                if (Math.Abs((double)a[i] - b[i]) <= least)
                    continue;
                long index = i / stride % size;
                if (index == 0 || index == size - 1)
                    return null;
                double at = start + index * pitch;
                worst = Math.Max(worst, Math.Max(at - line, line - (at + pitch - 1)));
            }
        }
        return worst;
    }

    public IReadOnlyList<MeasuredOutput> Outputs() => [.. Enumerable.Range(0, smallest.Shapes.Length).Select(output =>
    {
        long[] shape = smallest.Shapes[output];
        MeasuredSide Side(char axis) => _sides.TryGetValue((output, axis), out var side) ? new MeasuredSide(side.Scale, side.Offset)
            : default;
        string axes = string.Concat(shape.Select((size, i) => Letter(output, i, size)));
        bool told = axes.Distinct().Count() == axes.Length;
        long channels = told && axes.Contains('c') ? shape[axes.IndexOf('c')] : 1;
        return new MeasuredOutput(told ? axes : "", (int)Math.Min(channels, int.MaxValue), Side('z'), Side('y'), Side('x'));
    })];

    private char Letter(int output, int dimension, long size)
    {
        foreach (char axis in "zyx")
        {
            if (_sides.TryGetValue((output, axis), out var side) && side.Dimension == dimension)
                return axis;
        }
        return dimension == 0 && size == 1 ? 'b' : 'c';
    }
}
