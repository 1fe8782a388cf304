using BioDL.Core.Images;

namespace BioDL.Core.Normalization;

/// <summary>
/// Exact percentiles of one plane (one frame, one slice) by NumPy's linear definition: the value at rank (n - 1) * percent / 100 of the
/// sorted finite values, interpolated between neighbours. Nothing is sorted and no pixel is copied: whole numbers are counted by value, and
/// Float32 is counted by the upper 16 bits of its order, then, within the few bins where the wanted ranks lie, by the lower 16.
/// Reference: Hyndman and Fan, Sample quantiles in statistical packages, 1996, definition 7.
/// </summary>
public static class Percentiles
{
    /// <summary>The values at two percentiles, over one channel or jointly over several.</summary>
    /// <param name="view">the image; its planes are locked in bands, on the calling thread</param>
    /// <param name="frame">0-based</param>
    /// <param name="slice">0-based</param>
    /// <param name="channels">one: that channel alone; several: all their values together, as for H&amp;E images</param>
    /// <param name="percentiles">in percent</param>
    /// <param name="cancelled">asked between bands, on the calling thread, while nothing is locked; true ends the call</param>
    /// <returns>
    /// the two values (see <see cref="ImageView.Values"/>), (0, 0) when no value is finite, equal ones when the plane is constant; and how
    /// many values are NaN or infinite
    /// </returns>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/>, <see cref="Status.Host"/>,
    /// <see cref="Status.InvalidArgument"/></exception>
    public static (double Low, double High, long NotFinite) Of(ImageView view, int frame, int slice, ReadOnlySpan<InputChannel> channels,
        PercentilePair percentiles, Func<bool>? cancelled = null)
    {
        var parts = new PlanePart[channels.Length];
        for (int c = 0; c < channels.Length; c++)
            parts[c] = new PlanePart(view.PlaneNumber(frame, slice, channels[c].Channel), channels[c].Part);
        return Of(view, parts, percentiles, cancelled);
    }

    /// <summary>The values at two percentiles over several planes together, as for a stack; the rest is as above.</summary>
    public static (double Low, double High, long NotFinite) Of(ImageView view, IReadOnlyList<PlanePart> parts, PercentilePair percentiles,
        Func<bool>? cancelled = null)
    {
        long[] Count(PixelCounter? counter) => PlaneHistogram.Count(view, parts, counter, cancelled);
        if (view.Type == PixelType.Float32)
            return OfFloats(Count, percentiles, view.Values);
        percentiles.Validate();
        long[] counts = Count(null);
        int unit = parts[0].Part == PixelPart.Grey ? 3 : 1;
        return view.Values.IsIdentity ? OfCounts(counts, percentiles, unit) : OfCounts(counts, percentiles, unit, view.Values);
    }

    private static (double Low, double High, long NotFinite) OfCounts(long[] counts, PercentilePair percentiles, double unit)
    {
        long values = counts.Sum();
        var low = new Rank(values, percentiles.Low);
        var high = new Rank(values, percentiles.High);
        return (low.Between(Find(counts, low.Below).Bin, Find(counts, low.Above).Bin) / unit,
            high.Between(Find(counts, high.Below).Bin, Find(counts, high.Above).Bin) / unit, 0);
    }

    /// <summary>Of the values that counted pixels mean, as of float32 values.</summary>
    private static (double Low, double High, long NotFinite) OfCounts(long[] counts, PercentilePair percentiles, float unit,
        ValueTransform transform)
    {
        var ranks = new RankPair(counts.Sum(), percentiles, transform.Scale < 0);
        return ranks.Between([.. ranks.All.Select(rank => transform.Of(Find(counts, rank).Bin / unit))], 0);
    }

    /// <summary>The values at two percentiles of float32 values that can be gone over twice.</summary>
    /// <param name="count">counts all values into the bins of a counter: the same values each time; null: by the upper half of their
    /// order</param>
    /// <param name="percentiles">in percent</param>
    /// <param name="transform">from what is counted to the values whose percentiles are wanted; null: none</param>
    internal static (double Low, double High, long NotFinite) OfFloats(Func<PixelCounter?, long[]> count, PercentilePair percentiles,
        ValueTransform? transform = null)
    {
        percentiles.Validate();
        long[] counts = count(null);
        long all = counts.Sum();
        counts.AsSpan(0, FloatOrder.FirstFinite).Clear();
        counts.AsSpan(FloatOrder.AfterFinite).Clear();
        long values = counts.Sum();
        if (values == 0)
            return (0, 0, all);
        var ranks = new RankPair(values, percentiles, transform is { Scale: < 0 });
        float[] exact = Refine(count, [.. ranks.All.Select(rank => Find(counts, rank))]);
        if (transform is { IsIdentity: false } to)
            exact = [.. exact.Select(to.Of)];
        return ranks.Between(exact, all - values);
    }

    /// <summary>The Float32 values at ranks of which the upper half is known, by counting the lower halves of just those.</summary>
    private static float[] Refine(Func<PixelCounter?, long[]> count, BinnedRank[] ranks)
    {
        uint[] uppers = ranks.Select(rank => (uint)rank.Bin).Distinct().ToArray();
        long[] counts = count(new FloatLowerCounter(uppers));
        var values = new float[ranks.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            uint upper = (uint)ranks[i].Bin;
            var lower = Find(counts.AsSpan(Array.IndexOf(uppers, upper) * 65536, 65536), ranks[i].Within);
            values[i] = FloatOrder.Value(upper << 16 | (uint)lower.Bin);
        }
        return values;
    }

    private static BinnedRank Find(ReadOnlySpan<long> counts, long rank)
    {
        int bin = 0;
        while (bin < counts.Length - 1 && rank >= counts[bin])
            rank -= counts[bin++];
        return new BinnedRank(bin, rank);
    }

    /// <summary>Where a value lies: its bin, and how many values of that bin come before it.</summary>
    private readonly record struct BinnedRank(int Bin, long Within);

    /// <summary>The places of two percentiles among counted values; from the largest on where a transform turns their order.</summary>
    private readonly struct RankPair(long values, PercentilePair percentiles, bool turned)
    {
        private readonly Rank _low = new(values, percentiles.Low), _high = new(values, percentiles.High);

        /// <summary>The neighbours of the low one, then those of the high one.</summary>
        public long[] All => [At(_low.Below), At(_low.Above), At(_high.Below), At(_high.Above)];

        /// <param name="neighbours">the values at <see cref="All"/></param>
        /// <param name="notFinite">handed on</param>
        public (double Low, double High, long NotFinite) Between(float[] neighbours, long notFinite) =>
            (_low.Between(neighbours[0], neighbours[1]), _high.Between(neighbours[2], neighbours[3]), notFinite);

        private long At(long rank) => turned ? values - 1 - rank : rank;
    }

    /// <summary>A place between two neighbours of the sorted values.</summary>
    private readonly struct Rank
    {
        public readonly long Below;
        public readonly long Above;
        private readonly double _weight;

        public Rank(long values, double percent)
        {
            double rank = (values - 1) * (percent / 100);
            Below = Math.Min((long)rank, values - 1);
            Above = Math.Min(Below + 1, values - 1);
            _weight = rank - Below;
        }

        public double Between(double below, double above) => Between(below, above, above - below);

        /// <summary>NumPy takes the difference of float32 neighbours in float32 and goes on in double.</summary>
        public double Between(float below, float above)
        {
            float difference = above - below;
            return Between(below, above, float.IsFinite(difference) ? difference : (double)above - below);
        }

        /// <summary>From the nearer neighbour, so that both ends are met exactly.</summary>
        private double Between(double below, double above, double difference) =>
            _weight < 0.5 ? below + difference * _weight : above - difference * (1 - _weight);
    }
}
