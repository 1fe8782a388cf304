using System.Diagnostics;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Passes;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Sinks;
using BioDL.Core.Road.Statistics;
using BioDL.Core.Running;
using BioDL.Core.Tiles;

namespace BioDL.Core.Road;

/// <summary>
/// Takes a sample through the network, tile by tile. When the device runs out of memory the sample starts anew with smaller tiles; when it
/// fails, or cannot do with less, on the next device. Each step leaves a warning.
/// </summary>
internal sealed class TileLoop : IDisposable
{
    private readonly RunJob _job;
    private readonly RunState _state;
    private readonly InputStatistics _statistics;
    private readonly TileTensors _tensors;
    private readonly Func<bool>? _cancelled;

    public TileLoop(RunJob job, IDeviceChain devices, RunState state, InputStatistics statistics)
    {
        (_job, _state, _statistics, Plan) = (job, state, statistics, job.Tiles);
        Devices = new DeviceRunner(devices, job.Network.Source, state.Call);
        _tensors = new TileTensors(job);
        _cancelled = state.Cancelled(Stage.Network);
    }

    public BlockPlan Plan { get; private set; }

    public DeviceRunner Devices { get; }

    /// <summary>Load the network, on the next device when one cannot.</summary>
    public void Prepare()
    {
        _state.BeginTiles(Plan.Count);
        _state.Report(Stage.Prepare);
        long start = Stopwatch.GetTimestamp();
        Devices.Load();
        _tensors.PlaceIn(Devices.Network.TensorMemory);
        _state.Times.Prepare += Call.Since(start);
    }

    /// <summary>All tiles of a sample into the sinks that see something in it.</summary>
    public void Run(Sample sample, IReadOnlyList<ISink> sinks) => Devices.Run(() => RunOnce(sample, sinks), Shrink, Prepare);

    /// <summary>What of the images did not fit the network's own types, when all samples are done.</summary>
    public void Tell()
    {
        foreach (ElementFit fit in _tensors.Fits)
            fit.Tell(_state.Call.Warn);
    }

    /// <summary>Before a sink takes memory of its own: what the network and the tiles took, garbage included.</summary>
    public void GiveBackMemory()
    {
        Devices.Network.Trim();
        _tensors.Free();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    public void Dispose() => _tensors.Dispose();

    private bool RunOnce(Sample sample, IReadOnlyList<ISink> sinks)
    {
        _state.BeginTiles(Plan.Count);
        // the caller hears of the first tile before it is done
        _state.Report(Stage.Network);
        foreach (ISink sink in sinks)
            sink.Restart();
        foreach (ElementFit fit in _tensors.Fits)
            fit.Begin(sample);
        var chains = new SampleChains(_statistics, _job, sample);
        for (long i = 0; i < Plan.Count; i++)
        {
            Block block = Plan[i];
            if (_job.Owns(block) && sinks.Any(sink => sink.Wants(block)))
            {
                Read(sample, block, chains);
                RunNetwork(block);
                TensorBlock values = _tensors.Given();
                foreach (ISink sink in sinks.Where(sink => sink.Wants(block)))
                    sink.Take(values, sample, block);
            }
            _state.EndTile();
        }
        return true;
    }

    private void Read(Sample sample, Block block, SampleChains chains)
    {
        ReadWindow window = _job.Window(block);
        chains.Take(window);
        long start = Stopwatch.GetTimestamp();
        for (int input = 0; input < _job.Match.Inputs.Length; input++)
            _state.BytesRead += _tensors.Read(input, sample, window, chains);
        _state.Times.Read += Call.Since(start);
    }

    private void RunNetwork(Block block)
    {
        long start = Stopwatch.GetTimestamp();
        _tensors.Expect(block);
        Devices.Network.Run(_tensors.Inputs, _tensors.Outputs, _cancelled);
        _state.Times.Network += Call.Since(start);
    }

    private string? Shrink()
    {
        string size = Plan.Sizes;
        if (BlockPlanner.Smaller(Plan) is not { } smaller)
            return null;
        Plan = smaller;
        return size;
    }
}
