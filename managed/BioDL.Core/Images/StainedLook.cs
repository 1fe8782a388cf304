namespace BioDL.Core.Images;

/// <summary>Whether an image looks like stained tissue under transmitted light: colours on a bright ground.</summary>
public static unsafe class StainedLook
{
    /// <summary>Pixels that are looked at, at most, evenly spread over the first plane.</summary>
    private const int MostPixels = 1 << 16;

    /// <summary>
    /// Share of coloured pixels, and how far their parts lie apart, of 255: what scanners give to white and grey is less.
    /// </summary>
    private const double FewestColoured = 0.02, LeastColour = 24;
    private const double BrightGround = 127.5;

    /// <summary>An RGB image whose pixels have colours and whose median is bright; a merge of fluorescence channels is dark.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Host"/>: its pixels cannot be had.</exception>
    public static bool Of(ImageView image)
    {
        if (image.Type != PixelType.Argb32)
            return false;
        int step = Math.Max(1, (int)Math.Sqrt(image.PixelsPerPlane / (double)MostPixels));
        int bright = 0, coloured = 0, all = 0;
        using PlaneLock plane = image.Lock(0);
        for (int y = step / 2; y < image.Height; y += step)
        {
            for (int x = step / 2; x < image.Width; x += step)
            {
                uint pixel = *(uint*)plane.Pixel(y, x);
                int red = (int)(pixel >> 16 & 255), green = (int)(pixel >> 8 & 255), blue = (int)(pixel & 255);
                int most = Math.Max(red, Math.Max(green, blue)), least = Math.Min(red, Math.Min(green, blue));
                bright += (most + least) / 2.0 > BrightGround ? 1 : 0;
                coloured += most - least > LeastColour ? 1 : 0;
                all++;
            }
        }
        return 2 * bright > all && coloured > FewestColoured * all;
    }
}
