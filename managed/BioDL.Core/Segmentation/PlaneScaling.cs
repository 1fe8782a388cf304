using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Tensors;

namespace BioDL.Core.Segmentation;

/// <summary>The normalisation of one plane, from percentiles over the whole of it, before it is cut into tiles.</summary>
internal static class PlaneScaling
{
    public static ScaledChannel[] Of(StarDistNetwork model, SegmentSettings settings, ImageView image, SegmentRun run, Provenance provenance)
    {
        if (settings.Percentiles is not { } percentiles)
            return [.. settings.Channels.Select(channel => new ScaledChannel(channel, Scaling.None))];
        run.Report(Stage.Statistics);
        long start = Stopwatch.GetTimestamp();
        Func<bool>? cancelled = run.Cancelled(Stage.Statistics);
        InputChannel[][] groups = model.JointChannels ? [settings.Channels] : [.. settings.Channels.Select(channel => new[] { channel })];
        var scaled = new List<ScaledChannel>();
        foreach (InputChannel[] group in groups)
        {
            var (low, high) = Percentiles.Of(image, run.Frame, run.Slice, group, percentiles, cancelled);
            provenance.AddRange(run.Frame, run.Slice, low, high);
            scaled.AddRange(group.Select(channel => new ScaledChannel(channel, Scaling.FromRange(low, high, model.Epsilon))));
        }
        run.Times.Normalize += SegmentRun.Since(start);
        return [.. scaled];
    }
}
