namespace BioDL.Core.Tiles;

/// <summary>
/// What tiles cost, in units of one pixel computed out of the cache. Only ratios matter: which tiles are the fastest does not depend on how
/// fast the machine is.
/// </summary>
internal static class TileCost
{
    /// <summary>
    /// Starting a network, reading a tile and collecting its candidates: a tile of 64 x 64 pixels takes as long per pixel as one of 128 x 128
    /// within a tenth.
    /// </summary>
    private const double PixelsPerTile = 400;

    /// <summary>
    /// A network whose layers do not stay in the cache takes this much longer: a StarDist network of 1.4 M parameters takes 0.62 s for
    /// 1024 x 1024 pixels, and 0.53 s when they are cut into tiles that fit.
    /// </summary>
    private const double OutOfCache = 0.62 / 0.53;

    /// <summary>The last-level cache that a process can count on.</summary>
    private const double CacheBytes = 16 << 20;

    /// <summary>The cost of all tiles of a plane.</summary>
    public static double Of(TileAxis y, TileAxis x, TileRules rules)
    {
        double pixels = (double)y.Size * x.Size, work = rules.BytesPerPixel * pixels;
        double outside = work > CacheBytes ? 1 - CacheBytes / work : 0;
        return (double)y.Count * x.Count * (PixelsPerTile + pixels * (1 + (OutOfCache - 1) * outside));
    }

    /// <summary>Bytes of one tile.</summary>
    public static double Bytes(TileAxis y, TileAxis x, TileRules rules) => rules.BytesPerPixel * y.Size * x.Size;
}
