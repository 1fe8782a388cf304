using System.Buffers.Binary;
using BioDL.Models.Files;

namespace BioDL.Fuzz;

/// <summary>Changes of a TIFF file: entries of a directory (tag, type, count, value), or bytes anywhere.</summary>
internal static class TiffMutations
{
    internal static byte[] Apply(byte[] file, Random random)
    {
        if (random.Next(3) == 0)
            return ByteMutations.Apply(file, random);
        byte[] bytes = [.. file];
        var structure = new TiffStructure(new MemoryStream(file));
        TiffDirectory[] directories = [.. structure.Directories()];
        int head = structure.IsBig ? 8 : 2, width = structure.IsBig ? 8 : 4;
        for (int changes = random.Next(1, 3); changes > 0; changes--)
        {
            int at = (int)directories[random.Next(directories.Length)].Offset
                + head, entries = bytes[structure.IsBigEndian ? at - 1 : at - head];
            int entry = at + random.Next(entries) * (4 + 2 * width);
            (int place, int size) = random.Next(8) switch { 0 => (0, 2), 1 => (2, 2), 2 or 3 => (4, width), _ => (4 + width, width) };
            Put(bytes.AsSpan(entry + place, size), Value(file.Length, random), structure.IsBigEndian);
        }
        return bytes;
    }

    private static long Value(int length, Random random) => random.Next(4) switch
    {
        0 => random.Next(300),
        1 => random.NextInt64(0, 2L * length),
        2 => 1L << random.Next(40),
        _ => ByteMutations.Telling[random.Next(ByteMutations.Telling.Length)],
    };

    private static void Put(Span<byte> into, long value, bool bigEndian)
    {
        Span<byte> eight = stackalloc byte[8];
        // A short value is the first half of its place, in either byte order.
        if (bigEndian)
            BinaryPrimitives.WriteInt64BigEndian(eight, into.Length > 2 && value < 65536 ? value << (8 * into.Length - 16) : value);
        else
            BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        (bigEndian ? eight[(8 - into.Length)..] : eight[..into.Length]).CopyTo(into);
    }
}
