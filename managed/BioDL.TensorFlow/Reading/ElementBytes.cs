using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BioDL.TensorFlow.Reading;

/// <summary>Numbers of TensorFlow's types, little-endian as in its files.</summary>
internal static class ElementBytes
{
    /// <param name="type">one of the real types of <see cref="TfTypes"/></param>
    /// <param name="bytes">a whole number of values</param>
    public static float[] ToFloats(int type, ReadOnlySpan<byte> bytes)
    {
        if (type == TfTypes.Float && BitConverter.IsLittleEndian)
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        int size = TfTypes.Size(type);
        var values = new float[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)Value(type, bytes[(i * size)..]);
        return values;
    }

    public static double[] ToDoubles(int type, ReadOnlySpan<byte> bytes)
    {
        int size = TfTypes.Size(type);
        var values = new double[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
            values[i] = Value(type, bytes[(i * size)..]);
        return values;
    }

    /// <summary>A half or a bfloat16, which TensorProto keeps in integers when it lists them.</summary>
    public static double FromBits(int type, ushort bits) => type == TfTypes.BFloat16 ? BitConverter.Int32BitsToSingle(bits << 16)
        : (double)BitConverter.UInt16BitsToHalf(bits);

    private static double Value(int type, ReadOnlySpan<byte> at) => type switch
    {
        TfTypes.Float => BinaryPrimitives.ReadSingleLittleEndian(at),
        TfTypes.Double => BinaryPrimitives.ReadDoubleLittleEndian(at),
        TfTypes.Half or TfTypes.BFloat16 => FromBits(type, BinaryPrimitives.ReadUInt16LittleEndian(at)),
        TfTypes.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
        TfTypes.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
        TfTypes.Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
        TfTypes.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(at),
        TfTypes.Int16 => BinaryPrimitives.ReadInt16LittleEndian(at),
        TfTypes.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
        TfTypes.Int8 => (sbyte)at[0],
        _ => at[0],
    };
}
