namespace BioDL.Core.Images;

/// <summary>Whether an image looks like stained tissue under transmitted light: colours on a bright ground.</summary>
public static unsafe class StainedLook
{
    /// <summary>Pixels that are looked at, at most, evenly spread over the first plane.</summary>
    private const int MostPixels = 1 << 16;

    private const int Colours = 3;

    /// <summary>
    /// Share of coloured pixels, and how far their parts lie apart, of 255: what scanners give to white and grey is less.
    /// </summary>
    private const double FewestColoured = 0.02, LeastColour = 24;
    private const double BrightGround = 127.5;

    /// <summary>
    /// An image of packed RGB, or of three 8-bit channels, whose pixels have colours and whose median is bright; a merge of fluorescence
    /// channels is dark.
    /// </summary>
    /// <exception cref="BioDLException"><see cref="Status.Host"/>: its pixels cannot be had.</exception>
    public static bool Of(ImageView image)
    {
        if (image.Type != PixelType.Argb32 && (image.Type != PixelType.UInt8 || image.Channels != Colours))
            return false;
        int[][] samples = [.. Enumerable.Range(0, Colours).Select(colour => Samples(image, colour))];
        int bright = 0, coloured = 0, all = samples[0].Length;
        for (int i = 0; i < all; i++)
        {
            int red = samples[0][i], green = samples[1][i], blue = samples[2][i];
            int most = Math.Max(red, Math.Max(green, blue)), least = Math.Min(red, Math.Min(green, blue));
            bright += (most + least) / 2.0 > BrightGround ? 1 : 0;
            coloured += most - least > LeastColour ? 1 : 0;
        }
        return 2 * bright > all && coloured > FewestColoured * all;
    }

    /// <summary>Some pixels of a colour, 0 to 255: red is 0, green 1, blue 2.</summary>
    private static int[] Samples(ImageView image, int colour)
    {
        bool packed = image.Type == PixelType.Argb32;
        int step = Math.Max(1, (int)Math.Sqrt(image.PixelsPerPlane / (double)MostPixels));
        var samples = new List<int>();
        using PlaneLock plane = image.Lock(image.PlaneNumber(0, 0, packed ? 0 : colour));
        for (int y = step / 2; y < image.Height; y += step)
        {
            for (int x = step / 2; x < image.Width; x += step)
            {
                byte* pixel = plane.Pixel(y, x);
                samples.Add(packed ? (int)(*(uint*)pixel >> (8 * (2 - colour)) & 255) : *pixel);
            }
        }
        return [.. samples];
    }
}
