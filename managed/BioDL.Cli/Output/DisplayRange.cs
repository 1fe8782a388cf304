using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Cli.Output;

/// <summary>What a viewer shows as black and white: the least and the largest of a sample of each channel's pixels.</summary>
internal static unsafe class DisplayRange
{
    /// <summary>Pixels a channel that are looked at, spread over all its planes.</summary>
    private const long Sample = 1 << 20;

    /// <returns>one pair for each channel; 0 to 255 for 8-bit images</returns>
    /// <param name="view">the image</param>
    /// <param name="looks">channels whose range is known already</param>
    internal static (double Low, double High)[] Of(ImageView view, IReadOnlyList<ChannelLook> looks) =>
        [.. Enumerable.Range(0, view.Channels).Select(channel => looks.ElementAtOrDefault(channel)?.Range ?? Channel(view, channel))];

    private static (double Low, double High) Channel(ImageView view, int channel)
    {
        if (view.Type == PixelType.UInt8)
            return (0, 255);
        long pixels = view.PixelsPerPlane * view.Frames * view.Slices;
        int step = (int)Math.Clamp(Math.Ceiling(Math.Sqrt((double)pixels / Sample)), 1, int.MaxValue);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int image = 0; image < view.Frames * view.Slices; image++)
        {
            using PlaneLock plane = view.Lock((long)image * view.Channels + channel);
            for (long y = step / 2; y < view.Height; y += step)
            {
                for (long x = step / 2; x < view.Width; x += step)
                {
                    double value = Value(plane.Pixel((int)y, (int)x), view.Type);
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
                }
            }
        }
        return high > low ? (low, high) : (0, Math.Max(1, high));
    }

    private static double Value(byte* pixel, PixelType type) => type switch
    {
        PixelType.UInt16 => *(ushort*)pixel,
        PixelType.UInt32 => *(uint*)pixel,
        _ => *(float*)pixel,
    };
}
