using System.Runtime.InteropServices;

namespace BioDL.Core.Normalization;

/// <summary>Counts float32 values that come piece by piece into the bins of a counter, for <see cref="Percentiles.OfFloats"/>.</summary>
internal sealed unsafe class FloatCounts : IDisposable
{
    /// <summary>Values after which the 32-bit counters are added up, long before one could overflow.</summary>
    private const long Most = 1 << 30;

    private readonly PixelCounter _counter;
    private readonly uint* _counters;
    private readonly long[] _sums;
    private long _pending;

    public FloatCounts(PixelCounter? counter)
    {
        _counter = counter ?? PixelCounter.For(Images.PixelType.Float32, Images.PixelPart.Whole);
        _counters = (uint*)NativeMemory.AllocZeroed((nuint)((long)_counter.Lanes * _counter.Bins), sizeof(uint));
        _sums = new long[_counter.Bins];
    }

    public void Add(float* values, int count)
    {
        _counter.Count((byte*)values, sizeof(float), count, _counters);
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
        for (int lane = 0; lane < _counter.Lanes; lane++)
            for (int bin = 0; bin < _sums.Length; bin++)
                _sums[bin] += _counters[(long)lane * _sums.Length + bin];
        new Span<uint>(_counters, _counter.Lanes * _counter.Bins).Clear();
        _pending = 0;
    }
}
