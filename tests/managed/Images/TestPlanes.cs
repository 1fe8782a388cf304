using System.Runtime.InteropServices;
using BioDL.Core.Images;

namespace BioDL.Tests.Images;

/// <summary>
/// Planes that watch how they are locked: on one thread, one at a time, and each released. A released plane's memory is filled with
/// rubbish, so that a late read shows in the result.
/// </summary>
internal sealed unsafe class TestPlanes : IPlanes, IDisposable
{
    private readonly byte[][] _planes;
    private readonly byte* _memory;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _locked = -1;

    public TestPlanes(byte[][] planes)
    {
        _planes = planes;
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)planes.Max(plane => plane.Length));
    }

    /// <summary>How often each plane was locked.</summary>
    public Dictionary<long, int> Locks { get; } = [];

    public bool AnyLocked => _locked >= 0;

    /// <summary>The lock that fails, counted from 0; -1: none.</summary>
    public int FailAt { get; init; } = -1;

    public byte* Lock(long plane)
    {
        Assert.Equal(_thread, Environment.CurrentManagedThreadId);
        Assert.Equal(-1, _locked);
        if (Locks.Values.Sum() == FailAt)
            throw new BioDL.Core.BioDLException(BioDL.Core.Status.Host, "the host closed the image");
        Locks[plane] = Locks.GetValueOrDefault(plane) + 1;
        _locked = plane;
        _planes[plane].CopyTo(new Span<byte>(_memory, _planes[plane].Length));
        return _memory;
    }

    public void Unlock(long plane, byte* start, bool written)
    {
        Assert.Equal(_thread, Environment.CurrentManagedThreadId);
        Assert.Equal(_locked, plane);
        Assert.True(start == _memory);
        Assert.False(written, "an input was written to");
        _locked = -1;
        new Span<byte>(_memory, _planes[plane].Length).Fill(0x5a);
    }

    public void Dispose() => NativeMemory.Free(_memory);
}

/// <summary>Random images in every type and layout.</summary>
internal static class TestImage
{
    public static readonly PixelType[] InputTypes = [PixelType.UInt8, PixelType.UInt16, PixelType.Float32, PixelType.Argb32];

    /// <summary>
    /// A view whose pixels lie <paramref name="gap"/> pixels apart, forwards or backwards, with unused bytes at the ends of rows.
    /// </summary>
    public static ImageView Random(Random random, PixelType type, int height, int width, int gap = 1,
        bool backwards = false, int channels = 1)
    {
        int size = type.Size();
        long pixel = (long)size * gap, row = pixel * width + size * (gap - 1);
        var planes = new byte[channels][];
        for (int c = 0; c < channels; c++)
        {
            planes[c] = new byte[row * height + size];
            random.NextBytes(planes[c]);
        }
        return new ImageView
        {
            Type = type, Height = height, Width = width, Channels = channels,
            RowStride = backwards ? -row : row, PixelStride = backwards ? -pixel : pixel,
            Offset = backwards ? row * (height - 1) + pixel * (width - 1) : 0,
            Planes = new TestPlanes(planes),
        };
    }

    /// <summary>A contiguous view of values.</summary>
    public static ImageView Of<T>(T[] values, PixelType type, int height, int width) where T : unmanaged => new()
    {
        Type = type, Height = height, Width = width, PixelStride = type.Size(), RowStride = (long)type.Size() * width,
        Planes = new TestPlanes([MemoryMarshal.AsBytes(values.AsSpan()).ToArray()]),
    };

    /// <summary>All values of a part of one plane, row by row.</summary>
    public static unsafe float[] Values(ImageView view, InputChannel channel)
    {
        var values = new float[view.PixelsPerPlane];
        using var plane = view.Lock(view.PlaneNumber(0, 0, channel.Channel));
        for (int y = 0; y < view.Height; y++)
            for (int x = 0; x < view.Width; x++)
                values[(long)y * view.Width + x] = PixelValue.Read(plane.Pixel(y, x), view.Type, channel.Part);
        return values;
    }
}
