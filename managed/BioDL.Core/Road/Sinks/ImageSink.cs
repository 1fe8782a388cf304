using System.Diagnostics;
using System.Globalization;
using BioDL.Core.Images;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Passes;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Statistics;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;
using BioDL.Core.Tiles;

namespace BioDL.Core.Road.Sinks;

/// <summary>Takes one output from its tiles to the caller's image: postprocessing, crop, scale back, convert.</summary>
/// <param name="index">the output's number</param>
/// <param name="view">the caller's image</param>
internal sealed unsafe class ImageSink(int index, ImageView view) : ISink
{
    /// <summary>Values that are resampled at a time: 4 MB.</summary>
    private const long ResampledValues = 1 << 20;

    private RunJob _job = null!;
    private RunState _state = null!;
    private InputStatistics _statistics = null!;
    private OutputJob _output = null!;
    private BlockWriter _writer = null!;
    private KeptOutput? _kept;
    private WriteCounts _before;
    private (long All, long Before) _inexact;
    private int _place;

    public IReadOnlyList<int> Outputs { get; } = [index];

    /// <summary>Values that could not be written as they were.</summary>
    public WriteCounts Counts { get; private set; }

    public void Open(RunContext run)
    {
        (_job, _state, _statistics, _output) = (run.Job, run.State, run.Statistics, run.Job.Outputs[index]);
        _writer = new BlockWriter(_output, view, _job.Match.Volumes);
        if (_output.KeptFrom is not null)
            _kept = new KeptOutput(_output, run.Statistics, run.Listed, _job.Match.SampleCount);
    }

    public bool Begin(Sample sample)
    {
        (_before, _inexact.Before) = (Counts, _inexact.All);
        _place = _kept?.Begin(sample) ?? 0;
        return true;
    }

    public void Restart() => (Counts, _inexact.All) = (_before, _inexact.Before);

    public bool Wants(Block block) => _job.Spans(index, block) is { Z.Count: > 0, Y.Count: > 0, X.Count: > 0 };

    public void Take(TensorBlock values, Sample sample, Block block)
    {
        long start = Stopwatch.GetTimestamp();
        var spans = _job.Spans(index, block);
        TensorSize size = values.Size(index);
        float* first = values.Tensor(index).Data + spans.Z.From * size.Plane + spans.Y.From * size.X + spans.X.From;
        var own = new ValueBlock((nint)first, size.Channel, size.Plane, size.X, (int)size.C);
        CountInexact(own, spans);
        Process(own, sample, spans);
        if (_kept is null)
            Write(own, sample, spans);
        else
            Copy(own, _kept.Block(_place, spans), spans);
        _state.Times.Write += Call.Since(start);
    }

    public bool End(Sample sample, bool last)
    {
        if (last)
        {
            _state.Report(Stage.Render);
            WarnOfInexact();
        }
        if (_kept is null || _output.KeepsAll && !last)
            return true;
        long start = Stopwatch.GetTimestamp();
        _kept.Finish();
        for (int i = 0; i < _kept.Samples.Count; i++)
            if (_output.Image is { } axes)
                WriteResampled(_kept.Block(i, _kept.Whole), _kept.Samples[i], axes);
            else
                Write(_kept.Block(i, _kept.Whole), _kept.Samples[i], _kept.Whole);
        _state.Times.Write += Call.Since(start);
        return true;
    }

    public void Tell(AccountDraft account) => account.Outputs.Add(json =>
    {
        json.WriteString("name", _output.Planned.Name);
        json.WriteNumbers("shape_tzcyx", _output.Planned.Shape);
        json.WriteString("type", view.Type.ToString());
        json.WriteNumber("value_scale", view.ValueScale);
        json.WriteNumber("value_offset", view.ValueOffset);
        json.WriteBoolean("scaled_back", _output.Restored >= 0);
        json.WriteNumber("clipped", Counts.Clipped);
        json.WriteNumber("not_finite", Counts.NotFinite);
    });

    public void Dispose() => _kept?.Dispose();

    /// <summary>The operations before any that needs the whole output, on what the tile owns.</summary>
    private void Process(ValueBlock values, Sample sample, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans)
    {
        PixelOperation[] operations = [.. _output.Tensor.Postprocessing.Take(_output.KeptFrom ?? int.MaxValue)];
        if (operations.All(operation => operation.IsNothing))
            return;
        for (int z = 0; z < spans.Z.Count; z++)
        {
            IStatisticSource source = _statistics.At(-1, 0, sample with { Slice = _output.InputSlice(sample, spans.Z.To + z) });
            var chain = new StepChain([.. operations.SelectMany(operation => operation.Compile(values.Channels, source))]);
            int layer = z;
            Cores.ShareRows(spans.Y.Count, (long)spans.X.Count * values.Channels, (first, end) =>
            {
                for (int y = first; y < end; y++)
                    chain.ApplyAll(values.At(0, layer, y), values.Channel, values.Channels, spans.X.Count);
            });
        }
    }

    private void Write(ValueBlock values, Sample sample, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans)
    {
        WriteCounts counts = _writer.Write(values, sample, spans, (channel, slice) => Back(sample, channel, slice));
        Counts = new WriteCounts(Counts.Clipped + counts.Clipped, Counts.NotFinite + counts.NotFinite);
        _state.BytesWritten += (long)spans.Z.Count * spans.Y.Count * spans.X.Count * (view.Type == PixelType.Argb32 ? 1 : values.Channels)
            * view.Type.Size();
    }

    /// <summary>A whole sample in the pixels of the caller's image, some rows at a time.</summary>
    private void WriteResampled(ValueBlock kept, Sample sample, (OutputAxis Y, OutputAxis X) axes)
    {
        PlaneSampling sampling = _job.Match.Sampling!;
        var resampler = new BlockResampler(kept, _output.Axes.X.Count, Kernel(sampling.Y, axes.Y, _output.Axes.Y),
            Kernel(sampling.X, axes.X, _output.Axes.X));
        int depth = _output.Axes.Z.Count, width = axes.X.Count;
        int rows = (int)Math.Clamp(ResampledValues / ((long)width * depth * kept.Channels), 1, axes.Y.Count);
        using var band = new Tensor();
        band.Reshape(kept.Channels, depth, rows, width);
        var block = new ValueBlock((nint)band.Data, (long)depth * rows * width, (long)rows * width, width, kept.Channels);
        for (int row = 0; row < axes.Y.Count; row += rows)
        {
            int count = Math.Min(rows, axes.Y.Count - row);
            resampler.Rows(row, count, depth, block, width);
            Write(block, sample, (new OutputSpan(0, 0, depth), new OutputSpan(0, row, count), new OutputSpan(0, 0, width)));
        }
    }

    /// <summary>From the values that were kept of an axis to those of the caller's image; labels and masks keep their numbers.</summary>
    private AxisKernel Kernel(AxisSampling sampling, OutputAxis image, OutputAxis kept)
    {
        double step = image.Follows ? 1 / sampling.Pitch : 1, offset = image.Follows ? image.First / sampling.Pitch - kept.First : 0;
        bool nearest = _output.Tensor.Kind is OutputKind.Labels or OutputKind.Mask;
        return AxisKernel.Of(Enumerable.Range(0, image.Count), step, offset, kept.Count, nearest);
    }

    /// <summary>How a channel of the output is scaled back in a slice of the caller's image.</summary>
    private Rescale Back(Sample sample, int channel, int slice)
    {
        if (_output.Restored < 0)
            return Rescale.Of(Undo.Nothing, view.Values);
        OutputTensor tensor = _output.Tensor;
        bool spreads = channel >= tensor.Channels - tensor.SpreadChannels;
        int restored = spreads && !tensor.IsSpread ? channel - tensor.SpreadChannels : channel;
        StepChain chain = _statistics.Chain(_output.Restored, sample with { Slice = _output.InputSlice(sample, slice) });
        Undo undo = chain.Undo(_job.Match.Inputs[_output.Restored].Tensor.Channels == 1 ? 0 : restored) ?? Undo.Nothing;
        if (_job.Match.Inputs[_output.Restored].Turn is { } turn && !spreads)
            undo = new Undo(turn.Scale, turn.Offset).After(undo);
        return Rescale.Of(spreads ? undo with { Offset = 0 } : undo, view.Values);
    }

    /// <summary>Whole numbers of a network that float32, in which they come, does not tell from their neighbours.</summary>
    private void CountInexact(ValueBlock values, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans)
    {
        if (ElementRange.Of(_output.Tensor.ElementType) is not { Whole: true, High: > ElementRange.LastWhole })
            return;
        for (int c = 0; c < values.Channels; c++)
            for (int z = 0; z < spans.Z.Count; z++)
                for (int y = 0; y < spans.Y.Count; y++)
                    foreach (float value in new ReadOnlySpan<float>(values.At(c, z, y), spans.X.Count))
                        _inexact.All += Math.Abs(value) > ElementRange.LastWhole ? 1 : 0;
    }

    private void WarnOfInexact()
    {
        if (_inexact.All > 0)
            _state.Call.Warn(string.Create(CultureInfo.InvariantCulture, $"{_inexact.All} values of {_output.Planned.Name} are beyond "
                + $"{ElementRange.LastWhole:F0}. The network gives {_output.Tensor.ElementType}, but results are taken in float32, which ")
                + "rounds whole numbers beyond that.");
    }

    private static void Copy(ValueBlock from, ValueBlock to, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans)
    {
        long bytes = (long)spans.X.Count * sizeof(float);
        for (int c = 0; c < from.Channels; c++)
            for (int z = 0; z < spans.Z.Count; z++)
                for (int y = 0; y < spans.Y.Count; y++)
                    Buffer.MemoryCopy(from.At(c, z, y), to.At(c, z, y), bytes, bytes);
    }
}
