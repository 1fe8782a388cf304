using System.Buffers.Binary;
using BioDL.Cli.Tiff;
using BioDL.Models.Files;

namespace BioDL.Tests.Cli;

/// <summary>
/// Writes what LibTiff.NET cannot: BigTIFF with the high byte first, any number of pages, strips and tiles that were packed elsewhere.
/// </summary>
/// <param name="bigEndian">the high byte first</param>
/// <param name="big">BigTIFF</param>
/// <param name="more">entries of the first page besides its own: tag, bytes of a value, values</param>
internal sealed class RawTiff(bool bigEndian, bool big, params (int Tag, int Bytes, long[] Values)[] more)
{
    private IEnumerable<(int Tag, int Bytes, long[] Values)> _more = more;

    private readonly MemoryStream _file = new();

    /// <param name="pages">each with its strips or tiles as they are to lie in the file</param>
    internal byte[] Write(IEnumerable<(TiffPage Page, byte[][] Chunks)> pages)
    {
        _file.Write(bigEndian ? "MM"u8 : "II"u8);
        Number(big ? 43 : 42, 2);
        if (big)
            Number(8L << (bigEndian ? 16 : 0), 4);
        long link = _file.Position;
        Number(0, Width);
        foreach ((TiffPage page, byte[][] chunks) in pages)
        {
            long[] offsets = [.. chunks.Select(chunk => Put(() => _file.Write(chunk)))];
            long at = Directory(page, offsets, [.. chunks.Select(chunk => chunk.LongLength)], out long next);
            long end = _file.Position;
            _file.Position = link;
            Number(at, Width);
            (_file.Position, link) = (end, next);
        }
        return _file.ToArray();
    }

    /// <summary>
    /// The same pages in another byte order of the directories and offsets of another width. The samples stay as they are.
    /// </summary>
    internal static byte[] Rewrite(byte[] file, bool big)
    {
        var structure = new TiffStructure(new MemoryStream(file));
        return new RawTiff(structure.IsBigEndian, big).Write(structure.Directories().Select(directory =>
        {
            TiffPage page = TiffPage.Of(directory, file.Length);
            return (page, TiffChunk.All(directory, page,
                file.Length).Select(chunk => file[(int)chunk.Offset..(int)(chunk.Offset + chunk.Bytes)]).ToArray());
        }));
    }

    private int Width => big ? 8 : 4;

    private long Directory(in TiffPage page, long[] offsets, long[] counts, out long link)
    {
        (int Tag, int Bytes, long[] Values)[] entries =
        [
            .. page.Reduced ? new[] { (254, 4, new long[] { 1 }) } : [],
            (256, 4, [page.Width]), (257, 4, [page.Height]), (258, 2, [.. Enumerable.Repeat((long)page.Bits, page.Samples)]),
            (259, 2, [(long)page.Compression]),
            (262, 2, [(long)page.Photometric]), (277, 2, [page.Samples]), (284, 2, [(long)page.Planar]), (317, 2, [page.Predictor]),
            (339, 2, [.. Enumerable.Repeat((long)page.SampleFormat, page.Samples)]),
            .. page.Tiled
                ? new[] { (322, 4, [page.ChunkWidth]), (323, 4, [page.ChunkHeight]), (324, Width, offsets), (325, Width, counts) }
                : [(273, Width, offsets), (278, 4, [page.ChunkHeight]), (279, Width, counts)],
            .. _more,
        ];
        _more = [];
        Array.Sort(entries, (a, b) => a.Tag.CompareTo(b.Tag));
        long[] places = [.. entries.Select(entry => entry.Bytes * entry.Values.Length <= Width
            ? 0 : Put(() => Numbers(entry.Values, entry.Bytes)))];
        long start = Put(() => Number(entries.Length, big ? 8 : 2));
        for (int i = 0; i < entries.Length; i++)
        {
            (int tag, int bytes, long[] values) = entries[i];
            Numbers([tag, bytes switch { 1 => 1, 2 => 3, 4 => 4, _ => 16 }], 2);
            Number(values.Length, Width);
            long at = _file.Position;
            if (places[i] != 0)
                Number(places[i], Width);
            else
                Numbers(values, bytes);
            _file.SetLength(at + Width);
            _file.Position = at + Width;
        }
        link = _file.Position;
        Number(0, Width);
        return start;
    }

    private long Put(Action write)
    {
        _file.Position = (_file.Position + 1) / 2 * 2;
        long at = _file.Position;
        write();
        return at;
    }

    private void Numbers(long[] values, int bytes)
    {
        foreach (long value in values)
            Number(value, bytes);
    }

    private void Number(long value, int bytes)
    {
        Span<byte> eight = stackalloc byte[8];
        if (bigEndian)
            BinaryPrimitives.WriteInt64BigEndian(eight, value);
        else
            BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        _file.Write(bigEndian ? eight[(8 - bytes)..] : eight[..bytes]);
    }
}
