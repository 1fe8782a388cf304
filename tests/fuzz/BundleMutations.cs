using System.Buffers.Binary;

namespace BioDL.Fuzz;

/// <summary>
/// Changes of TensorFlow's variables.index (an SSTable, as LevelDB's table format describes it) that give the changed block its right
/// checksum again,
/// so that what reads behind the checksum is reached.
/// </summary>
internal static class BundleMutations
{
    private const int FooterSize = 48;

    internal static byte[] Apply(byte[] index, Random random)
    {
        if (index.Length < FooterSize + 16 || random.Next(4) == 0)
            return ByteMutations.Apply(index, random);
        byte[] bytes = [.. index];
        int at = bytes.Length - FooterSize;
        if (!Varint(bytes, ref at, out long metaOffset) || !Varint(bytes, ref at, out _) || !Varint(bytes, ref at, out long indexOffset)
            || !Varint(bytes, ref at, out long indexSize))
            return ByteMutations.Apply(index, random);
        // One data block lies before the block of meta blocks; each is followed by a byte for its compression and four for its checksum.
        (long offset, long size) = random.Next(3) == 0 ? (indexOffset, indexSize) : (0, metaOffset - 5);
        if (offset < 0 || size < 1 || offset + size + 5 > bytes.Length)
            return ByteMutations.Apply(index, random);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int place = (int)(offset + random.NextInt64(size));
            bytes[place] = random.Next(3) switch
            {
                0 => (byte)(bytes[place] ^ 1 << random.Next(8)),
                1 => (byte)random.Next(256),
                _ => random.Next(2) == 0 ? (byte)0 : (byte)255
            };
        }
        if (random.Next(8) == 0)
            bytes[offset + size] = (byte)random.Next(3);
        uint crc = Castagnoli(bytes.AsSpan((int)offset, (int)size + 1));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((int)(offset + size + 1)), (crc >> 15 | crc << 17) + 0xa282ead8u);
        return bytes;
    }

    private static uint Castagnoli(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
            crc = System.Numerics.BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    private static bool Varint(byte[] bytes, ref int at, out long value)
    {
        value = 0;
        for (int shift = 0; shift < 63 && at < bytes.Length; shift += 7)
        {
            byte part = bytes[at++];
            value |= (long)(part & 127) << shift;
            if (part < 128)
                return true;
        }
        return false;
    }
}
