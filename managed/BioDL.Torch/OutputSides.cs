using BioDL.Core.Runs;
using BioDL.Engines;

namespace BioDL.Torch;

/// <summary>
/// How the dimensions of each output follow the axes of the input: told by runs of two sizes along an axis, or by the description where
/// there is only one size.
/// </summary>
internal sealed class OutputSides(TorchOutputs smallest)
{
    private readonly Dictionary<(int Output, char Axis), (int Dimension, double Scale, double Offset)> _sides = [];
    private readonly HashSet<(int Output, char Axis)> _unknown = [];

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

    /// <summary>Believe the description. Tensors that it does not name are not looked at along this axis.</summary>
    public void Follow(char axis, int only, IReadOnlyList<OutputTensor> described)
    {
        for (int output = 0; output < smallest.Shapes.Length; output++)
        {
            if (output >= described.Count && described.Count > 0)
            {
                _unknown.Add((output, axis));
                continue;
            }
            if (output >= described.Count || described[output].Axes is var axes && axes.Length != smallest.Shapes[output].Length)
                continue;
            OutputTensor tensor = described[output];
            AxisLink link = tensor.Along(axis);
            int dimension = tensor.Axes.IndexOf(axis);
            if (dimension >= 0 && Math.Abs(smallest.Shapes[output][dimension] - (link.Scale * only + link.Offset)) <= 1)
                _sides[(output, axis)] = (dimension, link.Scale, link.Offset);
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
            if (_unknown.Contains((output, axis)))
                continue;
            var (a, b) = (before.Values[output], after.Values[output]);
            if (!_sides.TryGetValue((output, axis), out var side) || side.Scale <= 0)
                return null; // a table of values: it sees everything
            double least = noticeable * Largest(a), pitch = 1 / side.Scale, start = -side.Offset / 2 * pitch;
            var (stride, size) = Layout(before.Shapes[output], side.Dimension);
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

    /// <summary>
    /// Compare the outputs of two windows of the same noise. What they give of the same places differs near the ends of their common part,
    /// and everywhere when the network's levels fall elsewhere in the second.
    /// </summary>
    /// <param name="axis">along which the second window lies further on</param>
    /// <param name="pixels">by so many</param>
    /// <param name="first">outputs of the first</param>
    /// <param name="second">outputs of the second</param>
    public ShiftDifference Shifted(char axis, int pixels, TorchOutputs first, TorchOutputs second)
    {
        var difference = new ShiftDifference();
        for (int output = 0; output < first.Values.Length; output++)
        {
            if (!_sides.TryGetValue((output, axis), out var side) || side.Scale <= 0)
                continue;
            var (a, b) = (first.Values[output], second.Values[output]);
            var (stride, size) = Layout(first.Shapes[output], side.Dimension);
            double moved = pixels * side.Scale, largest = Math.Max(Largest(a), double.Epsilon);
            long by = (long)Math.Round(moved), common = size - by;
            if (Math.Abs(moved - by) > 1e-6 || common < 1)
                return ShiftDifference.Everywhere;
            for (int i = 0; i < b.Length; i++)
            {
                long index = i / stride % size;
                if (index < common)
                    difference = difference.With(Math.Abs((double)a[i + by * stride] - b[i]) / largest, index, common, 1 / side.Scale);
            }
        }
        return difference;
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

    private static double Largest(float[] values) => values.Max(value => Math.Abs((double)value));

    private static (long Stride, long Size) Layout(long[] shape, int dimension) =>
        (shape[(dimension + 1)..].Aggregate(1L, (product, size) => product * size), shape[dimension]);
}

/// <summary>What two windows of the same noise give of the same places.</summary>
/// <param name="Middle">the largest difference in the middle quarter of their common part, as a part of the range</param>
/// <param name="Ends">how far from the ends of the common part values differ, in pixels</param>
internal readonly record struct ShiftDifference(double Middle, double Ends)
{
    /// <summary>Sums in another order differ by less.</summary>
    public const double Equal = 1e-4;

    /// <summary>Of the common part, before the middle and after it.</summary>
    public const double Outside = 3.0 / 8;

    public static ShiftDifference Everywhere => new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>The second window's outputs are those of the first, moved.</summary>
    public bool IsMove => Middle <= Equal;

    /// <summary>Where it is a move: how far the window's own ends are seen.</summary>
    public int Reach => (int)Math.Ceiling(Ends);

    /// <param name="difference">as a part of the range</param>
    /// <param name="index">of the value in the common part</param>
    /// <param name="common">values of the common part</param>
    /// <param name="pitch">pixels from one value to the next</param>
    public ShiftDifference With(double difference, long index, long common, double pitch)
    {
        if (double.IsNaN(difference))
            return Everywhere;
        long end = Math.Min(index, common - 1 - index);
        return new ShiftDifference(end >= (long)(common * Outside) ? Math.Max(Middle, difference) : Middle,
            difference > Equal ? Math.Max(Ends, (end + 1) * pitch) : Ends);
    }
}
