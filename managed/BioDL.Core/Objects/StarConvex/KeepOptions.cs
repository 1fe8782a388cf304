namespace BioDL.Core.Objects.StarConvex;

/// <summary>What to keep of what a network predicts; see <see cref="StarRun.Keep"/>.</summary>
public sealed record KeepOptions
{
    private const double UsualThreshold = 0.05;

    /// <summary>70 MB of 32 rays; suppression of so many takes a second or two.</summary>
    private const int MostCandidates = 500_000;

    private const long MostBytes = 256L << 20;

    /// <summary>Candidates more probable than this are kept, 0 to 1; null: 0.05.</summary>
    public double? Threshold { get; init; }

    /// <summary>Candidates that are kept at most; null: by their memory.</summary>
    internal int? Limit { get; init; }

    internal int Most(int rays) => Limit ?? (int)Math.Min(MostCandidates, MostBytes / (sizeof(float) * (rays + 3L)));

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/></exception>
    internal double Checked()
    {
        double threshold = Threshold ?? UsualThreshold;
        return threshold is >= 0 and <= 1 ? threshold
            : throw new BioDLException(Status.InvalidArgument,
                FormattableString.Invariant($"the probability threshold is {threshold}"), "It must be a number from 0 to 1.");
    }
}
