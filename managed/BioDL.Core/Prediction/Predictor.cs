using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.Prediction.Passes;
using BioDL.Core.Prediction.Planning;
using BioDL.Core.Prediction.Statistics;
using BioDL.Core.Running;

namespace BioDL.Core.Prediction;

/// <summary>
/// The road of a pixel through any network, image to image, in order:
/// <code>
///   host images -> axes matched, tiles chosen            Planning
///               -> statistics over whole images          Statistics
///               -> tiles: read and preprocess            Passes, Steps
///                         -> network                     Running
///                         -> postprocess, scale back, write into the caller's images
/// </code>
/// A sample is what one run of the network sees: a frame of a stack, or a plane, of all channels or of one. Nothing is kept of a whole image,
/// except of an output whose processing needs the whole of it.
/// </summary>
public static class Predictor
{
    /// <summary>How a run over these images would go.</summary>
    /// <param name="network">what the network is</param>
    /// <param name="inputs">T, Z, C, Y, X; one for each input of the network, of the same T, Z, Y and X</param>
    /// <param name="options">see <see cref="PredictionOptions"/></param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>: the images do not fit the network, or an option is out of its range; the message names it;
    /// <see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/>: the network's description
    /// </exception>
    public static PredictionPlan Plan(PredictionNetwork network, IReadOnlyList<ImageView> inputs, PredictionOptions options) =>
        PredictionJob.Of(network, inputs, options).Plan();

    /// <summary>Run a network over images.</summary>
    /// <param name="network">what the network is</param>
    /// <param name="devices">where it may run</param>
    /// <param name="inputs">as for <see cref="Plan"/>; never written to</param>
    /// <param name="options">see <see cref="PredictionOptions"/></param>
    /// <param name="progress">null: none</param>
    /// <param name="outputs">
    /// memory for each output, with the sizes of <see cref="PredictionPlan.Outputs"/>; null where one is not wanted. UInt8, UInt16, UInt32 and Float32;
    /// Argb32 for three channels. Values are rounded and clipped to whole types. Not the
    /// inputs' own memory, since a tile reads what lies beside it. Undefined after a failure
    /// </param>
    /// <exception cref="BioDLException">
    /// As <see cref="Plan"/>, and <see cref="Status.OutOfMemory"/>, <see cref="Status.Cancelled"/>, <see cref="Status.Host"/>
    /// </exception>
    public static PredictionResult Run(PredictionNetwork network, IDeviceChain devices, IReadOnlyList<ImageView> inputs, PredictionOptions options,
        ProgressHandler? progress, IReadOnlyList<ImageView?> outputs)
    {
        JobCheck.Count(network, outputs);
        PredictionJob job = PredictionJob.Of(network, inputs, options, [.. outputs.Select(output => output is not null)]);
        JobCheck.Views(job, outputs);
        var run = new PredictionRun(job, progress);
        var list = new StatisticList();
        var statistics = new InputStatistics(job, run, list);
        var sinks = new List<OutputSink>();
        try
        {
            sinks.AddRange(job.Outputs.Where(output => outputs[output.Index] is not null)
                .Select(output => new OutputSink(job, run, (statistics, list), output, outputs[output.Index]!)));
            using var tiles = new PredictionTiles(job, devices, run, statistics, sinks);
            tiles.Prepare();
            long samples = job.Match.SampleCount;
            foreach (Sample sample in job.Match.Samples())
            {
                run.BeginSample(sample);
                sinks.ForEach(sink => sink.Begin(sample));
                tiles.Run(sample);
                bool last = --samples == 0;
                Finish(sinks, run, last);
            }
            return Result(job, run, tiles, sinks, list);
        }
        finally
        {
            sinks.ForEach(sink => sink.Dispose());
        }
    }

    /// <summary>What had to wait for the whole output.</summary>
    private static void Finish(List<OutputSink> sinks, PredictionRun run, bool last)
    {
        run.EndSample();
        if (last)
            run.Report(Stage.Render);
        long start = Stopwatch.GetTimestamp();
        sinks.ForEach(sink => sink.End(last));
        run.Times.Write += Call.Since(start);
    }

    private static PredictionResult Result(PredictionJob job, PredictionRun run, PredictionTiles tiles, List<OutputSink> sinks, StatisticList list)
    {
        WriteCounts Counts(OutputJob output) => sinks.Find(sink => sink.Index == output.Index)?.Counts ?? default;
        run.Times.Total = Call.Since(run.Call.Start);
        var result = new PredictionResult
        {
            Clipped = [.. job.Outputs.Select(output => Counts(output).Clipped)], NotFinite = [.. job.Outputs.Select(output => Counts(output).NotFinite)],
            Tiles = run.TilesDone, Tile = PredictionJob.TileSize(tiles.Plan), BytesRead = run.BytesRead, BytesWritten = run.BytesWritten,
            Device = tiles.Devices.Device, DeviceName = tiles.Devices.DeviceName, FellBack = tiles.Devices.FellBack,
            Warnings = run.Call.Warnings, Provenance = "", Times = run.Times,
        };
        return result with { Provenance = new PredictionProvenance(job, list).ToJson(result, tiles.Plan.Why, tiles.Devices.Asked) };
    }
}
