using BioDL.Core.Tensors;

namespace BioDL.Core.Segmentation;

/// <summary>
/// The tensors of one worker. They go to a pool, since fresh memory costs more than filling it (40 MB for a tile of 1024 pixels, that is 10,000
/// page faults, a tenth of the network's time); the pool is bounded, and empties when nobody has come for a moment.
/// </summary>
internal sealed class TileTensors
{
    private const long MostBytes = 512 << 20;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private static readonly Lock Pool = new();
    private static readonly Stack<TileTensors> Waiting = [];
    private static Timer? _empty;

    /// <summary>(1, C, h, w)</summary>
    public Tensor Input { get; } = new();

    /// <summary>(1, 1, h / grid, w / grid)</summary>
    public Tensor Prob { get; } = new();

    /// <summary>(1, rays, h / grid, w / grid)</summary>
    public Tensor Dist { get; } = new();

    private long Bytes => sizeof(float) * (Input.Count + Prob.Count + Dist.Count);

    public static TileTensors Rent()
    {
        lock (Pool)
            return Waiting.TryPop(out TileTensors? tensors) ? tensors : new TileTensors();
    }

    public void Return()
    {
        lock (Pool)
        {
            if (Bytes + Waiting.Sum(tensors => tensors.Bytes) <= MostBytes)
            {
                Waiting.Push(this);
                (_empty ??= new Timer(_ => Empty())).Change(Idle, Timeout.InfiniteTimeSpan);
                return;
            }
        }
        Free();
    }

    private static void Empty()
    {
        lock (Pool)
        {
            while (Waiting.TryPop(out TileTensors? tensors))
                tensors.Free();
        }
    }

    /// <summary>Give the memory back; the next use takes it anew.</summary>
    public void Free()
    {
        Input.Dispose();
        Prob.Dispose();
        Dist.Dispose();
    }
}
