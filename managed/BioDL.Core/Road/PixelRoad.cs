using BioDL.Core.Images;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Fitness;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Sinks;
using BioDL.Core.Road.Statistics;
using BioDL.Core.Running;
using BioDL.Core.Runs;

namespace BioDL.Core.Road;

/// <summary>
/// The road of a pixel, in order, whatever the network and the task:
/// <code>
///   host images -> plan: axes matched, tiles and memory chosen      Planning
///               -> statistics over whole images                     Statistics
///               -> tile: does any sink want it? read, preprocess    Passes, ../Steps
///                        -> network                                 ../Running
///                        -> sinks take                              Sinks, ../Objects
///               -> sample ends: sinks write, suppress, ...
///               -> account                                          Accounting
/// </code>
/// A sample is what one run of the network sees: a frame of a stack, or a plane, of all channels or of one. Nothing is kept of a whole
/// image but what a sink keeps.
/// </summary>
public static class PixelRoad
{
    /// <summary>How a run over these images would go.</summary>
    /// <param name="network">what the network is</param>
    /// <param name="inputs">T, Z, C, Y, X; one for each input of the network, of the same T, Z, Y and X</param>
    /// <param name="options">see <see cref="RunOptions"/></param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>: the images do not fit the network, or an option is out of its range; the message names it;
    /// <see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/>: the network's description
    /// </exception>
    public static RunPlan Plan(RunNetwork network, IReadOnlyList<ImageView> inputs, RunOptions options) =>
        PlanOf(network, inputs, options, null);

    /// <param name="network">as above</param>
    /// <param name="inputs">as above</param>
    /// <param name="options">as above</param>
    /// <param name="written">for each output whether it becomes an image of its own; null: all</param>
    internal static RunPlan PlanOf(RunNetwork network, IReadOnlyList<ImageView> inputs, RunOptions options, IReadOnlyList<bool>? written)
    {
        RunJob job = RunJob.Of(network, inputs, options, null, written);
        RunPlan plan = job.Plan();
        return plan with { Warnings = [.. plan.Warnings, .. ImageFit.Misfits(job)] };
    }

    /// <summary>Everything checked and chosen for sinks that read these outputs.</summary>
    internal static RunJob Job(RunNetwork network, IReadOnlyList<ImageView> inputs, RunOptions options, IReadOnlyList<ISink> sinks)
    {
        HashSet<int> wanted = [.. sinks.SelectMany(sink => sink.Outputs)];
        HashSet<int> written = [.. sinks.OfType<ImageSink>().SelectMany(sink => sink.Outputs)];
        bool[] Of(HashSet<int> outputs) => [.. network.Outputs.Select((_, output) => outputs.Contains(output))];
        return RunJob.Of(network, inputs, options, Of(wanted), Of(written));
    }

    /// <summary>Take a job's images through the network into sinks.</summary>
    /// <param name="job">see <see cref="Job"/>; its images are never written to</param>
    /// <param name="devices">where the network may run</param>
    /// <param name="progress">null: none</param>
    /// <param name="sinks">sinks that change values come last; the caller disposes of them</param>
    /// <exception cref="BioDLException"><see cref="Status.OutOfMemory"/>, <see cref="Status.Cancelled"/>, <see cref="Status.Host"/>,
    /// <see cref="Status.ModelInvalid"/></exception>
    internal static Account Run(RunJob job, IDeviceChain devices, ProgressHandler? progress, IReadOnlyList<ISink> sinks) =>
        Finish(job, devices, progress, sinks).Account(sinks.Select(sink => (Action<AccountDraft>)sink.Tell));

    /// <summary>As <see cref="Run"/>, with an account that is made when it is known what became of the run.</summary>
    internal static FinishedRun Finish(RunJob job, IDeviceChain devices, ProgressHandler? progress, IReadOnlyList<ISink> sinks)
    {
        var state = new RunState(job, progress);
        foreach (string misfit in ImageFit.Misfits(job))
            state.Call.Warn(misfit);
        var listed = new StatisticList();
        var statistics = new InputStatistics(job, state, listed);
        using var tiles = new TileLoop(job, devices, state, statistics);
        tiles.Prepare();
        foreach (ISink sink in sinks)
            sink.Open(new RunContext(job, state, statistics, listed, tiles.GiveBackMemory));
        long samples = job.Match.SampleCount;
        foreach (Sample sample in job.Match.Samples())
        {
            bool last = --samples == 0;
            state.BeginSample(sample);
            ISink[] seeing = [.. sinks.Where(sink => sink.Begin(sample))];
            bool done = false;
            while (!done)
            {
                if (seeing.Length > 0)
                    tiles.Run(sample, seeing);
                done = sinks.Aggregate(true, (complete, sink) => sink.End(sample, last) && complete);
            }
            state.EndSample();
        }
        tiles.Tell();
        state.Times.Total = Call.Since(state.Call.Start);
        var account = new Account
        {
            Tiles = state.TilesDone, Tile = RunJob.TileSize(tiles.Plan), Why = tiles.Plan.Why, BytesRead = state.BytesRead,
            BytesWritten = state.BytesWritten,
            Device = tiles.Devices.Device, DeviceName = tiles.Devices.DeviceName, FellBack = tiles.Devices.FellBack,
            Warnings = state.Call.Warnings, Times = state.Times, Provenance = "",
        };
        return new FinishedRun(job, listed, account, tiles.Devices.Asked);
    }
}
