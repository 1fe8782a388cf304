using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Core.Road.Planning;

/// <summary>What becomes of one output.</summary>
internal sealed record OutputJob
{
    public required int Index { get; init; }
    public required OutputTensor Tensor { get; init; }
    public required PlannedOutput Planned { get; init; }

    /// <summary>In pixels of the network.</summary>
    public required (OutputAxis Z, OutputAxis Y, OutputAxis X) Axes { get; init; }

    /// <summary>Y and x in pixels of the caller's image, where those are others: the output is then resampled; null: the same.</summary>
    public (OutputAxis Y, OutputAxis X)? Image { get; private init; }

    /// <summary>The input whose normalisation is undone; -1: none is.</summary>
    public required int Restored { get; init; }

    /// <summary>The first operation that needs the whole output, so that it is kept in memory until then; null: none does.</summary>
    public required int? KeptFrom { get; init; }

    /// <summary>Those statistics are taken over all samples, so all are kept.</summary>
    public required bool KeepsAll { get; init; }

    /// <summary>Bytes that are kept; 0: none.</summary>
    public required long KeptBytes { get; init; }

    /// <summary>Values of the output for one sample.</summary>
    public long Values => (long)Tensor.Channels * Axes.Z.Count * Axes.Y.Count * Axes.X.Count;

    /// <summary>Slices of the images; 1 for a network of planes, which has its slice in the sample.</summary>
    public required int Slices { get; init; }

    /// <summary>The slice of the images that a slice of the output shows.</summary>
    public int InputSlice(Sample sample, int slice) =>
        Slices == 1 ? sample.Slice : Axes.Z.Follows ? (int)Math.Clamp((Axes.Z.First + slice) / Axes.Z.Link.Scale, 0, Slices - 1) : 0;

    public static OutputJob Of(RunNetwork network, NetworkMatch match, RunOptions options, int index,
        (OutputAxis Z, OutputAxis Y, OutputAxis X) axes, (bool Wanted, bool Written) use)
    {
        OutputTensor tensor = network.Outputs[index];
        int restored = options.Normalize && (tensor.RestoresInput || tensor.IsSpread) ? RestoredInput(network, tensor) : -1;
        int firstKept = tensor.Postprocessing.ToList().FindIndex(operation => operation is StatisticOperation { NeedsOwnStatistics: true });
        bool keepsAll = tensor.Postprocessing.Any(operation => operation is StatisticOperation { NeedsOwnStatistics: true } own
            && own.Over.HasFlag(StatisticAxes.Samples));
        (OutputAxis Y, OutputAxis X)? image = match.Sampling is null ? null : InImage(match, axes, options.Region);
        // What is resampled is there as a whole first, so that tiles leave no seams.
        int? keptFrom = use.Wanted && firstKept >= 0 ? firstKept
            : use.Written && image is not null ? tensor.Postprocessing.Count : null;
        var job = new OutputJob
        {
            Index = index, Tensor = tensor, Axes = axes, Image = image, Restored = options.ScaleBack ? restored : -1,
            Planned = PlanOutput(match, tensor, image is { } own ? (axes.Z, own.Y, own.X) : axes,
                tensor.RestoresInput && restored >= 0),
            KeptFrom = keptFrom, KeepsAll = keepsAll, KeptBytes = 0, Slices = match.Volumes
                ? match.Shape.Slices : 1,
        };
        double kept = job.KeptFrom is null ? 0 : sizeof(float) * (double)job.Values * (keepsAll ? match.SampleCount : 1);
        return job with { KeptBytes = (long)Math.Min(kept, long.MaxValue / 4) };
    }

    /// <summary>The same output as if the network saw the image pixel by pixel.</summary>
    private static (OutputAxis Y, OutputAxis X) InImage(NetworkMatch match, (OutputAxis Z, OutputAxis Y, OutputAxis X) axes,
        PlaneRegion? region)
    {
        PlaneRegion part = region ?? new PlaneRegion(0, 0, match.Shape.Height, match.Shape.Width);
        return (axes.Y.Over(part.Top, part.Top + part.Height), axes.X.Over(part.Left, part.Left + part.Width));
    }

    /// <summary>The output's own reference, where each channel has a channel of the input to be scaled back like.</summary>
    private static int RestoredInput(RunNetwork network, OutputTensor tensor)
    {
        int index = network.Inputs.ToList().FindIndex(input => input.Name == tensor.Reference);
        InputTensor input = network.Inputs[Math.Max(index, 0)];
        int channels = tensor.IsSpread ? tensor.Channels : tensor.Channels - tensor.SpreadChannels;
        bool invertible = input.Preprocessing.All(operation => operation.IsInvertible);
        return invertible && (input.Channels == 1 || input.Channels == channels) ? Math.Max(index, 0) : -1;
    }

    private static PlannedOutput PlanOutput(NetworkMatch match, OutputTensor tensor, (OutputAxis Z, OutputAxis Y, OutputAxis X) axes,
        bool restores)
    {
        if (!match.Volumes && axes.Z.Count > 1 && match.Shape.Slices > 1)
        {
            throw new BioDLException(Status.InvalidArgument,
                $"the output {tensor.Name} has {axes.Z.Count} slices for each plane, and the image has {match.Shape.Slices} slices",
                "Use an image with one slice.");
        }
        ImageView shape = match.Shape;
        return new PlannedOutput
        {
            Name = tensor.Name, Kind = tensor.Kind, DataType = tensor.DataType, RestoresInput = restores,
            Frames = shape.Frames, Slices = match.Volumes ? axes.Z.Count : Math.Max(shape.Slices, axes.Z.Count),
            Channels = checked(match.Groups * tensor.Channels), Height = axes.Y.Count, Width = axes.X.Count,
            ChannelNames = Names(match, tensor),
            PixelPitch = (Pitch(axes.Z, match.Volumes ? shape.Slices : 1), Pitch(axes.Y, shape.Height), Pitch(axes.X, shape.Width)),
            Origin = (Origin(axes.Z, match.Volumes ? shape.Slices : 1), Origin(axes.Y, shape.Height), Origin(axes.X, shape.Width)),
        };
    }

    /// <summary>The model's names, with the number of the image's channel where several were run one after the other.</summary>
    private static string[] Names(NetworkMatch match, OutputTensor tensor)
    {
        var names = new List<string>();
        bool named = tensor.ChannelNames.Count == tensor.Channels;
        InputMatch? over = match.Inputs.FirstOrDefault(input => input.OneByOne);
        for (int group = 0; group < match.Groups; group++)
            for (int c = 0; c < tensor.Channels; c++)
            {
                string name = named ? tensor.ChannelNames[c] : "", own = name.Length > 0 ? name : tensor.Id.Length > 0
                    ? tensor.Id : tensor.Name;
                names.Add(over is null ? name : $"{own} C{over.Chosen[group] + 1}");
            }
        return [.. names];
    }

    private static double Pitch(OutputAxis axis, int length) => axis.Follows ? 1 / axis.Link.Scale : axis.Count > 1
        ? (double)length / axis.Count : 1;

    private static double Origin(OutputAxis axis, int length) => axis.Follows || axis.Count > 1
        ? (axis.First + 0.5) * Pitch(axis, length) - 0.5 : 0;
}
