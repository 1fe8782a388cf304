using BioDL.Core.Normalization;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Passes;
using BioDL.Core.Road.Planning;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Statistics;

/// <summary>
/// An output that is kept whole until its own statistics are known: of one sample, or of all where they are taken over all. Float32, in the
/// order sample, c, z, y, x.
/// </summary>
internal sealed unsafe class KeptOutput : IDisposable
{
    private readonly OutputJob _output;
    private readonly InputStatistics _inputs;
    private readonly StatisticList _list;
    private readonly Tensor _values = new();
    private readonly List<Sample> _samples = [];

    public KeptOutput(OutputJob output, InputStatistics inputs, StatisticList list, long samples)
    {
        (_output, _inputs, _list) = (output, inputs, list);
        _values.Reshape(output.KeepsAll ? samples : 1, output.Tensor.Channels, output.Axes.Z.Count, output.Axes.Y.Count,
            output.Axes.X.Count);
    }

    /// <summary>The samples that are there.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    private long Plane => (long)_output.Axes.Y.Count * _output.Axes.X.Count;

    private long Channel => _output.Axes.Z.Count * Plane;

    /// <summary>A place for a sample; the one it had when it starts anew.</summary>
    public int Begin(Sample sample)
    {
        if (!_output.KeepsAll)
            _samples.Clear();
        if (!_samples.Contains(sample))
            _samples.Add(sample);
        return _samples.IndexOf(sample);
    }

    /// <summary>The values of a sample, from those that a tile's spans begin with.</summary>
    public ValueBlock Block(int index, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans)
    {
        float* first = At(index, 0, spans.Z.To) + (long)spans.Y.To * _output.Axes.X.Count + spans.X.To;
        return new ValueBlock((nint)first, Channel, Plane, _output.Axes.X.Count, _output.Tensor.Channels);
    }

    /// <summary>All values of a sample.</summary>
    public (OutputSpan Z, OutputSpan Y, OutputSpan X) Whole =>
        (new OutputSpan(0, 0, _output.Axes.Z.Count), new OutputSpan(0, 0, _output.Axes.Y.Count),
            new OutputSpan(0, 0, _output.Axes.X.Count));

    /// <summary>Do the rest of the postprocessing; the samples must be complete.</summary>
    public void Finish()
    {
        foreach (PixelOperation operation in _output.Tensor.Postprocessing.Skip(_output.KeptFrom!.Value))
        {
            var source = new Source(this);
            // All statistics first: they are those before this operation.
            var chains = new Dictionary<(int, int), StepChain>();
            for (int sample = 0; sample < _samples.Count; sample++)
                for (int z = 0; z < _output.Axes.Z.Count; z++)
                {
                    (source.Sample, source.Slice) = (sample, z);
                    chains[(sample, z)] = new StepChain(operation.Compile(_output.Tensor.Channels, source));
                }
            foreach (var ((sample, z), chain) in chains)
                chain.ApplyAll(At(sample, 0, z), Channel, _output.Tensor.Channels, Plane);
        }
    }

    public void Dispose() => _values.Dispose();

    private float* At(int sample, int c, int z) => _values.Data + (sample * (long)_output.Tensor.Channels + c) * Channel + z * Plane;

    /// <summary>Statistics of the values as they are now; each is taken once.</summary>
    private sealed class Source(KeptOutput kept) : IStatisticSource
    {
        private readonly Dictionary<(int, int, int, int), (double, double)> _known = [];

        public int Sample { get; set; }

        public int Slice { get; set; }

        public (double First, double Second) Take(StatisticOperation operation, Statistic statistic, int channel) =>
            statistic.Reference is null ? Value(operation, statistic, channel) : Inputs.Take(operation, statistic, channel);

        private IStatisticSource Inputs
        {
            get
            {
                Sample sample = kept._samples[Sample];
                return kept._inputs.At(-1, 0, sample with { Slice = kept._output.InputSlice(sample, Slice) });
            }
        }

        private (double, double) Value(StatisticOperation operation, Statistic statistic, int channel)
        {
            StatisticAxes over = statistic.Over;
            bool allSamples = over.HasFlag(StatisticAxes.Samples), allSlices = over.HasFlag(StatisticAxes.Slices),
                joint = over.HasFlag(StatisticAxes.Channel);
            Sample own = kept._samples[Sample];
            var key = (allSamples ? -1 : Sample, allSlices ? -1 : Slice, joint ? -1 : channel, own.Group);
            if (_known.TryGetValue(key, out (double, double) known))
                return known;
            var planes = new List<nint>();
            for (int sample = 0; sample < kept._samples.Count; sample++)
                for (int c = 0; c < kept._output.Tensor.Channels; c++)
                    for (int z = 0; z < kept._output.Axes.Z.Count; z++)
                        if ((allSamples ? kept._samples[sample].Group == own.Group : sample == Sample) && (joint || c == channel)
                            && (allSlices || z == Slice))
                            planes.Add((nint)kept.At(sample, c, z));
            (double First, double Second) value = statistic.Percentiles is { } percentiles
                ? Percentile(planes, percentiles) : Moment(planes);
            kept._list.Add(new StatisticEntry(kept._output.Tensor.Name, operation.Id, allSamples ? -1 : own.Frame,
                allSlices ? -1 : Math.Max(own.Slice, Slice),
                joint ? -1 : channel, statistic.Percentiles is not null, value.First, value.Second));
            return _known[key] = value;
        }

        private (double, double) Percentile(List<nint> planes, PercentilePair percentiles)
        {
            var (low, high, _) = Percentiles.OfFloats(counter =>
            {
                using var counts = new FloatCounts(counter);
                foreach (nint plane in planes)
                    for (long done = 0; done < kept.Plane; done += 1 << 20)
                        counts.Add((float*)plane + done, (int)Math.Min(1 << 20, kept.Plane - done));
                return counts.Result();
            }, percentiles);
            return (low, high);
        }

        private (double, double) Moment(List<nint> planes)
        {
            var moments = new Moments();
            foreach (nint plane in planes)
                for (long done = 0; done < kept.Plane; done += 1 << 20)
                    moments.Add(new ReadOnlySpan<float>((float*)plane + done, (int)Math.Min(1 << 20, kept.Plane - done)));
            return (moments.Mean, moments.Deviation);
        }
    }
}
