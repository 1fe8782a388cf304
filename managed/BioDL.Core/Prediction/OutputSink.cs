using BioDL.Core.Images;
using BioDL.Core.Prediction.Passes;
using BioDL.Core.Prediction.Planning;
using BioDL.Core.Prediction.Statistics;
using BioDL.Core.Prediction.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Prediction;

/// <summary>Takes one output from its tiles to the caller's image: postprocessing, crop, scale back, convert.</summary>
internal sealed unsafe class OutputSink : IDisposable
{
    private readonly PredictionJob _job;
    private readonly PredictionRun _run;
    private readonly InputStatistics _statistics;
    private readonly OutputJob _output;
    private readonly ImageView _view;
    private readonly BlockWriter _writer;
    private readonly KeptOutput? _kept;
    private WriteCounts _before;
    private int _place;

    public OutputSink(PredictionJob job, PredictionRun run, (InputStatistics Inputs, StatisticList List) statistics, OutputJob output, ImageView view)
    {
        (_job, _run, _statistics, _output, _view) = (job, run, statistics.Inputs, output, view);
        _writer = new BlockWriter(output, view, job.Match.Volumes);
        if (output.KeptFrom is not null)
            _kept = new KeptOutput(output, statistics.Inputs, statistics.List, job.Match.SampleCount);
    }

    public int Index => _output.Index;

    public WriteCounts Counts { get; private set; }

    /// <summary>A sample begins; <see cref="Restart"/> forgets what was counted since.</summary>
    public void Begin(Sample sample)
    {
        _before = Counts;
        _place = _kept?.Begin(sample) ?? 0;
    }

    public void Restart() => Counts = _before;

    /// <summary>Take what a tile owns.</summary>
    /// <param name="tensor">in our order</param>
    /// <param name="size">its size</param>
    /// <param name="sample">whose tile it is</param>
    /// <param name="spans">what of it goes where</param>
    public void Take(Tensor tensor, TensorSize size, Sample sample, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans)
    {
        if (spans.Z.Count == 0 || spans.Y.Count == 0 || spans.X.Count == 0)
            return;
        float* first = tensor.Data + spans.Z.From * size.Plane + spans.Y.From * size.X + spans.X.From;
        var values = new ValueBlock((nint)first, size.Channel, size.Plane, size.X, (int)size.C);
        Process(values, sample, spans);
        if (_kept is null)
            Write(values, sample, spans);
        else
            Copy(values, _kept.Block(_place, spans), spans);
    }

    /// <summary>All tiles of a sample, or of the last one, were taken.</summary>
    public void End(bool last)
    {
        if (_kept is null || _output.KeepsAll && !last)
            return;
        _kept.Finish();
        for (int i = 0; i < _kept.Samples.Count; i++)
            Write(_kept.Block(i, _kept.Whole), _kept.Samples[i], _kept.Whole);
    }

    public void Dispose() => _kept?.Dispose();

    /// <summary>The operations before any that needs the whole output, on what the tile owns.</summary>
    private void Process(ValueBlock values, Sample sample, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans)
    {
        PixelOperation[] operations = [.. _output.Tensor.Postprocessing.Take(_output.KeptFrom ?? int.MaxValue)];
        if (operations.All(StepCompiler.IsNothing))
            return;
        for (int z = 0; z < spans.Z.Count; z++)
        {
            IStatisticSource source = _statistics.At(-1, 0, sample with { Slice = _output.InputSlice(sample, spans.Z.To + z) });
            var chain = new StepChain([.. operations.SelectMany(operation => StepCompiler.Compile(operation, values.Channels, source))]);
            for (int y = 0; y < spans.Y.Count; y++)
                chain.ApplyAll(values.At(0, z, y), values.Channel, values.Channels, spans.X.Count);
        }
    }

    private void Write(ValueBlock values, Sample sample, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans)
    {
        WriteCounts counts = _writer.Write(values, sample, spans, (channel, slice) => Back(sample, channel, slice));
        Counts = new WriteCounts(Counts.Clipped + counts.Clipped, Counts.NotFinite + counts.NotFinite);
        _run.BytesWritten += (long)spans.Z.Count * spans.Y.Count * spans.X.Count * (_view.Type == PixelType.Argb32 ? 1 : values.Channels) * _view.Type.Size();
    }

    /// <summary>How a channel of the output is scaled back in a slice of the caller's image.</summary>
    private Rescale Back(Sample sample, int channel, int slice)
    {
        if (_output.Restored < 0)
            return Rescale.None;
        int spread = _output.Tensor.SpreadChannels, restored = channel >= _output.Tensor.Channels - spread ? channel - spread : channel;
        StepChain chain = _statistics.Chain(_output.Restored, sample with { Slice = _output.InputSlice(sample, slice) });
        Undo undo = chain.Undo(_job.Match.Inputs[_output.Restored].Tensor.Channels == 1 ? 0 : restored) ?? Undo.Nothing;
        return Rescale.Of(restored == channel ? undo : undo with { Offset = 0 });
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
