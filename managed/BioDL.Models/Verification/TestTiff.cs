using System.Buffers.Binary;
using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Models.Verification;

/// <summary>
/// The small TIFF files that Fiji's plugins put beside a model: the first page, grey, uncompressed, in strips, of 8-bit or 16-bit integers or 32-bit
/// float (TIFF 6.0). It is read here, for libtiff is with the command line alone.
/// </summary>
internal static class TestTiff
{
    private const int MaximumSide = 1 << 15;

    private enum Tag
    {
        Width = 256, Height = 257, Bits = 258, Compression = 259, StripOffsets = 273, Samples = 277, RowsPerStrip = 278, StripBytes = 279, SampleFormat = 339,
    }

    /// <returns>y, x</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no such TIFF; the message names the file.</exception>
    public static NpyArray Read(byte[] file, string name)
    {
        try
        {
            return Page(new Bytes(file), name);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw Invalid(name, "it is cut short, or damaged", error);
        }
    }

    private static NpyArray Page(Bytes file, string name)
    {
        if (!file.IsTiff)
            throw Invalid(name, "it is no TIFF file");
        Dictionary<Tag, uint[]> tags = Tags(file, checked((int)file.U32(4)));
        uint One(Tag tag, uint otherwise) => tags.TryGetValue(tag, out uint[]? values) && values.Length > 0 ? values[0] : otherwise;
        uint width = One(Tag.Width, 0), height = One(Tag.Height, 0), bits = One(Tag.Bits, 1), format = One(Tag.SampleFormat, 1);
        string type = (format, bits) switch { (1, 8) => "|u1", (1, 16) => "<u2", (3, 32) => "<f4", _ => "" };
        if (width is 0 or > MaximumSide || height is 0 or > MaximumSide || type.Length == 0 || One(Tag.Compression, 1) != 1 || One(Tag.Samples, 1) != 1)
            throw Invalid(name, $"it has {width} x {height} pixels of {bits} bits, sample format {format}, compression {One(Tag.Compression, 1)}; only grey, uncompressed test images are read");
        uint[] offsets = tags.GetValueOrDefault(Tag.StripOffsets, []), lengths = tags.GetValueOrDefault(Tag.StripBytes, []);
        long needed = (long)width * height * bits / 8;
        if (offsets.Length != lengths.Length || lengths.Sum(length => (long)length) < needed || needed > file.Length)
            throw Invalid(name, "it has fewer pixels than it announces");
        var header = new NpyHeader(bits == 8 ? "uint8" : bits == 16 ? "uint16" : "float32", file.BigEndian, false, [height, width]);
        var pixels = new MemoryStream((int)needed);
        for (int strip = 0; strip < offsets.Length && pixels.Length < needed; strip++)
            pixels.Write(file.Slice(checked((int)offsets[strip]), (int)Math.Min(lengths[strip], needed - pixels.Length)));
        pixels.Position = 0;
        return NpyArray.Read(pixels, header, name, needed * 4);
    }

    private static Dictionary<Tag, uint[]> Tags(Bytes file, int at)
    {
        var tags = new Dictionary<Tag, uint[]>();
        int count = file.U16(at);
        for (int entry = at + 2; entry < at + 2 + 12 * count; entry += 12)
        {
            int size = file.U16(entry + 2) switch { 3 => 2, 4 => 4, _ => 0 };
            int values = checked((int)file.U32(entry + 4));
            if (size == 0 || !Enum.IsDefined((Tag)file.U16(entry)) || values > file.Length / size)
                continue;
            int from = size * values <= 4 ? entry + 8 : checked((int)file.U32(entry + 8));
            tags[(Tag)file.U16(entry)] = [.. Enumerable.Range(0, values).Select(i => size == 2 ? file.U16(from + 2 * i) : file.U32(from + 4 * i))];
        }
        return tags;
    }

    private static BioDLException Invalid(string name, string what, Exception? cause = null) =>
        new(Status.ModelInvalid, $"The test image {name} cannot be read: {what}.", "Download the model again.", cause);

    /// <summary>Numbers in the file's byte order; outside it there is nothing.</summary>
    private sealed class Bytes(byte[] file)
    {
        internal int Length => file.Length;

        internal bool BigEndian => file is [(byte)'M', ..];

        internal bool IsTiff => file is [(byte)'M', (byte)'M', 0, 42, _, _, _, _, ..] or [(byte)'I', (byte)'I', 42, 0, _, _, _, _, ..];

        internal ReadOnlySpan<byte> Slice(int at, int length) => file.AsSpan().Slice(at, length);

        internal ushort U16(int at) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(Slice(at, 2)) : BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

        internal uint U32(int at) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(Slice(at, 4)) : BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));
    }
}
