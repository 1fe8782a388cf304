using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Sinks;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>Segmentation by a StarDist network: the road with a <see cref="StarSink"/> at its end.</summary>
public static class StarRun
{
    /// <summary>How a run over this image would go; see <see cref="PixelRoad.Plan"/>.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the image does not fit the network.</exception>
    public static RunPlan Plan(RunNetwork network, ImageView image, RunOptions options) =>
        PixelRoad.PlanOf(network, [image], Around(network, options), [.. network.Outputs.Select(_ => false)]);

    /// <summary>Find the star-convex objects of an image.</summary>
    /// <param name="network">what the network is to the road</param>
    /// <param name="model">what it is to the sink</param>
    /// <param name="devices">where it may run</param>
    /// <param name="image">T, Z, C, Y, X; never written to</param>
    /// <param name="options">how to run, and how to find objects</param>
    /// <param name="progress">null: none</param>
    /// <param name="images">what is written besides; null: nothing</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>, <see cref="Status.LabelOverflow"/>, <see cref="Status.OutOfMemory"/>,
    /// <see cref="Status.Cancelled"/>,
    /// <see cref="Status.Host"/>, <see cref="Status.ModelInvalid"/>
    /// </exception>
    public static SegmentedObjects Run(RunNetwork network, StarDistNetwork model, IDeviceChain devices, ImageView image,
        (RunOptions Run, StarOptions Stars) options, ProgressHandler? progress = null, StarImages? images = null)
    {
        images ??= new StarImages();
        image.Validate("the image");
        if (images.Labels is not null)
            StarSettings.CheckLabels(image, images.Labels);
        var selection = new PlaneSelection(options.Run.Region, options.Run.Mask);
        var sink = new StarSink(model, StarSettings.Of(model, options.Stars, selection), image, images.Labels);
        ImageView?[] maps = images.Maps(network, model);
        if (images.Distances is not null)
            network = InImage(network, model, PlaneSampling.Of(network, options.Run, image.Height, image.Width));
        RunOptions around = images.HasMaps ? options.Run with { Margin = int.MaxValue } : Around(network, options.Run);
        ISink[] sinks = [sink, .. maps.Select((view, output) => view is null ? null : new ImageSink(output, view)).OfType<ImageSink>()];
        try
        {
            RunJob job = PixelRoad.Job(network, [image], around, sinks);
            JobCheck.Views(job, maps);
            return sink.Result(PixelRoad.Run(job, devices, progress, sinks));
        }
        finally
        {
            foreach (ISink one in sinks)
                one.Dispose();
        }
    }

    /// <summary>Run the network once and keep what it predicts, to find objects by one threshold after the other.</summary>
    /// <param name="network">what the network is to the road</param>
    /// <param name="model">what it is to the sink</param>
    /// <param name="devices">where it may run</param>
    /// <param name="image">T, Z, C, Y, X; never written to</param>
    /// <param name="options">how to run, and what to keep</param>
    /// <param name="progress">null: none</param>
    /// <exception cref="BioDLException">As <see cref="Run"/>.</exception>
    public static StarCandidates Keep(RunNetwork network, StarDistNetwork model, IDeviceChain devices, ImageView image,
        (RunOptions Run, KeepOptions Keep) options, ProgressHandler? progress = null)
    {
        image.Validate("the image");
        using var sink = new KeepSink(model, options.Keep.Checked(), options.Keep.Most(model.Geometry.Rays));
        RunJob job = PixelRoad.Job(network, [image], Around(network, options.Run), [sink]);
        return new StarCandidates(model, PixelRoad.Finish(job, devices, progress, [sink]), sink);
    }

    /// <summary>The network with distances in pixels of the image, for whoever sees them last.</summary>
    private static RunNetwork InImage(RunNetwork network, StarDistNetwork model, PlaneSampling? sampling) => sampling is null ? network
        : network with
        {
            Outputs = [.. network.Outputs.Select((output, i) => i != model.Dist ? output
                : output with { Postprocessing = [.. output.Postprocessing, new ScaleLinear([sampling.Pitch], [0])] })],
        };

    /// <summary>
    /// A selection is one of objects, which are those of the whole plane: what lies around it takes part in suppression and covers what it
    /// covers. A network sees no farther than its reach, so that no object it finds is larger.
    /// </summary>
    private static RunOptions Around(RunNetwork network, RunOptions options) => options with
    {
        Margin = network.Reach is { } reach ? Math.Max(reach.Y, reach.X)
            : network.Outputs.Max(output => Math.Max(output.Halo.Y, output.Halo.X)),
    };
}
