using System.IO.Hashing;
using System.Numerics;

namespace BioDL.TensorFlow.Variables;

/// <summary>
/// The CRC with Castagnoli's polynomial as LevelDB's table format stores it: turned by 15 bits and moved by a constant, so that the
/// checksum of data
/// that holds checksums stays a good one.
/// </summary>
internal static class MaskedChecksum
{
    public static uint Of(ReadOnlySpan<byte> data) =>
        BitOperations.RotateRight(Crc32.HashToUInt32(Crc32ParameterSet.Crc32C, data), 15) + 0xa282ead8;
}
