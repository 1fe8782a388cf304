using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Tensors;
using BioDL.Core.Running;

namespace BioDL.Core.Segmentation;

/// <summary>The normalisation of one plane, from percentiles over the whole of it, before it is cut into tiles.</summary>
internal static class PlaneScaling
{
    /// <summary>How each input channel of the run's current plane is read.</summary>
    /// <returns>null: the plane has no contrast, so there is nothing to find in it</returns>
    public static ScaledChannel[]? Of(StarDistNetwork model, SegmentSettings settings, ImageView image, SegmentRun run, Provenance provenance)
    {
        if (settings.Percentiles is not { } percentiles)
            return [.. settings.Channels.Select(channel => new ScaledChannel(channel, Scaling.None))];
        run.Report(Stage.Statistics);
        long start = Stopwatch.GetTimestamp();
        Func<bool>? cancelled = run.Cancelled(Stage.Statistics);
        InputChannel[][] groups = model.JointChannels ? [settings.Channels] : [.. settings.Channels.Select(channel => new[] { channel })];
        var scaled = new List<ScaledChannel>();
        bool contrast = false;
        foreach (InputChannel[] group in groups)
        {
            var (low, high, notFinite) = Percentiles.Of(image, run.Frame, run.Slice, group, percentiles, cancelled);
            provenance.AddRange(run.Frame, run.Slice, low, high);
            contrast |= low < high;
            WarnOfPixels(run, low < high ? notFinite : 0);
            // A channel without contrast becomes 0 everywhere; dividing by the epsilon would make its stray pixels 1e20.
            Scaling scaling = low < high ? Scaling.FromRange(low, high, model.Epsilon) : new Scaling((float)low, float.PositiveInfinity);
            scaled.AddRange(group.Select(channel => new ScaledChannel(channel, scaling)));
        }
        run.Times.Normalize += SegmentRun.Since(start);
        if (contrast)
            return [.. scaled];
        run.Warn(FormattableString.Invariant($"Frame {run.Frame + 1}, slice {run.Slice + 1}: percentiles {percentiles.Low} and {percentiles.High} are equal ")
            + "(a constant plane, or one without a finite pixel), so it has no objects.");
        return null;
    }

    // A plane without contrast has a warning of its own.
    private static void WarnOfPixels(SegmentRun run, long notFinite)
    {
        if (notFinite > 0)
            run.Warn($"Frame {run.Frame + 1}, slice {run.Slice + 1}: {notFinite} values are NaN or infinite; they count as 0 after normalisation.");
    }
}
