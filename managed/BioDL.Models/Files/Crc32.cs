using System.Buffers.Binary;

namespace BioDL.Models.Files;

/// <summary>The checksum of zip files: CRC-32 of ISO 3309, polynomial 0xEDB88320, eight bytes a step (Kounavis and Berry, 2005).</summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = Make();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        uint[][] t = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc, high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[7][low & 255] ^ t[6][low >> 8 & 255] ^ t[5][low >> 16 & 255] ^ t[4][low >> 24]
                ^ t[3][high & 255] ^ t[2][high >> 8 & 255] ^ t[1][high >> 16 & 255] ^ t[0][high >> 24];
        }
        foreach (byte value in bytes)
            crc = t[0][(crc ^ value) & 255] ^ crc >> 8;
        return ~crc;
    }

    private static uint[][] Make()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
            tables[0][i] = crc;
        }
        for (int table = 1; table < 8; table++)
            for (int i = 0; i < 256; i++)
                tables[table][i] = tables[0][tables[table - 1][i] & 255] ^ tables[table - 1][i] >> 8;
        return tables;
    }
}
