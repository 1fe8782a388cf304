using BioDL.Core.Images;

namespace BioDL.Core.Normalization;

/// <summary>
/// Exact percentiles of one plane (one frame, one slice) by NumPy's linear definition: the value at rank (n - 1) * percent / 100 of the
/// sorted finite values, interpolated between neighbours.
/// </summary>
public static unsafe class Percentiles
{
    /// <summary>The values at two percentiles, over one channel or jointly over several.</summary>
    /// <param name="view">the image; its planes are locked in bands, on the calling thread</param>
    /// <param name="frame">0-based</param>
    /// <param name="slice">0-based</param>
    /// <param name="channels">one: that channel alone; several: all their values together, as for H&amp;E images</param>
    /// <param name="percentiles">in percent</param>
    /// <param name="cancelled">asked between bands, on the calling thread, while nothing is locked; true ends the call</param>
    /// <returns>(0, 0) when no value is finite; equal values when the plane is constant</returns>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/>, <see cref="Status.Host"/>, <see cref="Status.InvalidArgument"/></exception>
    public static (double Low, double High) Of(ImageView view, int frame, int slice, ReadOnlySpan<InputChannel> channels,
        PercentilePair percentiles, Func<bool>? cancelled = null)
    {
        percentiles.Validate();
        var values = new List<float>();
        foreach (var channel in channels)
        {
            if (cancelled?.Invoke() == true)
                throw new BioDLException(Status.Cancelled, "cancelled");
            using var plane = view.Lock(view.PlaneNumber(frame, slice, channel.Channel));
            for (int y = 0; y < view.Height; y++)
                for (int x = 0; x < view.Width; x++)
                {
                    float value = PixelValue.Read(plane.Pixel(y, x), view.Type, channel.Part);
                    if (float.IsFinite(value))
                        values.Add(value);
                }
        }
        values.Sort();
        return (At(values, percentiles.Low), At(values, percentiles.High));
    }

    private static double At(List<float> sorted, double percent)
    {
        if (sorted.Count == 0)
            return 0;
        double rank = (sorted.Count - 1) * (percent / 100);
        int below = (int)rank;
        double low = sorted[below], high = sorted[Math.Min(below + 1, sorted.Count - 1)], gamma = rank - below;
        return gamma < 0.5 ? low + (high - low) * gamma : high - (high - low) * (1 - gamma);
    }
}
