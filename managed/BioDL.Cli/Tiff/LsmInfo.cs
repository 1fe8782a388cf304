using System.Buffers.Binary;

namespace BioDL.Cli.Tiff;

/// <summary>
/// What Zeiss' LSM files say in their tag 34412 (CZ_LSMINFO): sizes, voxels, time. Each of their pages is followed by a thumbnail, and its
/// channels lie apart in it; slices come before frames.
/// </summary>
/// <param name="Slices">Z</param>
/// <param name="Frames">T</param>
/// <param name="Metres">from one voxel to the next along z, y and x; 0: it does not say</param>
/// <param name="Seconds">from one frame to the next; 0: it does not say</param>
internal sealed record LsmInfo(int Slices, int Frames, (double Z, double Y, double X) Metres, double Seconds)
{
    private const int InfoTag = 34412, SlicesAt = 16, FramesAt = 24, VoxelAt = 40, IntervalAt = 112;

    /// <returns>null for other files</returns>
    internal static LsmInfo? Of(TiffFile file) => file.Ask("what the LSM file says of itself", directory =>
    {
        byte[] bytes = directory.Bytes(InfoTag);
        if (bytes.Length < VoxelAt + 24)
            return null;
        double Real(int at)
        {
            double value = at + 8 <= bytes.Length ? BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at)) : 0;
            return value > 0 && double.IsFinite(value) ? value : 0;
        }
        int Whole(int at) => Math.Max(1, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)));
        return new LsmInfo(Whole(SlicesAt), Whole(FramesAt), (Real(VoxelAt + 16), Real(VoxelAt + 8), Real(VoxelAt)), Real(IntervalAt));
    });

    internal Calibration Calibration => Metres.X > 0 && Metres.Y > 0
        ? new Calibration
        {
            PixelWidth = Metres.X * 1e6, PixelHeight = Metres.Y * 1e6, PixelDepth = Metres.Z > 0 ? Metres.Z * 1e6 : null, Unit = "µm",
            FrameInterval = Seconds,
        }
        : new Calibration { FrameInterval = Seconds };
}
