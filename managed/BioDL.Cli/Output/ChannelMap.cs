using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Cli.Output;

/// <summary>
/// Some channels of an image as an image of its own, in another order, and channels that go nowhere: what is written to them is one plane
/// of scratch memory for all.
/// </summary>
/// <param name="all">the planes behind it</param>
/// <param name="channels">of the image behind it</param>
/// <param name="targets">for each channel of this image that of the image behind it; -1: nowhere</param>
/// <param name="planeBytes">of a plane that goes nowhere</param>
internal sealed unsafe class ChannelMap(IPlanes all, int channels, int[] targets, long planeBytes) : IPlanes, IDisposable
{
    private readonly PlaneMemory? _scratch = targets.Contains(-1) ? new PlaneMemory(planeBytes) : null;

    /// <summary>A view through such a map.</summary>
    internal static ImageView View(ImageView view, int[] targets, out ChannelMap map)
    {
        map = new ChannelMap(view.Planes, view.Channels, targets, view.RowStride * view.Height);
        return view with { Channels = targets.Length, Planes = map };
    }

    public byte* Lock(long plane)
    {
        int target = targets[plane % targets.Length];
        return target < 0 ? _scratch!.Data : all.Lock(plane / targets.Length * channels + target);
    }

    public void Unlock(long plane, byte* start, bool written)
    {
        int target = targets[plane % targets.Length];
        if (target < 0)
            _scratch!.Release();
        else
            all.Unlock(plane / targets.Length * channels + target, start, written);
    }

    public void Dispose() => _scratch?.Dispose();
}
