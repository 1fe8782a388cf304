namespace BioDL.Core.Tensors;

/// <summary>
/// Float32 values in native memory, aligned to 64 bytes, row-major. Reused from tile to tile: <see cref="Reshape"/> allocates only to grow.
/// </summary>
/// <param name="memory">where it lies; null: in memory of this process</param>
public sealed unsafe class Tensor(ITensorMemory? memory = null) : IDisposable
{
    private readonly ITensorMemory _memory = memory ?? OwnMemory.Instance;
    private nuint _capacity;

    /// <summary>The first value; null before the first <see cref="Reshape"/>.</summary>
    public float* Data { get; private set; }

    /// <summary>Sizes, outermost first, such as (1, C, Y, X).</summary>
    public long[] Shape { get; private set; } = [0];

    public long Count { get; private set; }

    /// <summary>Memory taken, which may be more than <see cref="Count"/> asks for.</summary>
    public long Bytes => (long)_capacity;

    /// <summary>Give the tensor a shape; the values are undefined afterwards.</summary>
    public void Reshape(params ReadOnlySpan<long> shape)
    {
        if (!shape.SequenceEqual(Shape))
            Shape = shape.ToArray();
        Int128 count = 1;
        foreach (long size in shape)
            count = size < 0 || count > long.MaxValue ? Int128.MaxValue / 2 : count * size;
        if (count > long.MaxValue / sizeof(float))
            throw new OutOfMemoryException($"There is no memory for a tensor of {string.Join(" x ", Shape)} values.");
        Count = (long)count;
        nuint bytes = (nuint)Count * sizeof(float);
        if (bytes <= _capacity)
            return;
        Free();
        Data = (float*)_memory.Allocate(bytes);
        _capacity = bytes;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    ~Tensor() => Free();

    private void Free()
    {
        _memory.Free(Data);
        Data = null;
        _capacity = 0;
    }
}
