using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace BioDL.Conformance;

/// <summary>Reads the arrays of a NumPy .npz archive: a zip of .npy files, little-endian, C order.</summary>
internal sealed partial class NpzFile(string path)
{
    /// <summary>An array's values in C order, and its shape.</summary>
    public (T[] Values, int[] Shape) Read<T>(string name)
        where T : unmanaged
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        ZipArchiveEntry entry = archive.GetEntry(name + ".npy") ?? throw new InvalidDataException($"{path} has no array {name}");
        using var memory = new MemoryStream();
        using (Stream stream = entry.Open())
            stream.CopyTo(memory);
        ReadOnlySpan<byte> bytes = memory.ToArray();
        int headerStart = bytes[6] == 1 ? 10 : 12;
        int headerLength = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            : BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        string header = Encoding.ASCII.GetString(bytes.Slice(headerStart, headerLength));
        if (!header.Contains($"'{TypeCode<T>()}'", StringComparison.Ordinal) || header.Contains("'fortran_order': True",
            StringComparison.Ordinal))
            throw new InvalidDataException($"{path}, {name}: {header} is not an array of {typeof(T).Name} in C order");
        int[] shape = [.. ShapePattern().Match(header).Groups[1].Value.Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(int.Parse)];
        return (MemoryMarshal.Cast<byte, T>(bytes[(headerStart + headerLength)..]).ToArray(), shape);
    }

    private static string TypeCode<T>() => typeof(T) == typeof(float) ? "<f4" : typeof(T) == typeof(ushort) ? "<u2"
        : typeof(T) == typeof(byte) ? "|u1" :
        throw new NotSupportedException(typeof(T).Name);

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
