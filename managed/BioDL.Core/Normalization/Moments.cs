using System.Numerics;

namespace BioDL.Core.Normalization;

/// <summary>
/// Mean and standard deviation (of the population) of values that come piece by piece, in double. Pieces of a few thousand values are
/// summed in
/// two passes, mean first, and joined by the formula of Chan, Golub and LeVeque (Updating formulae and a pairwise algorithm for computing
/// sample variances, 1979), so that a large mean with a small deviation loses nothing. Values that are NaN or infinite are left out.
/// </summary>
public sealed class Moments
{
    private const int Piece = 4096;

    private double _squares;

    /// <summary>Finite values.</summary>
    public long Count { get; private set; }

    public long NotFinite { get; private set; }

    /// <summary>0 when there is no finite value.</summary>
    public double Mean { get; private set; }

    public double Deviation => Count == 0 ? 0 : Math.Sqrt(_squares / Count);

    public void Add(ReadOnlySpan<float> values)
    {
        for (; values.Length > Piece; values = values[Piece..])
            AddPiece(values[..Piece]);
        AddPiece(values);
    }

    /// <summary>Whole numbers counted by value.</summary>
    /// <param name="counts">bin i holds how many are i</param>
    /// <param name="scale">the value of a count in bin i is i * scale + offset</param>
    /// <param name="offset">see there</param>
    public void AddCounts(ReadOnlySpan<long> counts, double scale = 1, double offset = 0)
    {
        long count = 0;
        double sum = 0, squares = 0;
        for (int bin = 0; bin < counts.Length; bin++)
            (count, sum) = (count + counts[bin], sum + (double)counts[bin] * bin);
        double mean = count == 0 ? 0 : sum / count;
        for (int bin = 0; bin < counts.Length; bin++)
            squares += counts[bin] * (bin - mean) * (bin - mean);
        Join(count, mean * scale + offset, squares * scale * scale);
    }

    private void AddPiece(ReadOnlySpan<float> values)
    {
        double sum = Sum(values);
        if (!double.IsFinite(sum))
        {
            AddFinite(values);
            return;
        }
        double mean = values.Length == 0 ? 0 : sum / values.Length;
        Join(values.Length, mean, SquaresAround(mean, values));
    }

    private void AddFinite(ReadOnlySpan<float> values)
    {
        Span<float> finite = stackalloc float[Piece];
        int count = 0;
        foreach (float value in values)
            if (float.IsFinite(value))
                finite[count++] = value;
        NotFinite += values.Length - count;
        AddPiece(finite[..count]);
    }

    private void Join(long count, double mean, double squares)
    {
        if (count == 0)
            return;
        long all = Count + count;
        double apart = mean - Mean;
        _squares += squares + apart * apart * ((double)Count * count / all);
        Mean += apart * count / all;
        Count = all;
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        Vector<double> low = default, high = default;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> first, out Vector<double> second);
            (low, high) = (low + first, high + second);
        }
        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
            sum += values[i];
        return sum;
    }

    private static double SquaresAround(double mean, ReadOnlySpan<float> values)
    {
        Vector<double> low = default, high = default, middle = new(mean);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> first, out Vector<double> second);
            (first, second) = (first - middle, second - middle);
            (low, high) = (low + first * first, high + second * second);
        }
        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
            sum += (values[i] - mean) * (values[i] - mean);
        return sum;
    }
}
