using System.Runtime.InteropServices;
using BioDL.Core.Images;

namespace BioDL.Core.Normalization;

/// <summary>A plane of an image by its number, and the part of its pixels that counts.</summary>
public readonly record struct PlanePart(long Plane, PixelPart Part);

/// <summary>
/// Counts whole planes: each band is locked on the calling thread, counted by all cores, each into bins of its own, and unlocked.
/// </summary>
internal sealed unsafe class PlaneHistogram : IDisposable
{
    /// <summary>
    /// Workers take so many pixels at a time, a twentieth of a millisecond: one that starts late or is interrupted on a busy machine holds
    /// the
    /// others up, and the lock, no longer than that.
    /// </summary>
    private const int Share = 1 << 16;

    private readonly ImageView _view;
    private readonly PixelCounter _counter;
    private readonly long _countersPerWorker;
    private readonly uint* _counters;
    private long _nextShare;

    /// <summary>How many pixels fell into each bin, over the planes added so far.</summary>
    public long[] Counts { get; }

    public PlaneHistogram(ImageView view, PixelCounter counter)
    {
        (_view, _counter, Counts) = (view, counter, new long[counter.Bins]);
        _countersPerWorker = (long)counter.Lanes * counter.Bins;
        _counters = (uint*)NativeMemory.AllocZeroed((nuint)(_countersPerWorker * Cores.Count), sizeof(uint));
    }

    /// <summary>Count the pixels of several planes together.</summary>
    /// <param name="view">the image</param>
    /// <param name="parts">at least one</param>
    /// <param name="counter">null: by value, or by the upper half of the order for Float32</param>
    /// <param name="cancelled">asked between bands, while nothing is locked</param>
    public static long[] Count(ImageView view, IReadOnlyList<PlanePart> parts, PixelCounter? counter, Func<bool>? cancelled)
    {
        long[]? sum = null;
        foreach (IGrouping<PixelPart, PlanePart> group in parts.GroupBy(part => part.Part))
        {
            using var histogram = new PlaneHistogram(view, counter ?? PixelCounter.For(view.Type, group.Key));
            foreach (PlanePart part in group)
                histogram.Add(part.Plane, cancelled);
            if (sum is null)
                sum = histogram.Counts;
            else
                for (int bin = 0; bin < sum.Length; bin++)
                    sum[bin] += histogram.Counts[bin];
        }
        return sum ?? throw new ArgumentException("no plane", nameof(parts));
    }

    /// <summary>Count one plane.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/>, <see cref="Status.Host"/></exception>
    public void Add(long planeNumber, Func<bool>? cancelled)
    {
        foreach (var band in PlaneBand.Of(_view))
        {
            if (cancelled?.Invoke() == true)
                throw new BioDLException(Status.Cancelled, "The statistics were cancelled.");
            int workers = (int)Math.Clamp(band.Pixels / Share, 1, Cores.Count);
            using (var plane = _view.Lock(planeNumber))
            {
                byte* first = plane.Pixel(0, 0) + band.Start;
                _nextShare = 0;
                Cores.Share(workers, worker => CountShares(first, band, worker));
            }
            for (int worker = 0; worker < workers; worker++)
                Collect(worker);
        }
    }

    private void CountShares(byte* first, PlaneBand band, int worker)
    {
        uint* counters = _counters + worker * _countersPerWorker;
        for (long pixel; (pixel = (Interlocked.Increment(ref _nextShare) - 1) * Share) < band.Pixels;)
            CountShare(first, band, pixel, counters);
    }

    private void CountShare(byte* first, PlaneBand band, long pixel, uint* counters)
    {
        long end = Math.Min(band.Pixels, pixel + Share);
        while (pixel < end)
        {
            var (row, column) = Math.DivRem(pixel, band.Columns);
            int run = (int)Math.Min(band.Columns - column, end - pixel);
            _counter.Count(first + row * _view.RowStride + column * _view.PixelStride, _view.PixelStride, run, counters);
            pixel += run;
        }
    }

    /// <summary>Move a worker's counters into the counts, before they could overflow.</summary>
    private void Collect(int worker)
    {
        uint* counters = _counters + worker * _countersPerWorker;
        for (int lane = 0; lane < _counter.Lanes; lane++, counters += _counter.Bins)
        {
            for (int bin = 0; bin < _counter.Bins; bin++)
                Counts[bin] += counters[bin];
            new Span<uint>(counters, _counter.Bins).Clear();
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_counters);
        GC.SuppressFinalize(this);
    }

    ~PlaneHistogram() => NativeMemory.Free(_counters);
}
