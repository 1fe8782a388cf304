using System.Collections.Concurrent;
using BioDL.Core.Tensors;

namespace BioDL.Core.Segmentation;

/// <summary>The tensors of one worker. They go back to a small pool, so that a call on a small image allocates none.</summary>
internal sealed class TileTensors
{
    /// <summary>Sets that are kept, and floats that a kept one may hold (16 MiB): a pool must not hoard the memory of large tiles.</summary>
    private const int Kept = 4;
    private const long KeptValues = 4 << 20;

    private static readonly ConcurrentBag<TileTensors> Idle = [];

    private long _values;

    /// <summary>(1, C, h, w)</summary>
    public Tensor Input { get; } = new();

    /// <summary>(1, 1, h / grid, w / grid)</summary>
    public Tensor Prob { get; } = new();

    /// <summary>(1, rays, h / grid, w / grid)</summary>
    public Tensor Dist { get; } = new();

    public static TileTensors Rent() => Idle.TryTake(out TileTensors? tensors) ? tensors : new TileTensors();

    public void Return()
    {
        _values = Math.Max(_values, Input.Count + Prob.Count + Dist.Count);
        if (_values <= KeptValues && Idle.Count < Kept)
        {
            Idle.Add(this);
            return;
        }
        Input.Dispose();
        Prob.Dispose();
        Dist.Dispose();
    }
}
