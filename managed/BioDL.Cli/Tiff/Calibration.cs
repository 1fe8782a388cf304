using System.Globalization;

namespace BioDL.Cli.Tiff;

/// <summary>
/// How large a pixel is, how long a frame takes and where coordinates start, in ImageJ's terms (ij.measure.Calibration), so that a result
/// opens in ImageJ as its source does.
/// </summary>
internal sealed record Calibration
{
    /// <summary>In <see cref="Unit"/>; 1 when the file does not say.</summary>
    internal double PixelWidth { get; init; } = 1;

    /// <summary>In <see cref="YUnit"/>.</summary>
    internal double PixelHeight { get; init; } = 1;

    /// <summary>From a slice to the next, in <see cref="ZUnit"/>; null when the file does not say, which ImageJ takes as 1.</summary>
    internal double? PixelDepth { get; init; }

    /// <summary>As a person reads it, such as "µm"; "pixel" when the file does not say.</summary>
    internal string Unit { get; init; } = Units.Pixel;

    /// <summary>Null: the same as <see cref="Unit"/>.</summary>
    internal string? YUnit { get; init; }
    internal string? ZUnit { get; init; }

    /// <summary>In <see cref="TimeUnit"/>; 0 when the file does not say.</summary>
    internal double FrameInterval { get; init; }
    internal string TimeUnit { get; init; } = "sec";

    /// <summary>Of a film, as it is to be played; 0 when the file does not say.</summary>
    internal double FramesPerSecond { get; init; }

    /// <summary>The pixel at which coordinates are 0, in pixels from the image's corner.</summary>
    internal (double X, double Y, double Z) Origin { get; init; }

    /// <summary>Y counts upwards, from the lower edge where there is no origin.</summary>
    internal bool InvertsY { get; init; }

    internal bool IsCalibrated => Unit != Units.Pixel;

    /// <summary>Pixels have a size, in a unit or not.</summary>
    internal bool HasSize => IsCalibrated || PixelWidth != 1 || PixelHeight != 1;

    /// <summary>The TIFF tag that goes with it.</summary>
    internal ResolutionUnit ResolutionUnit => Unit switch
    {
        "inch" => ResolutionUnit.Inch,
        "cm" => ResolutionUnit.Centimetre,
        _ => ResolutionUnit.None,
    };

    /// <summary>From one pixel to the next along z, y and x; 0: the file does not say.</summary>
    internal (double Z, double Y, double X) Micrometres
    {
        get
        {
            double y = Units.Length(YUnit ?? Unit) ?? 0, z = Units.Length(ZUnit ?? Unit) ?? 0;
            return ((PixelDepth ?? 0) * z, PixelHeight * y, PixelWidth * (Units.Length(Unit) ?? 0));
        }
    }

    /// <summary>The coordinate, in <see cref="Unit"/>, of a place in pixels whose first pixel's centre is 0.</summary>
    internal double X(double pixels) => (pixels + 0.5 - Origin.X) * PixelWidth;

    /// <summary>As <see cref="X"/>.</summary>
    /// <param name="pixels">from the upper edge</param>
    /// <param name="height">of the image</param>
    internal double Y(double pixels, int height)
    {
        double place = pixels + 0.5;
        return PixelHeight * (InvertsY ? (Origin.Y != 0 ? Origin.Y : height) - place : place - Origin.Y);
    }

    /// <summary>Of an image whose pixels are larger, smaller or start elsewhere.</summary>
    /// <param name="pitch">pixels of this image for one of the other</param>
    /// <param name="first">where the centre of the other's first pixel lies in this image, in pixels</param>
    internal Calibration Rescaled((double Z, double Y, double X) pitch, (double Z, double Y, double X) first)
    {
        double Moved(double origin, double start, double step) => (origin - 0.5 - start) / step + 0.5;
        // As ImageJ's own crop: what has no origin gets none.
        (double X, double Y, double Z) origin = Origin == default ? default
            : (Moved(Origin.X, first.X, pitch.X), Moved(Origin.Y, first.Y, pitch.Y), Moved(Origin.Z, first.Z, pitch.Z));
        return this with
        {
            PixelWidth = PixelWidth * pitch.X,
            PixelHeight = PixelHeight * pitch.Y,
            PixelDepth = PixelDepth * pitch.Z,
            Origin = origin,
        };
    }

    /// <summary>A number as ImageJ reads it back exactly.</summary>
    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
