using BioDL.Core.Images;

namespace BioDL.Core.Runs;

/// <summary>A rectangle of a plane, in pixels.</summary>
public readonly record struct PlaneRegion(int Top, int Left, int Height, int Width)
{
    /// <summary>With so many pixels more to each side, inside a plane.</summary>
    internal PlaneRegion Widened(int margin, int height, int width)
    {
        int top = Math.Max(0, Top - Math.Min(margin, Top)), left = Math.Max(0, Left - Math.Min(margin, Left));
        int bottom = (int)Math.Min(height, (long)Top + Height + margin), right = (int)Math.Min(width, (long)Left + Width + margin);
        return new PlaneRegion(top, left, bottom - top, right - left);
    }
}

/// <summary>The values at the two percentiles of a channel, as the host took them from the whole image; High above Low.</summary>
public readonly record struct ValueRange(double Low, double High);

/// <summary>
/// How to run a network over an image, whatever becomes of its outputs; null means the model's own or an automatic value. See
/// native/include/biodl/run.h.
/// </summary>
public sealed record RunOptions
{
    /// <summary>False: the pixels are normalised already, so preprocessing is left out (scaling back too).</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>In percent, 0 to 100: in place of those of the model's scale_range steps.</summary>
    public double? PercentileLow { get; init; }

    /// <summary>In percent, above <see cref="PercentileLow"/>.</summary>
    public double? PercentileHigh { get; init; }

    /// <summary>
    /// The values at the percentiles, one for each channel of the first input, or one for all of them: taken by the host from a whole of
    /// which this image is a block, so that blocks computed apart agree. Null: taken from the image.
    /// </summary>
    public IReadOnlyList<ValueRange>? PercentileValues { get; init; }

    /// <summary>
    /// For each input the image's channels it sees, 0-based (of packed RGB: 0 red, 1 green, 2 blue); null or an empty list: all. A network
    /// of one
    /// channel is run for each of them by itself, and its outputs then have as many channels.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? Channels { get; init; }

    /// <summary>
    /// Of the first image, one for each channel as the model sees them, "" where one has none: compared with what the model was made for.
    /// Null: not known.
    /// </summary>
    public IReadOnlyList<string>? ChannelNames { get; init; }

    /// <summary>
    /// Dark objects on a bright ground count as bright ones on a dark ground: values v come to the network as (largest of the pixel type)
    /// - v, of float32 as -v, and restored outputs are turned back. Float32 and 16-bit images need a normalisation that is taken from them.
    /// </summary>
    public bool DarkObjects { get; init; }

    /// <summary>
    /// The network sees the image resampled by this factor along y and x (0.25: a quarter of its pixels a side): area averaging when it
    /// shrinks, bilinear when it grows; statistics are those of the image's own pixels. Objects, labels and images that are written have
    /// the image's own pixels. 1/64 to 64; null: as it is.
    /// </summary>
    public double? Scale { get; init; }

    /// <summary>
    /// Diameter of the image's objects in pixels: <see cref="Scale"/> becomes that of <see cref="Runs.MadeFor.Diameter"/> to it. Not beside
    /// <see cref="Scale"/>.
    /// </summary>
    public double? ObjectDiameter { get; init; }

    /// <summary>Undo the input's normalisation in outputs that are restored inputs (<see cref="OutputTensor.RestoresInput"/>).</summary>
    public bool ScaleBack { get; init; } = true;

    /// <summary>
    /// Only this part of each plane is computed: images have its size, objects have their centroid in it. Statistics stay those of the
    /// whole image, and coordinates of objects those of the image.
    /// </summary>
    public PlaneRegion? Region { get; init; }

    /// <summary>
    /// UInt8, one plane, Y and X of the image: tiles that own no non-zero pixel of it are not computed. Objects have their centroid on
    /// one; of an image written, pixels of the tiles left out stay as the caller's memory had them. Null: all.
    /// </summary>
    public ImageView? Mask { get; init; }

    /// <summary>
    /// Pixels around <see cref="Region"/> and <see cref="Mask"/> that are computed too, for a sink whose answer inside depends on what it
    /// finds outside; <see cref="int.MaxValue"/>: all.
    /// </summary>
    internal int Margin { get; init; }

    /// <summary>Micrometres from one pixel to the next along z, y and x, for the account; 0: not known.</summary>
    public (double Z, double Y, double X) PixelSize { get; init; }

    /// <summary>
    /// Each sample goes through the network in one tile, without the mirror that valid convolutions otherwise get around the image, so
    /// outputs
    /// have the size that the network gives: as a model's own test tensors were made. Without a <see cref="Region"/>.
    /// </summary>
    public bool WholeImage { get; init; }

    /// <summary>Side of a tile along y and x in pixels, halo included; null: chosen by the cost model.</summary>
    public int? Tile { get; init; }

    /// <summary>"auto", "cpu", "cuda:0", ...</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Bytes that tiles may take; null: a part of what is free, at most 768 MiB.</summary>
    public long? MemoryLimit { get; init; }
}
