using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Native.Interop;

/// <summary>Planes in memory that may move: the host's lock and unlock callbacks.</summary>
internal sealed unsafe class CallbackPlanes(in ImageStruct image) : IPlanes
{
    private readonly delegate* unmanaged[Cdecl]<void*, long, void*> _lock = image.Lock;
    private readonly delegate* unmanaged[Cdecl]<void*, long, void*, int, void> _unlock = image.Unlock;
    private readonly void* _userData = image.UserData;

    public byte* Lock(long plane)
    {
        byte* start = (byte*)_lock(_userData, plane);
        if (start == null)
            throw new BioDLException(Status.Host, $"the host could not lock plane {plane}", "the image may have been closed or changed");
        return start;
    }

    public void Unlock(long plane, byte* start, bool written) => _unlock(_userData, plane, start, written ? 1 : 0);
}
