namespace BioDL.Core.Tensors;

/// <summary>
/// The tensors of one call, by number; each comes into being when it is first asked for. They go to a pool, since fresh memory costs more than
/// filling it (40 MB for a tile of 1024 pixels, that is 10,000 page faults, a tenth of the network's time); the pool is bounded, and empties
/// when nobody has come for a moment.
/// </summary>
internal sealed class TensorSet
{
    private const long MostBytes = 512 << 20;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private static readonly Lock Pool = new();
    private static readonly Stack<TensorSet> Waiting = [];
    private static Timer? _empty;

    private readonly List<Tensor> _tensors = [];

    public Tensor this[int index]
    {
        get
        {
            while (_tensors.Count <= index)
                _tensors.Add(new Tensor());
            return _tensors[index];
        }
    }

    private long Bytes => _tensors.Sum(tensor => tensor.Bytes);

    public static TensorSet Rent()
    {
        lock (Pool)
            return Waiting.TryPop(out TensorSet? tensors) ? tensors : new TensorSet();
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
            while (Waiting.TryPop(out TensorSet? tensors))
                tensors.Free();
        }
    }

    /// <summary>Give the memory back; the next use takes it anew.</summary>
    public void Free()
    {
        foreach (Tensor tensor in _tensors)
            tensor.Dispose();
    }
}
