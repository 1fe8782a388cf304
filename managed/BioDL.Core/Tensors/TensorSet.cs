namespace BioDL.Core.Tensors;

/// <summary>
/// The tensors of one call, by number; each comes into being when it is first asked for. They go to a pool, since fresh memory costs more
/// than
/// filling it (40 MB for a tile of 1024 pixels, that is 10,000 page faults, a tenth of the network's time); the pool is bounded, and
/// empties
/// when nobody has come for a moment.
/// </summary>
/// <param name="memory">where they lie; null: in memory of this process</param>
internal sealed class TensorSet(ITensorMemory? memory)
{
    private const long MostBytes = 512 << 20;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private static readonly Lock Pool = new();
    private static readonly List<TensorSet> Waiting = [];
    private static Timer? _empty;

    private readonly List<Tensor> _tensors = [];

    public Tensor this[int index]
    {
        get
        {
            while (_tensors.Count <= index)
                _tensors.Add(new Tensor(Memory));
            return _tensors[index];
        }
    }

    /// <summary>Where they lie; null: in memory of this process.</summary>
    public ITensorMemory? Memory { get; } = memory;

    private long Bytes => _tensors.Sum(tensor => tensor.Bytes);

    /// <param name="memory">where the network wants its tensors; see <see cref="Running.INetwork.TensorMemory"/></param>
    public static TensorSet Rent(ITensorMemory? memory = null)
    {
        lock (Pool)
        {
            int last = Waiting.FindLastIndex(tensors => tensors.Memory == memory);
            if (last < 0)
                return new TensorSet(memory);
            TensorSet found = Waiting[last];
            Waiting.RemoveAt(last);
            return found;
        }
    }

    public void Return()
    {
        lock (Pool)
        {
            if (Bytes + Waiting.Sum(tensors => tensors.Bytes) <= MostBytes)
            {
                Waiting.Add(this);
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
            Waiting.ForEach(tensors => tensors.Free());
            Waiting.Clear();
        }
    }

    /// <summary>Give the memory back; the next use takes it anew.</summary>
    public void Free()
    {
        foreach (Tensor tensor in _tensors)
            tensor.Dispose();
    }
}
