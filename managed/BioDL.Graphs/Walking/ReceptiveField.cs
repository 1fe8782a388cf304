
namespace BioDL.Graphs.Walking;

/// <summary>
/// What the values of a tensor see along one axis of the input: the value at index i depends on input pixels Pitch * i + Low to Pitch * i +
/// High and no
/// others. Every local operator keeps this form, and each step rounds outwards, so the span of an output is a bound and no estimate.
/// </summary>
/// <param name="Pitch">input pixels from one value to the next</param>
/// <param name="Low">first pixel that index 0 sees; pixels left of the image, which padding makes up, count too</param>
/// <param name="High">last pixel that index 0 sees</param>
internal readonly record struct ReceptiveField(double Pitch, double Low, double High)
{
    public static ReceptiveField Pixel => new(1, 0, 0);

    /// <summary>
    /// The span after an operator whose value at index i takes the indices step * i + first to step * i + last of this tensor.
    /// </summary>
    public ReceptiveField Window(double step, double first, double last) => new(Pitch * step, Low + Pitch * first, High + Pitch * last);

    public bool SamePitch(ReceptiveField other) => Math.Abs(Pitch - other.Pitch) <= 1e-6 * Pitch;

    /// <summary>What values made of both tensors see; of two pitches the finer one is kept.</summary>
    public ReceptiveField Union(ReceptiveField other) =>
        new(Math.Min(Pitch, other.Pitch), Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>
    /// Pixels that the values see beyond the pixels that they stand for. A tensor whose size is the input's over the pitch plus an offset
    /// begins
    /// -offset / 2 values inside the input, for what is cut off is cut evenly on both sides.
    /// </summary>
    public double Reach(double offset)
    {
        double start = -offset / 2 * Pitch;
        return Math.Max(0, Math.Max(start - Low, High - (start + Pitch - 1)));
    }
}
