using BioDL.Core.Images;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Sinks;
using BioDL.Core.Running;
using BioDL.Core.Runs;

namespace BioDL.Core.Road;

/// <summary>A run image to image: the road with a sink for each image that the caller wants.</summary>
public static class ImageRun
{
    /// <summary>Run a network over images.</summary>
    /// <param name="network">what the network is</param>
    /// <param name="devices">where it may run</param>
    /// <param name="inputs">as for <see cref="PixelRoad.Plan"/>; never written to</param>
    /// <param name="options">see <see cref="RunOptions"/></param>
    /// <param name="progress">null: none</param>
    /// <param name="outputs">
    /// memory for each output, with the sizes of <see cref="RunPlan.Outputs"/>; null where one is not wanted. UInt8, UInt16, UInt32 and
    /// Float32;
    /// Argb32 for three channels. Values are rounded and clipped to whole types. Not the
    /// inputs' own memory, since a tile reads what lies beside it. Undefined after a failure
    /// </param>
    /// <exception cref="BioDLException">
    /// As <see cref="PixelRoad.Plan"/>, and <see cref="Status.OutOfMemory"/>, <see cref="Status.Cancelled"/>, <see cref="Status.Host"/>
    /// </exception>
    public static RunResult Run(RunNetwork network, IDeviceChain devices, IReadOnlyList<ImageView> inputs, RunOptions options,
        ProgressHandler? progress, IReadOnlyList<ImageView?> outputs)
    {
        JobCheck.Count(network, outputs);
        ImageSink?[] each = [.. outputs.Select((view, output) => view is null ? null : new ImageSink(output, view))];
        ImageSink[] sinks = [.. each.OfType<ImageSink>()];
        try
        {
            RunJob job = PixelRoad.Job(network, inputs, options, sinks);
            JobCheck.Views(job, outputs);
            Account account = PixelRoad.Run(job, devices, progress, sinks);
            return new RunResult
            {
                Clipped = [.. each.Select(sink => sink?.Counts.Clipped ?? 0)],
                NotFinite = [.. each.Select(sink => sink?.Counts.NotFinite ?? 0)],
                Account = account,
            };
        }
        finally
        {
            foreach (ImageSink sink in sinks)
                sink.Dispose();
        }
    }
}
