using System.Buffers.Binary;

namespace BioDL.Models.Files;

/// <summary>
/// The record at a zip file's end (PKWARE APPNOTE 4.3.16 and 4.3.14), read for its number of entries before memory is taken for each of
/// them.
/// </summary>
internal static class ZipEnd
{
    private const uint Signature = 0x06054b50, Signature64 = 0x06064b50, Locator64 = 0x07064b50;
    private const int Size = 22, LocatorSize = 20, Comment = 65535;

    /// <summary>Entries that the zip file announces; 0 when it has no such record, which whoever reads it will say.</summary>
    public static long Entries(Stream zip)
    {
        int length = (int)Math.Min(zip.Length, Size + LocatorSize + Comment);
        byte[] tail = new byte[length];
        zip.Position = zip.Length - length;
        zip.ReadExactly(tail);
        for (int at = length - Size; at >= 0; at--)
        {
            if (U32(tail, at) != Signature)
                continue;
            int entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
            return entries == ushort.MaxValue && at >= LocatorSize && U32(tail, at - LocatorSize) == Locator64
                ? Entries64(zip, BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - LocatorSize + 8))) : entries;
        }
        return 0;
    }

    private static long Entries64(Stream zip, long offset)
    {
        Span<byte> record = stackalloc byte[40];
        if (offset < 0 || offset > zip.Length - record.Length)
            return 0;
        zip.Position = offset;
        zip.ReadExactly(record);
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != Signature64)
            return 0;
        ulong entries = BinaryPrimitives.ReadUInt64LittleEndian(record[32..]);
        return entries > long.MaxValue ? long.MaxValue : (long)entries;
    }

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
