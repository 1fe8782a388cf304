using System.Runtime.InteropServices;

namespace BioDL.Core.Normalization;

/// <summary>
/// Counts float32 values that come piece by piece into the bins of a counter, for <see cref="Percentiles.OfFloats"/>: all cores count, each
/// into bins of
/// its own.
/// </summary>
internal sealed unsafe class FloatCounts : IDisposable
{
    /// <summary>Values after which the 32-bit counters are added up, long before one could overflow.</summary>
    private const long Most = 1 << 30;

    private const int LeastOfPart = 1 << 14;

    private readonly PixelCounter _counter;
    private readonly uint* _counters;
    private readonly long _countersPerPart;
    private readonly long[] _sums;
    private long _pending;

    public FloatCounts(PixelCounter? counter)
    {
        _counter = counter ?? PixelCounter.For(Images.PixelType.Float32, Images.PixelPart.Whole);
        _countersPerPart = (long)_counter.Lanes * _counter.Bins;
        _counters = (uint*)NativeMemory.AllocZeroed((nuint)(Cores.Count * _countersPerPart), sizeof(uint));
        _sums = new long[_counter.Bins];
    }

    public void Add(float* values, int count)
    {
        int parts = Math.Clamp(count / LeastOfPart, 1, Cores.Count);
        Cores.Share(parts, part =>
        {
            int first = (int)((long)count * part / parts), end = (int)((long)count * (part + 1) / parts);
            _counter.Count((byte*)(values + first), sizeof(float), end - first, _counters + part * _countersPerPart);
        });
        _pending += count;
        if (_pending >= Most)
            Collect();
    }

    public long[] Result()
    {
        Collect();
        return _sums;
    }

    public void Dispose()
    {
        NativeMemory.Free(_counters);
        GC.SuppressFinalize(this);
    }

    ~FloatCounts() => NativeMemory.Free(_counters);

    private void Collect()
    {
        int lanes = Cores.Count * _counter.Lanes;
        for (int lane = 0; lane < lanes; lane++)
            for (int bin = 0; bin < _sums.Length; bin++)
                _sums[bin] += _counters[(long)lane * _sums.Length + bin];
        new Span<uint>(_counters, lanes * _counter.Bins).Clear();
        _pending = 0;
    }
}
