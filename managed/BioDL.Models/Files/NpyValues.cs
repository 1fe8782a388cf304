using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BioDL.Core.Images;

namespace BioDL.Models.Files;

/// <summary>From the values of a .npy file to those of an image, a piece at a time.</summary>
internal static unsafe class NpyValues
{
    private const int Piece = 1 << 16;

    /// <summary>What a type of the file becomes in memory.</summary>
    public static PixelType TypeOf(string dataType) => dataType switch
    {
        "bool" or "uint8" => PixelType.UInt8,
        "uint16" => PixelType.UInt16,
        _ => PixelType.Float32,
    };

    /// <exception cref="Core.BioDLException"><see cref="Core.Status.ModelInvalid"/>: the stream ends before the last value.</exception>
    public static void Read(Stream stream, NpyHeader header, byte* into, long count, string name)
    {
        int size = header.ItemSize, target = TypeOf(header.DataType).Size();
        byte[] buffer = new byte[Piece];
        for (long done = 0; done < count;)
        {
            int values = (int)Math.Min(Piece / size, count - done);
            Span<byte> bytes = buffer.AsSpan(0, values * size);
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw NpyHeader.Invalid(name, $"it ends before the last of its {NpyArray.ShapeText(header.Shape)} values");
            if (header.BigEndian == BitConverter.IsLittleEndian)
                Swap(bytes, size);
            Convert(bytes, header.DataType, into + done * target);
            done += values;
        }
    }

    private static void Swap(Span<byte> bytes, int size)
    {
        if (size == 2)
            Reverse(MemoryMarshal.Cast<byte, ushort>(bytes));
        else if (size == 4)
            Reverse(MemoryMarshal.Cast<byte, uint>(bytes));
        else if (size == 8)
            Reverse(MemoryMarshal.Cast<byte, ulong>(bytes));
    }

    private static void Reverse(Span<ushort> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Reverse(Span<uint> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Reverse(Span<ulong> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Convert(Span<byte> bytes, string dataType, byte* into)
    {
        switch (dataType)
        {
            case "bool":
                for (int i = 0; i < bytes.Length; i++)
                    into[i] = bytes[i] == 0 ? (byte)0 : (byte)1;
                break;
            case "uint8" or "uint16" or "float32": bytes.CopyTo(new Span<byte>(into, bytes.Length)); break;
            case "int8": ToFloat<sbyte>(bytes, (float*)into); break;
            case "int16": ToFloat<short>(bytes, (float*)into); break;
            case "int32": ToFloat<int>(bytes, (float*)into); break;
            case "int64": ToFloat<long>(bytes, (float*)into); break;
            case "uint32": ToFloat<uint>(bytes, (float*)into); break;
            case "uint64": ToFloat<ulong>(bytes, (float*)into); break;
            case "float16": ToFloat<Half>(bytes, (float*)into); break;
            case "float64": ToFloat<double>(bytes, (float*)into); break;
            default: throw new ArgumentOutOfRangeException(nameof(dataType), dataType, "not a type of .npy files");
        }
    }

    private static void ToFloat<T>(Span<byte> bytes, float* into) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        foreach (T value in MemoryMarshal.Cast<byte, T>(bytes))
            *into++ = float.CreateTruncating(value);
    }
}
