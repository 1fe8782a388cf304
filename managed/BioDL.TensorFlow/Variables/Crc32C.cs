using System.Buffers.Binary;
using System.Numerics;

namespace BioDL.TensorFlow.Variables;

/// <summary>
/// The CRC with Castagnoli's polynomial (RFC 3720, appendix B.4) as LevelDB's table format stores it: turned by 15 bits and moved by a
/// constant, so that the checksum of data that holds checksums stays a good one.
/// </summary>
internal static class Crc32C
{
    private const uint MaskDelta = 0xa282ead8;

    public static uint Of(ReadOnlySpan<byte> data, uint crc = 0)
    {
        crc = ~crc;
        for (; data.Length >= 8; data = data[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (byte value in data)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    public static uint Masked(uint crc) => BitOperations.RotateRight(crc, 15) + MaskDelta;
}
