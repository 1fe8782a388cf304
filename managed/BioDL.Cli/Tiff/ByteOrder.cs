using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BioDL.Cli.Tiff;

/// <summary>Samples of the other byte order become this machine's.</summary>
internal static unsafe class ByteOrder
{
    internal static void Swap(byte* data, long bytes, int bits)
    {
        const int Piece = 1 << 26;
        for (long done = 0; done < bytes; done += Piece)
        {
            var piece = new Span<byte>(data + done, (int)Math.Min(Piece, bytes - done));
            if (bits == 16)
                Swap16(MemoryMarshal.Cast<byte, ushort>(piece));
            else if (bits == 32)
                Swap32(MemoryMarshal.Cast<byte, uint>(piece));
            else if (bits == 64)
                Swap64(MemoryMarshal.Cast<byte, ulong>(piece));
        }
    }

    private static void Swap16(Span<ushort> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Swap32(Span<uint> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Swap64(Span<ulong> values) => BinaryPrimitives.ReverseEndianness(values, values);
}
