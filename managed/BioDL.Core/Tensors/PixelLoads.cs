using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BioDL.Core.Images;

namespace BioDL.Core.Tensors;

/// <summary>Loads neighbouring pixels as float32: one (the definition), 4, 8 or 16 at a time.</summary>
internal unsafe interface IPixelLoad
{
    /// <summary>Bytes of a pixel.</summary>
    static abstract int Size { get; }

    static abstract float One(byte* pixel);

    static abstract Vector128<float> Four(byte* pixel);

    static abstract Vector256<float> Eight(byte* pixel);

    static abstract Vector512<float> Sixteen(byte* pixel);
}

internal readonly unsafe struct ByteLoad : IPixelLoad
{
    public static int Size => 1;

    public static float One(byte* pixel) => *pixel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(byte* pixel)
    {
        var shorts = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)pixel).AsByte());
        return Vector128.ConvertToSingle(Vector128.WidenLower(shorts).AsInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Eight(byte* pixel)
    {
        var shorts = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)pixel).AsByte());
        return Vector256.ConvertToSingle(Vector256.WidenLower(shorts.ToVector256Unsafe()).AsInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sixteen(byte* pixel)
    {
        var shorts = Vector256.WidenLower(Vector128.Load(pixel).ToVector256Unsafe());
        return Vector512.ConvertToSingle(Vector512.WidenLower(shorts.ToVector512Unsafe()).AsInt32());
    }
}

internal readonly unsafe struct UShortLoad : IPixelLoad
{
    public static int Size => 2;

    public static float One(byte* pixel) => *(ushort*)pixel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(byte* pixel) =>
        Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)pixel).AsUInt16()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Eight(byte* pixel) =>
        Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.Load((ushort*)pixel).ToVector256Unsafe()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sixteen(byte* pixel) =>
        Vector512.ConvertToSingle(Vector512.WidenLower(Vector256.Load((ushort*)pixel).ToVector512Unsafe()).AsInt32());
}

internal readonly unsafe struct FloatLoad : IPixelLoad
{
    public static int Size => 4;

    public static float One(byte* pixel) => *(float*)pixel;

    public static Vector128<float> Four(byte* pixel) => Vector128.Load((float*)pixel);

    public static Vector256<float> Eight(byte* pixel) => Vector256.Load((float*)pixel);

    public static Vector512<float> Sixteen(byte* pixel) => Vector512.Load((float*)pixel);
}

/// <summary>How far a colour's byte lies from the lowest of 0xAARRGGBB.</summary>
internal interface IColor
{
    static abstract int Shift { get; }
}

internal readonly struct RedColor : IColor
{
    public static int Shift => 16;
}

internal readonly struct GreenColor : IColor
{
    public static int Shift => 8;
}

internal readonly struct BlueColor : IColor
{
    public static int Shift => 0;
}

/// <summary>One colour of packed RGB.</summary>
internal readonly unsafe struct ColorLoad<TColor> : IPixelLoad where TColor : struct, IColor
{
    public static int Size => 4;

    public static float One(byte* pixel) => *(uint*)pixel >> TColor.Shift & 0xff;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(byte* pixel) =>
        Vector128.ConvertToSingle((Vector128.Load((int*)pixel) >>> TColor.Shift) & Vector128.Create(0xff));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Eight(byte* pixel) =>
        Vector256.ConvertToSingle((Vector256.Load((int*)pixel) >>> TColor.Shift) & Vector256.Create(0xff));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sixteen(byte* pixel) =>
        Vector512.ConvertToSingle((Vector512.Load((int*)pixel) >>> TColor.Shift) & Vector512.Create(0xff));
}

/// <summary>(r + g + b) / 3 of packed RGB; the sum is whole and exact, the division rounds once.</summary>
internal readonly unsafe struct GreyLoad : IPixelLoad
{
    public static int Size => 4;

    public static float One(byte* pixel) => PixelValue.Read(pixel, PixelType.Argb32, PixelPart.Grey);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(byte* pixel) =>
        (ColorLoad<RedColor>.Four(pixel) + ColorLoad<GreenColor>.Four(pixel) + ColorLoad<BlueColor>.Four(pixel)) / Vector128.Create(3f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Eight(byte* pixel) =>
        (ColorLoad<RedColor>.Eight(pixel) + ColorLoad<GreenColor>.Eight(pixel) + ColorLoad<BlueColor>.Eight(pixel)) / Vector256.Create(3f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sixteen(byte* pixel) =>
        (ColorLoad<RedColor>.Sixteen(pixel) + ColorLoad<GreenColor>.Sixteen(pixel) + ColorLoad<BlueColor>.Sixteen(pixel))
        / Vector512.Create(3f);
}
