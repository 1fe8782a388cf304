using BioDL.Core.Images;

namespace BioDL.Tests.Training;

/// <summary>An image in managed memory, as a host has it: t, z, c, y, x.</summary>
internal sealed unsafe class MemoryImage : IPlanes
{
    private readonly byte[] _bytes;
    private readonly long _plane;
    private int _locks;

    private MemoryImage(byte[] bytes, PixelType type, int[] shape)
    {
        (_bytes, _plane) = (bytes, (long)shape[3] * shape[4] * type.Size());
        View = new ImageView
        {
            Type = type, Frames = shape[0], Slices = shape[1], Channels = shape[2], Height = shape[3], Width = shape[4],
            RowStride = (long)shape[4] * type.Size(), PixelStride = type.Size(), Planes = this,
        };
        _pin = System.Runtime.InteropServices.GCHandle.Alloc(bytes, System.Runtime.InteropServices.GCHandleType.Pinned);
    }

    private readonly System.Runtime.InteropServices.GCHandle _pin;

    public ImageView View { get; }

    /// <summary>Planes that were locked so far.</summary>
    public int Locks => _locks;

    public static ImageView Of<T>(T[] values, params int[] shape)
        where T : unmanaged
    {
        // Not by the arrays' types: to the runtime an int[] is a uint[], too.
        PixelType type = typeof(T) == typeof(byte) ? PixelType.UInt8 : typeof(T) == typeof(ushort) ? PixelType.UInt16
            : typeof(T) == typeof(uint) ? PixelType.UInt32 : typeof(T) == typeof(int) ? PixelType.Argb32 : PixelType.Float32;
        int[] full = [.. Enumerable.Repeat(1, 5 - shape.Length), .. shape];
        return new MemoryImage(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(values).ToArray(), type, full).View;
    }

    public byte* Lock(long plane)
    {
        _locks++;
        return (byte*)_pin.AddrOfPinnedObject() + plane * _plane;
    }

    public void Unlock(long plane, byte* start, bool written)
    {
        if (written)
            throw new InvalidOperationException("an input was written to");
    }

    ~MemoryImage() => _pin.Free();
}
