using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BioDL.Core.Road.Passes;

/// <summary>Stores whole numbers from 0 to <see cref="Max"/> as pixels: one (the definition), or 32 at a time.</summary>
internal unsafe interface IPixelStore
{
    /// <summary>Bytes of a pixel.</summary>
    static abstract int Size { get; }

    static abstract float Max { get; }

    static abstract void One(byte* pixel, float value);

    static abstract void Many(byte* pixel, Vector256<uint> first, Vector256<uint> second, Vector256<uint> third, Vector256<uint> fourth);
}

internal readonly unsafe struct ByteStore : IPixelStore
{
    public static int Size => 1;

    public static float Max => byte.MaxValue;

    public static void One(byte* pixel, float value) => *pixel = (byte)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Many(byte* pixel, Vector256<uint> first, Vector256<uint> second, Vector256<uint> third, Vector256<uint> fourth) =>
        Vector256.Narrow(Vector256.Narrow(first, second), Vector256.Narrow(third, fourth)).Store(pixel);
}

internal readonly unsafe struct UShortStore : IPixelStore
{
    public static int Size => 2;

    public static float Max => ushort.MaxValue;

    public static void One(byte* pixel, float value) => *(ushort*)pixel = (ushort)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Many(byte* pixel, Vector256<uint> first, Vector256<uint> second, Vector256<uint> third, Vector256<uint> fourth)
    {
        Vector256.Narrow(first, second).Store((ushort*)pixel);
        Vector256.Narrow(third, fourth).Store((ushort*)pixel + 16);
    }
}
