namespace BioDL.Core.Tiles;

/// <summary>
/// What tiles cost, in units of one pixel computed out of the cache. Only ratios matter: which tiles are the fastest does not depend on how
/// fast the machine is.
/// </summary>
internal static class TileCost
{
    /// <summary>
    /// Waking the threads, reading a tile, collecting its candidates, reporting progress. The network's own start is less than can be
    /// measured: the
    /// built-in one takes 156 ns a pixel in tiles of 64 x 64 and 158 in tiles of 128 x 128 (one core).
    /// </summary>
    private const double PixelsPerTile = 400;

    /// <summary>
    /// A network whose layers do not stay in the cache takes this much longer. A StarDist network of 1.4 M parameters on two cores: 0.62 s
    /// for
    /// 1024 x 1024 pixels, 0.53 s in tiles that fit. On one core the built-in one takes 158 ns a pixel at 128 x 128, 171 at 512 x 512, 193
    /// at
    /// 2048 x 2048; a 32-ray network with GroupNorm 2280 at 256 x 256, 2600 at 512 x 512, 3280 at 1024 x 1024.
    /// </summary>
    private const double OutOfCache = 0.62 / 0.53;

    /// <summary>The last-level cache that a process can count on.</summary>
    private const double CacheBytes = 16 << 20;

    /// <summary>The cost of tiles of so many pixels (voxels) each.</summary>
    public static double Of(double tiles, double pixels, double bytesPerPixel)
    {
        double work = bytesPerPixel * pixels, outside = work > CacheBytes ? 1 - CacheBytes / work : 0;
        return tiles * (PixelsPerTile + pixels * (1 + (OutOfCache - 1) * outside));
    }
}
