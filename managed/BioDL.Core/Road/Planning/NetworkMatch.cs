using BioDL.Core.Images;
using BioDL.Core.Runs;

namespace BioDL.Core.Road.Planning;

/// <summary>
/// What one run of the network (in all its tiles) sees: a frame, a slice (0 where it sees whole stacks) and one of its channel groups.
/// </summary>
/// <param name="Frame">0-based</param>
/// <param name="Slice">0-based</param>
/// <param name="Group">0-based; above 0 only where a network of one channel sees several one after the other</param>
internal readonly record struct Sample(int Frame, int Slice, int Group);

/// <summary>How the axes of the images meet those of the network.</summary>
internal sealed record NetworkMatch
{
    public required InputMatch[] Inputs { get; init; }

    /// <summary>The network sees stacks rather than planes.</summary>
    public required bool Volumes { get; init; }

    /// <summary>Runs over the channels of each frame and slice.</summary>
    public required int Groups { get; init; }

    /// <summary>Of all images.</summary>
    public required ImageView Shape { get; init; }

    /// <summary>How the network sees the images; null: pixel by pixel.</summary>
    public required PlaneSampling? Sampling { get; init; }

    /// <summary>Pixels that the network sees along Y.</summary>
    public int Height => Sampling?.Y.Seen ?? Shape.Height;

    /// <summary>Pixels that the network sees along X.</summary>
    public int Width => Sampling?.X.Seen ?? Shape.Width;

    /// <summary>One line for each axis, for a person.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Samples of a frame and a group: its slices, or one stack.</summary>
    public int SlicesOfSamples => Volumes ? 1 : Shape.Slices;

    public long SampleCount => (long)Shape.Frames * SlicesOfSamples * Groups;

    public IEnumerable<Sample> Samples()
    {
        for (int frame = 0; frame < Shape.Frames; frame++)
            for (int slice = 0; slice < SlicesOfSamples; slice++)
                for (int group = 0; group < Groups; group++)
                    yield return new Sample(frame, slice, group);
    }

    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>: the images do not fit; <see cref="Status.ModelUnsupported"/>: the network's axes are not an
    /// image's.
    /// </exception>
    public static NetworkMatch Of(RunNetwork network, IReadOnlyList<ImageView> images, RunOptions options)
    {
        foreach (InputTensor input in network.Inputs)
            CheckAxes(input.Axes, input.Name, isInput: true);
        foreach (OutputTensor output in network.Outputs)
            CheckAxes(output.Axes, output.Name, isInput: false);
        bool volumes = network.Inputs[0].Axes.Contains('z');
        if (network.Inputs.Any(input => input.Axes.Contains('z') != volumes))
            throw Unsupported("some inputs of the network have a z axis and others have none",
                "Use a model whose inputs are all planes or all stacks.");
        InputMatch[] inputs = MatchInputs(network, images, options);
        int groups = inputs.Where(input => input.OneByOne).Select(input => input.Chosen.Length).DefaultIfEmpty(1).Max();
        if (inputs.FirstOrDefault(input => input.OneByOne ? input.Chosen.Length != groups
            : groups > 1 && input.Tensor.Channels > 1) is { } odd)
        {
            throw Invalid($"one input sees {groups} channels one after the other, {odd.Tensor.Name} sees {odd.Chosen.Length}",
                "Choose one channel for each input, or as many for each of them.");
        }
        PlaneSampling? sampling = PlaneSampling.Of(network, options, images[0].Height, images[0].Width);
        return new NetworkMatch
        {
            Inputs = [.. inputs.Select(input => input with { Sampling = sampling })], Volumes = volumes, Groups = groups,
            Shape = images[0], Sampling = sampling, Lines = Describe(inputs, volumes, images[0], sampling),
        };
    }

    private static InputMatch[] MatchInputs(RunNetwork network, IReadOnlyList<ImageView> images, RunOptions options)
    {
        string names = string.Join(", ", network.Inputs.Select(input => input.Name));
        if (images.Count != network.Inputs.Count)
            throw Invalid($"the network takes {network.Inputs.Count} image(s) ({names}), {images.Count} are given",
                "Give one image for each input, in this order.");
        if (options.Channels is { } lists && lists.Count > images.Count)
            throw Invalid($"channels are chosen for {lists.Count} images, {images.Count} are given",
                "Give one list of channels for each image.");
        var inputs = new InputMatch[images.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            InputTensor tensor = network.Inputs[i];
            string name = images.Count == 1 ? "the image" : $"the image for {tensor.Name}";
            inputs[i] = InputMatch.Of(tensor, images[i], options.Channels is { } all && i < all.Count ? all[i] : null, name,
                network.ChannelByChannel);
            if (options.DarkObjects)
                inputs[i] = inputs[i].Turned(options.Normalize);
            if (Shape4(images[i]) != Shape4(images[0]))
            {
                throw Invalid($"{name} is {Text(images[i])}, that for {network.Inputs[0].Name} is {Text(images[0])}",
                    "All images of a run need the same T, Z, Y and X.");
            }
        }
        return inputs;
    }

    private static void CheckAxes(string axes, string name, bool isInput)
    {
        if (axes.Any(axis => !"bczyx".Contains(axis)) || axes.Distinct().Count() != axes.Length)
            throw Unsupported($"the tensor {name} has the axes \"{axes}\"", "Known axes are b, c, z, y and x, each once.");
        if (isInput && !(axes.Contains('y') && axes.Contains('x')))
            throw Unsupported($"the input {name} has the axes \"{axes}\", which are no image's", "Inputs need the axes y and x.");
    }

    private static List<string> Describe(InputMatch[] inputs, bool volumes, ImageView shape, PlaneSampling? sampling)
    {
        string tensors = string.Join(", ", inputs.Select(input => input.Tensor.Name));
        var lines = new List<string> { $"T: {Many(shape.Frames, "frame")}{(shape.Frames > 1 ? ", one after the other" : "")}" };
        lines.Add($"Z: {Many(shape.Slices, "slice")}{(volumes ? $" -> z of {tensors}" : shape.Slices > 1 ? ", one after the other" : "")}");
        lines.AddRange(inputs.Select(input => input.Line()));
        lines.Add($"Y: {Many(shape.Height, "pixel")}{Resampled(sampling?.Y)} -> y of {tensors}");
        lines.Add($"X: {Many(shape.Width, "pixel")}{Resampled(sampling?.X)} -> x of {tensors}");
        return lines;
    }

    private static string Resampled(AxisSampling? axis) => axis is { } seen ? $", resampled to {seen.Seen}" : "";

    private static string Many(int count, string of) => $"{count} {of}{(count == 1 ? "" : "s")}";

    private static (int, int, int, int) Shape4(ImageView view) => (view.Frames, view.Slices, view.Height, view.Width);

    private static string Text(ImageView view) => $"{view.Frames} x {view.Slices} x {view.Height} x {view.Width} (T, Z, Y, X)";

    private static BioDLException Invalid(string message, string hint) => new(Status.InvalidArgument, message, hint);

    private static BioDLException Unsupported(string message, string hint) => new(Status.ModelUnsupported, message, hint);
}
