using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace BioDL.Tests.Models;

/// <summary>Reads a NumPy .npy file of little-endian float32 in C order.</summary>
internal static partial class NpyFile
{
    public static (float[] Values, long[] Shape) Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        int start = bytes[6] == 1 ? 10 : 12;
        int length = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            : BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        string header = Encoding.ASCII.GetString(bytes.Slice(start, length));
        if (!header.Contains("'<f4'", StringComparison.Ordinal) || header.Contains("'fortran_order': True", StringComparison.Ordinal))
            throw new InvalidDataException($"{path} is not float32 in C order: {header}");
        long[] shape = [.. Shape().Match(header).Groups[1].Value.Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(long.Parse)];
        return (MemoryMarshal.Cast<byte, float>(bytes[(start + length)..]).ToArray(), shape);
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex Shape();
}
