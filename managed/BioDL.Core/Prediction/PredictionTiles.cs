using System.Diagnostics;
using BioDL.Core.Prediction.Passes;
using BioDL.Core.Prediction.Planning;
using BioDL.Core.Prediction.Statistics;
using BioDL.Core.Prediction.Steps;
using BioDL.Core.Running;
using BioDL.Core.Tensors;
using BioDL.Core.Tiles;

namespace BioDL.Core.Prediction;

/// <summary>
/// Takes a sample through the network, tile by tile. When the device runs out of memory the sample starts anew with smaller tiles; when it
/// fails, or cannot do with less, on the next device. Each step leaves a warning.
/// </summary>
internal sealed class PredictionTiles : IDisposable
{
    private readonly PredictionJob _job;
    private readonly PredictionRun _run;
    private readonly DeviceRunner _devices;
    private readonly InputStatistics _statistics;
    private readonly IReadOnlyList<OutputSink> _sinks;
    private readonly TensorSet _tensors = TensorSet.Rent();
    private readonly Tensor[] _inputs;
    private readonly Tensor[] _outputs;
    private readonly Tensor _ours;
    private readonly BlockReader[] _readers;

    public PredictionTiles(PredictionJob job, IDeviceChain devices, PredictionRun run, InputStatistics statistics, IReadOnlyList<OutputSink> sinks)
    {
        (_job, _run, _statistics, _sinks, Plan) = (job, run, statistics, sinks, job.Tiles);
        _devices = new DeviceRunner(devices, job.Network.Source, run.Call);
        int inputs = job.Match.Inputs.Length;
        _inputs = [.. Enumerable.Range(0, inputs).Select(i => _tensors[i])];
        _outputs = [.. Enumerable.Range(inputs, job.Outputs.Length).Select(i => _tensors[i])];
        _ours = _tensors[inputs + job.Outputs.Length];
        _readers = [.. job.Match.Inputs.Select(input => new BlockReader(input, job.Match.Volumes, _ours))];
    }

    public BlockPlan Plan { get; private set; }

    public DeviceRunner Devices => _devices;

    /// <summary>Load the network, on the next device when one cannot.</summary>
    public void Prepare()
    {
        _run.Report(Stage.Prepare);
        long start = Stopwatch.GetTimestamp();
        _devices.Load();
        _run.Times.Prepare += Call.Since(start);
    }

    public void Run(Sample sample) => _devices.Run(() => RunOnce(sample), Shrink, Prepare);

    public void Dispose() => _tensors.Return();

    private bool RunOnce(Sample sample)
    {
        _run.BeginTiles(Plan.Count);
        foreach (OutputSink sink in _sinks)
            sink.Restart();
        var chains = new Dictionary<(int, int), StepChain>();
        for (long i = 0; i < Plan.Count; i++)
        {
            Block block = Plan[i];
            if (_sinks.Any(sink => Spans(sink.Index, block) is { Z.Count: > 0, Y.Count: > 0, X.Count: > 0 }))
            {
                for (int input = 0; input < _inputs.Length; input++)
                    Read(input, sample, block, chains);
                RunNetwork(block);
                foreach (OutputSink sink in _sinks)
                    Write(sink, sample, block);
            }
            _run.EndTile();
        }
        return true;
    }

    private void Read(int input, Sample sample, Block block, Dictionary<(int, int), StepChain> chains)
    {
        // The chains first: taking statistics has its own time and asks the caller on the way.
        StepChain Chain(int slice)
        {
            if (!chains.TryGetValue((input, slice), out StepChain? chain))
                chains[(input, slice)] = chain = _statistics.Chain(input, sample with { Slice = slice });
            return chain;
        }
        var (z, y, x) = _job.Axes;
        var window = new ReadWindow(z.ReadStart(block.Z), y.ReadStart(block.Y), x.ReadStart(block.X), z.ReadSize(block.Z), y.ReadSize(block.Y), x.ReadSize(block.X));
        for (int layer = 0; layer < window.Depth; layer++)
            Chain(_job.Match.Volumes ? TileReader.Mirror((long)window.Z + layer, _job.Match.Shape.Slices) : sample.Slice);
        long start = Stopwatch.GetTimestamp();
        _run.BytesRead += _readers[input].Read(sample, window, Chain, _inputs[input]);
        _run.Times.Read += Call.Since(start);
    }

    private void RunNetwork(Block block)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _outputs.Length; i++)
            AxisOrder.Reshape(_outputs[i], _job.Network.Outputs[i].Axes, Size(i, block));
        _devices.Network.Run(_inputs, _outputs);
        _run.Times.Network += Call.Since(start);
    }

    private void Write(OutputSink sink, Sample sample, Block block)
    {
        long start = Stopwatch.GetTimestamp();
        OutputTensor output = _job.Network.Outputs[sink.Index];
        Tensor tensor = _outputs[sink.Index];
        TensorSize size = Size(sink.Index, block);
        if (!AxisOrder.IsOurs(output.Axes, output.Channels))
        {
            _ours.Reshape(size.C, size.Z, size.Y, size.X);
            CopyToOurs(tensor, output.Axes, size);
            tensor = _ours;
        }
        sink.Take(tensor, size, sample, Spans(sink.Index, block));
        _run.Times.Write += Call.Since(start);
    }

    private unsafe void CopyToOurs(Tensor tensor, string axes, TensorSize size) => AxisOrder.FromNetwork(tensor.Data, _ours.Data, axes, size);

    private TensorSize Size(int output, Block block)
    {
        var (z, y, x) = _job.Axes;
        return new TensorSize(_job.Network.Outputs[output].Channels, z.Outputs[output].TensorSize(z.ReadSize(block.Z)),
            y.Outputs[output].TensorSize(y.ReadSize(block.Y)), x.Outputs[output].TensorSize(x.ReadSize(block.X)));
    }

    private (OutputSpan Z, OutputSpan Y, OutputSpan X) Spans(int output, Block block) =>
        (_job.Axes.Z.Span(output, block.Z), _job.Axes.Y.Span(output, block.Y), _job.Axes.X.Span(output, block.X));

    private string? Shrink()
    {
        string size = Plan.Sizes;
        if (BlockPlanner.Smaller(Plan) is not { } smaller)
            return null;
        Plan = smaller;
        return size;
    }
}
