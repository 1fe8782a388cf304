using BioDL.Core.Training;

namespace BioDL.Training.Patches;

/// <summary>A piece of one image with what belongs to it, its own to change: normalised values, axes c, (z,) y, x.</summary>
internal sealed class Patch
{
    /// <summary>It was cut from here.</summary>
    public required TrainingSample Sample { get; init; }

    /// <summary>Pixels along (z,) y, x.</summary>
    public required int[] Size { get; set; }

    /// <summary>Of the input.</summary>
    public required int Channels { get; init; }
    public required float[] Input { get; set; }

    public int TargetChannels { get; init; }

    /// <summary>Null where the sample has none. Class numbers where the method is semantic.</summary>
    public float[]? Target { get; set; }

    /// <summary>Null where the sample has none; 0 background.</summary>
    public int[]? Labels { get; set; }

    /// <summary>Of one channel.</summary>
    public int Pixels => Size.Aggregate(1, (product, size) => product * size);

    /// <summary>With arrays of its own.</summary>
    public Patch Copy() => new()
    {
        Sample = Sample, Size = [.. Size], Channels = Channels, Input = [.. Input], TargetChannels = TargetChannels,
        Target = Target is null ? null : [.. Target], Labels = Labels is null ? null : [.. Labels],
    };
}
