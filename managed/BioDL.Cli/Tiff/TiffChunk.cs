using BioDL.Models.Files;

namespace BioDL.Cli.Tiff;

/// <summary>Where one strip or tile of a page lies in the file.</summary>
internal readonly record struct TiffChunk(long Offset, long Bytes)
{
    private const long Most = 1 << 23;

    // A tile may be larger than its page, but no program cuts small pages into tiles above this.
    private const long MostTile = 64L << 20;

    /// <summary>All of a page, one plane after the other when its samples lie apart.</summary>
    /// <exception cref="InvalidDataException">They do not lie in the file, or are too small for what they are said to hold.</exception>
    internal static TiffChunk[] All(TiffDirectory directory, in TiffPage page, long fileLength)
    {
        Int128 count = (Int128)page.ChunksPerPlane * page.Planes;
        (int offsetTag, int bytesTag) = page.Tiled ? (Tag.TileOffsets, Tag.TileBytes) : (Tag.StripOffsets, Tag.StripBytes);
        if (page.Tiled && !directory.Has(offsetTag))
            (offsetTag, bytesTag) = (Tag.StripOffsets, Tag.StripBytes);
        if (count > Most || directory.Count(offsetTag) < count)
            throw new InvalidDataException($"{page.Width} x {page.Height} pixels are in {count} parts, but "
                + $"{directory.Count(offsetTag)} are listed");
        long[] offsets = directory.Numbers(offsetTag, (long)count), bytes = directory.Numbers(bytesTag, (long)count);
        if (offsets.Length < count || (bytes.Length > 0 && bytes.Length < count))
            throw new InvalidDataException("the list of its strips or tiles is damaged");
        var chunks = new TiffChunk[(int)count];
        for (int i = 0; i < chunks.Length; i++)
        {
            Int128 needed = Decoded(page, i);
            chunks[i] = new TiffChunk(offsets[i],
                Stored(page, bytes, i, (long)Int128.Min(needed, long.MaxValue / 2), fileLength - offsets[i], chunks.Length));
            Check(page, chunks[i], i, needed, fileLength);
        }
        return chunks;
    }

    /// <summary>Bytes of a chunk when it is decoded: the last strip has fewer rows, tiles are always whole.</summary>
    internal static Int128 Decoded(in TiffPage page, int number)
    {
        long row = number % page.ChunksPerPlane / page.ChunksAcross * page.ChunkHeight;
        long rows = page.Tiled ? page.ChunkHeight : Math.Min(page.ChunkHeight, page.Height - row);
        return (Int128)rows * page.ChunkWidth * page.SideBySide * page.Bits / 8;
    }

    // Counts may be missing, and that of a single uncompressed strip is wrong in files of some programs; then the page itself says it.
    private static long Stored(in TiffPage page, long[] bytes, int number, long needed, long left, int count)
    {
        bool plain = page.Compression == Compression.None;
        if (bytes.Length == 0)
            return plain ? needed : Math.Max(0, left);
        return plain && count == 1 && bytes[0] < needed && needed <= left ? needed : bytes[number];
    }

    private static void Check(in TiffPage page, TiffChunk chunk, int number, Int128 needed, long fileLength)
    {
        string what = $"{(page.Tiled ? "tile" : "strip")} {number + 1}";
        if (chunk.Offset > fileLength - chunk.Bytes)
            throw new InvalidDataException($"{what} ends beyond the end of the file");
        if (page.Compression.IsDecodable() && needed > (Int128)chunk.Bytes * page.Compression.MostExpansion())
            throw new InvalidDataException($"{what} needs {needed} bytes, which cannot be in the {chunk.Bytes} that it has");
        if (page.Tiled && needed > MostTile && needed > 2 * page.PlaneBytes)
            throw new InvalidDataException($"its tiles of {needed} bytes are much larger than the page");
    }
}
