namespace BioDL.Models.Writing;

/// <summary>The picture by which a model is known: what it is given in the upper left, what it makes of it in the lower right.</summary>
public static class CoverPicture
{
    public const string File = "cover.png";

    /// <summary>Of bioimage.io's covers, in pixels.</summary>
    private const int LongestSide = 512;

    /// <returns>null: planes of different sizes, or too small to be cut</returns>
    /// <param name="before">what the network is given; 1 or 3 channels</param>
    /// <param name="after">what it makes of it, in the same frame</param>
    public static PackagePart? Of(ShownPlane before, ShownPlane after)
    {
        if ((before.Height, before.Width) != (after.Height, after.Width) || Math.Min(before.Height, before.Width) < 2
            || before.Channels is not (1 or 3) || after.Channels is not (1 or 3))
            return null;
        byte[][] sides = [before.Bytes(before.Range()), after.Bytes(after.Range())];
        int[] samples = [before.Channels, after.Channels];
        int step = (Math.Max(before.Height, before.Width) + LongestSide - 1) / LongestSide;
        int height = before.Height / step, width = before.Width / step;
        byte[] picture = new byte[height * width * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                // A white line parts the two, from the lower left to the upper right.
                double across = (double)x / width + (double)y / height - 1;
                int side = across < 0 ? 0 : 1;
                bool line = Math.Abs(across) * Math.Min(height, width) < 1;
                for (int c = 0; c < 3; c++)
                {
                    long at = ((long)y * step * before.Width + x * step) * samples[side] + (samples[side] == 3 ? c : 0);
                    picture[(y * width + x) * 3 + c] = line ? byte.MaxValue : sides[side][at];
                }
            }
        }
        return new PackagePart(File, PngPicture.Of(picture, width, height, 3));
    }
}
