namespace BioDL.Core.Prediction;

/// <summary>A rectangle of a plane, in pixels.</summary>
public readonly record struct PlaneRegion(int Top, int Left, int Height, int Width);

/// <summary>How to run a network over an image; null means the model's own or an automatic value. See native/include/biodl/run.h.</summary>
public sealed record PredictionOptions
{
    /// <summary>False: the pixels are normalised already, so preprocessing is left out (scaling back too).</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>In percent, 0 to 100: in place of those of the model's scale_range steps.</summary>
    public double? PercentileLow { get; init; }
    public double? PercentileHigh { get; init; }

    /// <summary>
    /// For each input the image's channels it sees, 0-based (of packed RGB: 0 red, 1 green, 2 blue); null or an empty list: all. A network of one
    /// channel is run for each of them by itself, and its outputs then have as many channels.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? Channels { get; init; }

    /// <summary>Undo the input's normalisation in outputs that are restored inputs (<see cref="OutputTensor.RestoresInput"/>).</summary>
    public bool ScaleBack { get; init; } = true;

    /// <summary>Only this part of each plane is computed, and outputs have its size; statistics stay those of the whole image. For previews.</summary>
    public PlaneRegion? Region { get; init; }

    /// <summary>
    /// Each sample goes through the network in one tile, without the mirror that valid convolutions otherwise get around the image, so outputs
    /// have the size that the network gives: as a model's own test tensors were made. Without a <see cref="Region"/>.
    /// </summary>
    public bool WholeImage { get; init; }

    /// <summary>Side of a tile along y and x in pixels, halo included; null: chosen by the cost model.</summary>
    public int? Tile { get; init; }

    /// <summary>"auto", "cpu", "cuda:0", ...</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Bytes that tiles may take; null: a part of what is free.</summary>
    public long? MemoryLimit { get; init; }
}
