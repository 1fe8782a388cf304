namespace BioDL.Core.Images;

/// <summary>
/// The memory of an image's planes, which belongs to the host. Plane <c>(t * Z + z) * C + c</c> holds the Y, X pixels of one frame, slice
/// and
/// channel. A plane is locked only while one tile is read or written: never while a network runs or the host is called back.
/// </summary>
public unsafe interface IPlanes
{
    /// <summary>Where the plane's first pixel is now; it stays there until <see cref="Unlock"/>.</summary>
    /// <exception cref="BioDLException">The host could not give the plane (<see cref="Status.Host"/>).</exception>
    byte* Lock(long plane);

    /// <param name="plane">the plane that was locked</param>
    /// <param name="start">what <see cref="Lock"/> returned</param>
    /// <param name="written">whether pixels were written</param>
    void Unlock(long plane, byte* start, bool written);
}

/// <summary>Planes in memory that does not move: a base address and byte strides over T, Z and C.</summary>
public sealed unsafe class FixedPlanes(byte* data, int slices, int channels, long frameStride, long sliceStride, long channelStride)
    : IPlanes
{
    /// <summary>Bytes from a frame, a slice and a channel to the next.</summary>
    public long FrameStride => frameStride;
    public long SliceStride => sliceStride;
    public long ChannelStride => channelStride;

    public byte* Lock(long plane)
    {
        long channel = plane % channels, slice = plane / channels % slices, frame = plane / channels / slices;
        return data + frame * frameStride + slice * sliceStride + channel * channelStride;
    }

    public void Unlock(long plane, byte* start, bool written)
    {
    }
}
