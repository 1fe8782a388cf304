namespace BioDL.Cli.Tiff;

/// <summary>How pixels are stored, by the numbers of the TIFF specification, its supplements and libtiff.</summary>
internal enum Compression
{
    None = 1, Lzw = 5, OldJpeg = 6, Jpeg = 7, Deflate = 8, PackBits = 32773, OldDeflate = 32946, AperioYCbCr = 33003, AperioRgb = 33005,
    Jpeg2000 = 34712, Lerc = 34887,
    Lzma = 34925, Zstd = 50000,
    WebP = 50001, JpegXl = 50002,
}

/// <summary>What is known of a <see cref="Compression"/>.</summary>
internal static class Compressions
{
    internal static bool IsDecodable(this Compression compression) => compression.MostExpansion() > 0;

    /// <summary>
    /// The most bytes that one can become: Deflate 1,032, LZW 2,730, PackBits 64; a JPEG may give a block of 64 an eighth of a byte, and
    /// Zstd repeats
    /// 128 KiB in 4 bytes. Pixels that claim more do not lie in their file. 0: cannot be decoded here.
    /// </summary>
    internal static long MostExpansion(this Compression compression) => compression switch
    {
        Compression.None => 1,
        Compression.PackBits => 64,
        Compression.Lzw or Compression.Deflate or Compression.OldDeflate or Compression.Jpeg => 4096,
        Compression.Zstd => 1 << 15,
        _ => 0,
    };

    /// <summary>Such as "WebP (number 50001)".</summary>
    internal static string Name(this Compression compression) => compression switch
    {
        Compression.OldJpeg => "JPEG of the old kind",
        Compression.Jpeg2000 or Compression.AperioYCbCr or Compression.AperioRgb => "JPEG 2000",
        Compression.Lerc or Compression.Lzma => compression.ToString().ToUpperInvariant(),
        Compression.JpegXl => "JPEG XL",
        _ => Enum.IsDefined(compression) ? compression.ToString() : "of an unknown kind",
    } + $" (number {(int)compression})";
}
