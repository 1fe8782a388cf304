using System.Text;

namespace BioDL.Tests.Hosts;

/// <summary>A large 8-bit TIFF of soft discs, written row by row: uncompressed, one strip, big enough sizes as BigTIFF.</summary>
internal static class FieldOfCells
{
    private const int Spacing = 40;

    internal static void Write(string path, int size)
    {
        byte[][] rows = [.. Enumerable.Range(0, Spacing).Select(y => Row(y, size))];
        using var file = new BinaryWriter(File.Create(path, 1 << 20));
        WriteHeader(file, size);
        for (int y = 0; y < size; y++)
            file.Write(rows[y % Spacing]);
    }

    private static byte[] Row(int y, int size)
    {
        var row = new byte[size];
        for (int x = 0; x < size; x++)
        {
            double dy = y - Spacing / 2, dx = x % Spacing - Spacing / 2;
            row[x] = (byte)(12 + 200 / (1 + Math.Exp((Math.Sqrt(dy * dy + dx * dx) - 10) / 0.8)));
        }

        return row;
    }

    /// <summary>BigTIFF, little-endian: one directory before the pixels (TIFF 6.0 tags, 8-byte counts and offsets).</summary>
    private static void WriteHeader(BinaryWriter file, int size)
    {
        (ushort Tag, ushort Type, ulong Value)[] entries =
        [
            (256, 4, (ulong)size), (257, 4, (ulong)size), (258, 3, 8), (259, 3, 1), (262, 3, 1),
            (273, 16, (ulong)(16 + 8 + 10 * 20 + 8)), (277, 3, 1), (278, 4, (ulong)size), (279, 16, (ulong)size * (ulong)size), (339, 3, 1),
        ];
        file.Write(Encoding.ASCII.GetBytes("II"));
        file.Write((ushort)43);
        file.Write((ushort)8);
        file.Write((ushort)0);
        file.Write(16UL);
        file.Write((ulong)entries.Length);
        foreach ((ushort tag, ushort type, ulong value) in entries)
        {
            file.Write(tag);
            file.Write(type);
            file.Write(1UL);
            file.Write(value);
        }

        file.Write(0UL);
    }
}
