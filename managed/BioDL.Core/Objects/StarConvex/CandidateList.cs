namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Candidates as a structure of arrays, in chunks: growing never copies what is there, so a million candidates of 32 rays take their 140 MB
/// and no more. One thread at a time may add; any number may read.
/// </summary>
/// <param name="rays">distances of each candidate</param>
public sealed class CandidateList(int rays)
{
    private const int ChunkBits = 11;
    private const int ChunkSize = 1 << ChunkBits;
    private const int ChunkMask = ChunkSize - 1;

    private readonly List<Chunk> _chunks = [];

    public int Rays { get; } = rays;

    public int Count { get; private set; }

    /// <summary>Of the point it was predicted from, in pixels.</summary>
    public float Y(int index) => _chunks[index >> ChunkBits].Y[index & ChunkMask];

    /// <summary>Of the point it was predicted from, in pixels.</summary>
    public float X(int index) => _chunks[index >> ChunkBits].X[index & ChunkMask];

    public float Probability(int index) => _chunks[index >> ChunkBits].Probability[index & ChunkMask];

    /// <summary>Of the object, from 1; 0: the background is likelier than any, or the network knows no classes.</summary>
    public int Class(int index) => _chunks[index >> ChunkBits].Class[index & ChunkMask];

    /// <summary>In pixels, ray 0 first.</summary>
    public ReadOnlySpan<float> Distances(int index) =>
        _chunks[index >> ChunkBits].Distances.AsSpan((index & ChunkMask) * Rays, Rays);

    /// <summary>Add one candidate; the caller fills in the distances that are returned, in pixels.</summary>
    public Span<float> Add(float y, float x, float probability)
    {
        int offset = Count & ChunkMask;
        if (Count >> ChunkBits == _chunks.Count)
            _chunks.Add(new Chunk(Rays));
        Chunk chunk = _chunks[Count >> ChunkBits];
        (chunk.Y[offset], chunk.X[offset], chunk.Probability[offset], chunk.Class[offset]) = (y, x, probability, 0);
        Count = checked(Count + 1);
        return chunk.Distances.AsSpan(offset * Rays, Rays);
    }

    /// <summary>Add one candidate; <paramref name="distances"/> holds one a ray, in pixels.</summary>
    public void Add(float y, float x, float probability, ReadOnlySpan<float> distances) => distances.CopyTo(Add(y, x, probability));

    /// <summary>Add one of another list.</summary>
    public void Add(CandidateList other, int index)
    {
        Add(other.Y(index), other.X(index), other.Probability(index), other.Distances(index));
        SetClass(Count - 1, other.Class(index));
    }

    /// <summary>Add all of another list, such as that of one tile.</summary>
    public void AddRange(CandidateList other)
    {
        for (int i = 0; i < other.Count; i++)
            Add(other, i);
    }

    /// <summary>Some of the candidates, in their order.</summary>
    public CandidateList Where(Func<int, bool> wanted)
    {
        var some = new CandidateList(Rays);
        for (int i = 0; i < Count; i++)
            if (wanted(i))
                some.Add(this, i);
        return some;
    }

    /// <summary>Forget all candidates, but keep their memory for the next.</summary>
    public void Clear() => Count = 0;

    /// <summary>Forget all candidates and their memory.</summary>
    public void Free()
    {
        _chunks.Clear();
        Count = 0;
    }

    /// <summary>The distances of the last candidates, to be filled in when all of a row are known.</summary>
    internal Span<float> DistancesToFill(int index) => _chunks[index >> ChunkBits].Distances.AsSpan((index & ChunkMask) * Rays, Rays);

    internal void SetClass(int index, int number) => _chunks[index >> ChunkBits].Class[index & ChunkMask] = checked((ushort)number);

    private sealed class Chunk(int rays)
    {
        public readonly float[] Y = GC.AllocateUninitializedArray<float>(ChunkSize);
        public readonly float[] X = GC.AllocateUninitializedArray<float>(ChunkSize);
        public readonly float[] Probability = GC.AllocateUninitializedArray<float>(ChunkSize);
        public readonly ushort[] Class = GC.AllocateUninitializedArray<ushort>(ChunkSize);
        public readonly float[] Distances = GC.AllocateUninitializedArray<float>(checked(ChunkSize * rays));
    }
}
