using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.StarConvex;
using BioDL.Core.Tensors;
using BioDL.Core.Running;

namespace BioDL.Core.Segmentation;

/// <summary>
/// The whole road of a pixel, in order (StarDist 2D, Schmidt et al., MICCAI 2018):
/// <code>
///   host pixels -> percentiles of the whole plane
///               -> tiles: read and normalise -> network -> candidates
///               -> suppression -> objects -> labels in the host's memory
/// </code>
/// Every (t, z) plane is segmented by itself. Labels are painted at the very end, so a call that fails or is cancelled writes nothing.
/// </summary>
public static class Segmenter
{
    /// <summary>Segment an image.</summary>
    /// <param name="model">what the network is</param>
    /// <param name="devices">where it may run</param>
    /// <param name="image">T, Z, C, Y, X; never written to</param>
    /// <param name="options">see <see cref="SegmentOptions"/></param>
    /// <param name="progress">null: none</param>
    /// <param name="labels">null: no label image; T, Z, Y, X of the image, one channel</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>, <see cref="Status.LabelOverflow"/>, <see cref="Status.OutOfMemory"/>, <see cref="Status.Cancelled"/>,
    /// <see cref="Status.Host"/>, <see cref="Status.ModelInvalid"/>
    /// </exception>
    public static SegmentResult Run(StarDistNetwork model, IDeviceChain devices, ImageView image, SegmentOptions options,
        ProgressHandler? progress = null, ImageView? labels = null)
    {
        SegmentSettings settings = SegmentSettings.Of(model, image, options, labels);
        var run = new SegmentRun(image, progress);
        using var tiles = new TileRunner(model, devices, image, settings, run);
        tiles.Prepare();

        var provenance = new Provenance(model, settings, image);
        var objects = new ObjectBuilder(model.Geometry.Rays, image.Height, image.Width, options.LabelScope);
        for (int frame = 0; frame < image.Frames; frame++)
        {
            for (int slice = 0; slice < image.Slices; slice++)
            {
                run.BeginPlane(frame, slice);
                ScaledChannel[]? channels = PlaneScaling.Of(model, settings, image, run, provenance);
                CandidateList candidates = channels is null ? new CandidateList(model.Geometry.Rays) : tiles.Collect(channels);
                int[] survivors = Suppress(candidates, settings, run);
                if (channels is not null && !tiles.Holds(survivors))
                {
                    candidates = tiles.Collect(channels, thin: false);
                    survivors = Suppress(candidates, settings, run);
                }
                objects.AddPlane(candidates, survivors, frame, slice);
                run.EndPlane(channels is null ? 0 : tiles.Found);
            }
        }
        SegmentResult result = Result(objects, model, image, tiles, run);
        result = result with { Provenance = provenance.ToJson(result, tiles) };
        if (labels is not null)
            Paint(result, labels, run);
        run.Finish();
        return result;
    }

    private static int[] Suppress(CandidateList candidates, SegmentSettings settings, SegmentRun run)
    {
        run.Report(Stage.Suppress);
        long start = Stopwatch.GetTimestamp();
        int[] survivors = Suppression.Survivors(candidates, settings.OverlapThreshold, settings.Options.Vertices, run.Cancelled(Stage.Suppress));
        run.Times.Suppress += SegmentRun.Since(start);
        return survivors;
    }

    /// <summary>The last chance to cancel is before the first pixel is written.</summary>
    private static void Paint(SegmentResult result, ImageView labels, SegmentRun run)
    {
        run.Report(Stage.Render);
        long start = Stopwatch.GetTimestamp();
        LabelPainter.Paint(result, labels);
        run.Times.Render += SegmentRun.Since(start);
    }

    private static SegmentResult Result(ObjectBuilder builder, StarDistNetwork model, ImageView image, TileRunner tiles, SegmentRun run)
    {
        var (objects, vertices) = builder.Build();
        return new SegmentResult
        {
            Objects = objects, Vertices = vertices, Rays = model.Geometry.Rays,
            Frames = image.Frames, Slices = image.Slices, Height = image.Height, Width = image.Width,
            Candidates = run.Candidates, Tiles = run.TilesDone, TileHeight = tiles.Plan.TileHeight, TileWidth = tiles.Plan.TileWidth,
            Device = tiles.Device, DeviceName = tiles.DeviceName, FellBack = tiles.FellBack,
            Warnings = run.Warnings, Provenance = "", Times = run.Times,
        };
    }
}
