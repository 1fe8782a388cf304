using System.Runtime.InteropServices;
using BioDL.Core.Images;

namespace BioDL.Tests.Road;

/// <summary>An image of any type, axes and strides in memory of its own, with the plain value of each pixel.</summary>
internal sealed unsafe class Picture : IDisposable
{
    private readonly byte* _memory;
    private readonly long _bytes;

    /// <param name="type">of the pixels</param>
    /// <param name="shape">T, Z, C, Y, X; packed RGB has C 1</param>
    /// <param name="gap">pixels from one to the next along X</param>
    /// <param name="upsideDown">rows lie from the last to the first</param>
    public Picture(PixelType type, (int T, int Z, int C, int Y, int X) shape, int gap = 1, bool upsideDown = false)
    {
        long pixel = type.Size() * gap, row = pixel * shape.X + 4, plane = row * shape.Y;
        _bytes = plane * shape.T * shape.Z * shape.C;
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)_bytes);
        View = new ImageView
        {
            Type = type, Frames = shape.T, Slices = shape.Z, Channels = shape.C, Height = shape.Y, Width = shape.X,
            RowStride = upsideDown ? -row : row, PixelStride = pixel, Offset = upsideDown ? row * (shape.Y - 1) : 0,
            Planes = new FixedPlanes(_memory, shape.Z, shape.C, plane * shape.C * shape.Z, plane * shape.C, plane),
        };
    }

    public ImageView View { get; }

    /// <summary>Smooth in places, with noise: values of the type's whole range, 0 to 1000 for float.</summary>
    public static Picture Random(PixelType type, (int T, int Z, int C, int Y, int X) shape, int seed = 1, int gap = 1,
        bool upsideDown = false)
    {
        var picture = new Picture(type, shape, gap, upsideDown);
        var random = new Random(seed);
        for (int t = 0; t < shape.T; t++)
            for (int z = 0; z < shape.Z; z++)
                for (int c = 0; c < shape.C; c++)
                    for (int y = 0; y < shape.Y; y++)
                        for (int x = 0; x < shape.X; x++)
                            picture.Set(t, z, c, y, x, random);
        return picture;
    }

    private void Set(int t, int z, int c, int y, int x, Random random)
    {
        byte* pixel = At(t, z, c, y, x);
        switch (View.Type)
        {
            case PixelType.UInt8: *pixel = (byte)random.Next(256); break;
            case PixelType.UInt16: *(ushort*)pixel = (ushort)random.Next(100, 4000); break;
            case PixelType.Argb32: *(uint*)pixel = (uint)random.NextInt64(1L << 32); break;
            default: *(float*)pixel = random.NextSingle() * 1000 - 100; break;
        }
    }

    public byte* At(int t, int z, int c, int y, int x)
    {
        using PlaneLock plane = View.Lock(View.PlaneNumber(t, z, c));
        return plane.Pixel(y, x);
    }

    /// <summary>The value of a logical channel.</summary>
    public double Value(int t, int z, int c, int y, int x)
    {
        byte* pixel = View.Type == PixelType.Argb32 ? At(t, z, 0, y, x) : At(t, z, c, y, x);
        return View.Type switch
        {
            PixelType.UInt8 => *pixel,
            PixelType.UInt16 => *(ushort*)pixel,
            PixelType.UInt32 => *(uint*)pixel,
            PixelType.Argb32 => *(uint*)pixel >> (16 - 8 * c) & 0xff,
            _ => (double)*(float*)pixel,
        };
    }

    /// <summary>One stack as a field; a plane where <paramref name="slice"/> says which.</summary>
    public Field Field(int t, int? slice, params int[] channels) =>
        Road.Field.Make(channels.Length, slice is null ? View.Slices : 1, View.Height, View.Width,
        (c, z, y, x) => (float)Value(t, slice ?? z, channels[c], y, x));

    public Span<byte> Bytes => new(_memory, checked((int)_bytes));

    public void Dispose() => NativeMemory.Free(_memory);
}

internal static class Compare
{
    /// <summary>The image's channels from <paramref name="channel"/> on equal the field, within a part of its largest value.</summary>
    public static void Equal(Field expected, Picture actual, int t, int slice, int channel, double tolerance = 1e-6)
    {
        float largest = 1;
        foreach (float value in expected.Values)
            largest = Math.Max(largest, Math.Abs(value));
        for (int c = 0; c < expected.C; c++)
            for (int z = 0; z < expected.Z; z++)
                for (int y = 0; y < expected.Y; y++)
                    for (int x = 0; x < expected.X; x++)
                        if (!(Math.Abs(expected[c, z, y, x] - actual.Value(t, slice + z, channel + c, y, x)) <= tolerance * largest))
                            Assert.Fail($"{actual.Value(t, slice + z, channel + c, y, x)} instead of {expected[c, z, y, x]} at t {t}, z "
                                + $"{slice + z}, c {channel + c}, y {y}, x {x}");
    }
}
