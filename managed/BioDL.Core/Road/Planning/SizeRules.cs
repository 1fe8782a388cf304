using BioDL.Core.Runs;

namespace BioDL.Core.Road.Planning;

/// <summary>The sizes along one axis that all inputs of a network take: Min + n * Step, or <see cref="Only"/>.</summary>
/// <param name="Min">smallest</param>
/// <param name="Step">tiles start at multiples of it</param>
/// <param name="Only">null: any of Min + n * Step</param>
internal readonly record struct SizeRules(int Min, int Step, int? Only)
{
    /// <summary>Beyond any network; a search up to it takes a millisecond.</summary>
    private const int MostStep = 1 << 16;

    /// <param name="sizes">of each input</param>
    /// <param name="divisor">of the network: what its pooling asks</param>
    /// <param name="grid">pixels that begin on whole values of all outputs</param>
    /// <param name="least">pixels that valid convolutions leave something of</param>
    /// <param name="axis">for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no size meets all of them.</exception>
    public static SizeRules Join(IReadOnlyList<AxisSizes> sizes, int divisor, int grid, int least, char axis)
    {
        if (sizes.Any(size => size.Step <= 0))
        {
            int only = sizes.First(size => size.Step <= 0).Min;
            // No matter how much larger than the only tile a step is: there is no second tile then.
            int within = (int)Math.Min(Multiple(Math.Max(divisor, 1), grid), MostStep);
            return only >= least && sizes.All(size => Fits(size, only)) ? new SizeRules(only, within, only)
                : throw Invalid(axis, sizes);
        }
        long start = Multiple(Math.Max(divisor, 1), grid, axis);
        long step = sizes.Aggregate(start, (product, size) => Multiple(product, size.Step, axis));
        int most = Math.Max(least, sizes.Max(size => size.Min));
        // A description knows better than the graph: where they contradict each other, the graph's divisor counts for starts alone.
        foreach (long multiple in (long[])[start, grid])
            for (long min = most; min < most + step; min++)
                if (min % multiple == 0 && sizes.All(size => Fits(size, min)))
                    return new SizeRules((int)Math.Min(min, int.MaxValue), (int)step, null);
        throw Invalid(axis, sizes);
    }

    private static bool Fits(AxisSizes sizes, long size) => sizes.Step <= 0 ? size == sizes.Min
        : size >= sizes.Min && (size - sizes.Min) % sizes.Step == 0;

    private static long Multiple(long a, long b)
    {
        (long x, long y) = (a, b);
        while (y != 0)
            (x, y) = (y, x % y);
        return a / x * b;
    }

    private static long Multiple(long a, long b, char axis)
    {
        long multiple = Multiple(a, b);
        return multiple <= MostStep ? multiple
            : throw new BioDLException(Status.ModelInvalid, $"the model asks for sizes in steps of {multiple} along {axis}",
                "Check the sizes in its description.");
    }

    private static BioDLException Invalid(char axis, IReadOnlyList<AxisSizes> sizes)
    {
        string asked = string.Join(", ", sizes.Select(size => size.Step > 0 ? $"{size.Min} + n * {size.Step}" : $"{size.Min}"));
        return new BioDLException(Status.ModelInvalid, $"no tile size meets what the model asks along {axis} ({asked})",
            "Check the sizes in its description.");
    }
}
