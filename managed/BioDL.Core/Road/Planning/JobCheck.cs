using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Core.Road.Planning;

/// <summary>What is checked before the first pixel is read, and what the caller should know.</summary>
internal static class JobCheck
{
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: an option out of its range;
    /// <see cref="Status.ModelInvalid"/>.</exception>
    public static void Options(RunNetwork network, NetworkMatch match, RunOptions options)
    {
        Check(options.Tile is null or > 0, "tile", options.Tile ?? 0, "a positive number of pixels");
        Check(options.MemoryLimit is null or > 0, "memory limit", options.MemoryLimit ?? 0, "a positive number of bytes");
        if (options is { Region: not null, WholeImage: true })
            throw Invalid("a region of the image and the whole of it are asked for", "Choose one of them.");
        if (options.Region is { } region)
            match.Shape.Crop(region.Top, region.Left, region.Height, region.Width);
        if (options.Mask is { } mask)
            Mask(mask, match.Shape);
        Values(network, options);
        foreach (InputTensor input in network.Inputs)
            foreach (PixelOperation operation in input.Preprocessing)
            {
                if (options.Normalize)
                    (operation as StatisticOperation)?.WithPercentiles(options.PercentileLow, options.PercentileHigh)
                        .Percentiles?.Validate();
                CheckOperation(operation, network, input.Name, input.Channels);
            }
        foreach (OutputTensor output in network.Outputs)
            foreach (PixelOperation operation in output.Postprocessing)
                CheckOperation(operation, network, output.Name, output.Channels);
        if (!(network.BytesPerPixel >= 0 && double.IsFinite(network.BytesPerPixel)))
            throw new BioDLException(Status.ModelInvalid, $"the model takes {network.BytesPerPixel} bytes a pixel",
                "Check the model file.");
    }

    private static void Mask(ImageView mask, ImageView image)
    {
        mask.Validate("the mask");
        if (mask.Type != PixelType.UInt8 || mask.Frames * (long)mask.Slices * mask.Channels != 1
            || (mask.Height, mask.Width) != (image.Height, image.Width))
            throw Invalid($"the mask is {mask.Type}, {mask.Frames} x {mask.Slices} x {mask.Channels} x {mask.Height} x {mask.Width} (T, "
            + "Z, C, Y, X)",
                $"It must be UInt8, one plane, {image.Height} x {image.Width} pixels as the image.");
    }

    private static void Values(RunNetwork network, RunOptions options)
    {
        if (options.PercentileValues is not { } values)
            return;
        InputTensor input = network.Inputs[0];
        if (!options.Normalize || !input.Preprocessing.Any(operation =>
            operation is StatisticOperation { Percentiles: not null, Reference: null }))
            throw Invalid("percentile values are given, but the normalisation has no percentiles",
                "Leave them out, or normalise the pixels and say so.");
        if (values.Count != 1 && values.Count != input.Channels)
            throw Invalid($"{values.Count} pairs of percentile values are given for {input.Channels} channel(s) of {input.Name}",
                "Give one for all channels, or one for each.");
        if (values.Any(value => !(double.IsFinite(value.Low) && double.IsFinite(value.High) && value.Low <= value.High)))
            throw Invalid("a pair of percentile values is not finite, or its low is above its high", "Give finite numbers, low first.");
    }

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: not an image, or none, for each output.</exception>
    public static void Count(RunNetwork network, IReadOnlyList<ImageView?> views)
    {
        if (views.Count != network.Outputs.Count)
            throw Invalid($"the network gives {network.Outputs.Count} image(s), memory is given for {views.Count}",
                "Give an image, or none, for each output.");
    }

    /// <summary>The memory that the caller gives for the outputs.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>, naming both shapes.</exception>
    public static void Views(RunJob job, IReadOnlyList<ImageView?> views)
    {
        for (int i = 0; i < views.Count; i++)
        {
            if (views[i] is not { } view)
                continue;
            PlannedOutput output = job.Outputs[i].Planned;
            string name = $"the image for the output {output.Name}";
            view.Validate(name);
            if ((view.Frames, view.Slices, view.LogicalChannels, view.Height, view.Width) != (output.Frames, output.Slices, output.Channels,
                output.Height, output.Width))
            {
                throw Invalid($"{name} is {view.Frames} x {view.Slices} x {view.LogicalChannels} x {view.Height} x {view.Width}, "
                    + "it has to be "
                    + $"{output.Frames} x {output.Slices} x {output.Channels} x {output.Height} x {output.Width} (T, Z, C, Y, X)",
                    "Ask for a plan first: it says the sizes.");
            }
        }
    }

    public static void Warn(RunJob job, Action<string> warn)
    {
        RunNetwork network = job.Network;
        foreach (string note in network.Notes)
            warn(note);
        if (network.ReceivesRawValues && job.Options.Normalize)
            warn("Nothing says how the network's input is normalised, so it receives the image's raw values. If it was trained on others, "
                + "give it a description (bioimageio.yaml).");
        if (job.Tiles.Count > 1 && network.GlobalOperators.Count > 0)
            warn($"This network mixes each whole tile ({string.Join(", ", network.GlobalOperators)}), so results depend a little "
                + "on the tiles.");
        bool cutBlindly = new[] { job.Axes.Z, job.Axes.Y, job.Axes.X }.Zip([job.Tiles.Axes.Z, job.Tiles.Axes.Y, job.Tiles.Axes.X])
            .Any(axis => axis.Second.Count > 1 && axis.First.Choice.Rules.Halo == 0 && axis.First.Choice.Pad == 0);
        if (cutBlindly && network.Reach is null)
            warn("Neither the model's description nor its graph says how far results depend on their surroundings, so seams may show "
                + "between tiles.");
        if (job.Options.Tile is not null && !job.Options.WholeImage && (job.Axes.Y.Choice.Whole || job.Axes.X.Choice.Whole))
            warn("The model gives an answer for the whole image, so it is not cut into tiles.");
        if (job.Options.Normalize && (job.Options.PercentileLow ?? job.Options.PercentileHigh) is not null
            && !network.Inputs.Any(input =>
                input.Preprocessing.Any(operation => operation is StatisticOperation { Percentiles: not null })))
            warn("The model's normalisation has no percentiles, so those given are not used.");
        foreach (OutputJob output in job.Outputs)
            if (output.KeptFrom < output.Tensor.Postprocessing.Count && job.Options.Region is not null)
                warn($"The processing of the output {output.Planned.Name} depends on all of it; for a region it is taken from the "
                    + "region alone.");
    }

    private static void CheckOperation(PixelOperation operation, RunNetwork network, string tensor, int channels)
    {
        if (operation.Misfit(channels) is { } list)
        {
            throw new BioDLException(Status.ModelInvalid,
                $"the operation {operation.Id} of {tensor} has {list.Count} numbers for {channels} channel(s)",
                "Give one for all channels, or one for each.");
        }
        if (operation is StatisticOperation { Reference: { } reference }
            && !network.Inputs.Any(input => input.Id == reference || input.Name == reference))
        {
            throw new BioDLException(Status.ModelUnsupported,
                $"the operation {operation.Id} of {tensor} refers to {reference}, which is no input",
                $"It may refer to {string.Join(", ", network.Inputs.Select(input => input.Name))}.");
        }
    }

    private static void Check(bool fits, string option, double value, string range)
    {
        if (!fits)
            throw Invalid(FormattableString.Invariant($"the option {option} is {value}"), $"It must be {range}.");
    }

    private static BioDLException Invalid(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
