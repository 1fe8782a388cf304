using System.Globalization;

namespace BioDL.Cli.Tiff;

/// <summary>How large a pixel is. As ImageJ reads it: ImageJ's unit first, then OME's, then TIFF's inch or centimetre.</summary>
internal sealed record Calibration
{
    /// <summary>In <see cref="Unit"/>; 1 when the file does not say.</summary>
    internal double PixelWidth { get; init; } = 1;
    internal double PixelHeight { get; init; } = 1;

    /// <summary>As a person reads it, such as "µm"; "pixel" when the file does not say.</summary>
    internal string Unit { get; init; } = "pixel";

    /// <summary>The TIFF tag that goes with the resolution written.</summary>
    internal ResolutionUnit ResolutionUnit { get; init; } = ResolutionUnit.None;

    /// <summary>Lines for ImageJ's description, such as unit, spacing and finterval.</summary>
    internal IReadOnlyDictionary<string, string> Lines { get; init; } = new Dictionary<string, string>();

    internal bool IsCalibrated => Unit != "pixel";

    /// <summary>From one pixel to the next along z, y and x; 0: the file does not say.</summary>
    internal (double Z, double Y, double X) Micrometres
    {
        get
        {
            double unit = Unit switch { "µm" => 1, "nm" => 1e-3, "mm" => 1e3, "cm" => 1e4, "inch" => 25400, _ => 0 };
            bool spaced = double.TryParse(Lines.GetValueOrDefault("spacing"), NumberStyles.Float, CultureInfo.InvariantCulture,
                out double spacing) && spacing > 0;
            return (spaced ? spacing * unit : 0, PixelHeight * unit, PixelWidth * unit);
        }
    }

    /// <summary>Where a place lies, in <see cref="Unit"/> from the origin, as ImageJ measures: pixel 0 reaches from 0 to 1.</summary>
    /// <param name="pixel">0 is the centre of the first pixel</param>
    internal double X(double pixel) => (pixel + 0.5 - Origin("xorigin")) * PixelWidth;

    /// <summary>As <see cref="X"/>.</summary>
    internal double Y(double pixel) => (pixel + 0.5 - Origin("yorigin")) * PixelHeight;

    private double Origin(string line) =>
        double.TryParse(Lines.GetValueOrDefault(line), NumberStyles.Float, CultureInfo.InvariantCulture, out double origin) ? origin : 0;

    internal static Calibration Of(in TiffPage page, ImageDescription? imageJ, OmeDescription? ome)
    {
        if (imageJ is null && ome is { PixelWidth: > 0 })
            return OfOme(ome);
        double width = Inverse(page.XResolution), height = Inverse(page.YResolution);
        IReadOnlyDictionary<string, string> lines = imageJ?.Calibration() ?? new Dictionary<string, string>();
        string unit = Readable(imageJ?.Text("unit") ?? "");
        // 72 dots per inch is what programs write who know nothing.
        bool screen = Math.Abs(page.XResolution - 72) < 1e-3;
        if (unit.Length == 0 && page.ResolutionUnit == ResolutionUnit.Inch && width > 0 && !screen)
            unit = "inch";
        else if (unit.Length == 0 && page.ResolutionUnit == ResolutionUnit.Centimetre && width > 0)
            unit = "cm";
        if (unit.Length == 0 || width <= 0 || height <= 0)
            return new Calibration { Lines = lines };
        return new Calibration
        {
            PixelWidth = width, PixelHeight = height, Unit = unit, ResolutionUnit = page.ResolutionUnit, Lines = lines,
        };
    }

    /// <summary>Of an image whose pixels are larger or smaller.</summary>
    /// <param name="pitch">pixels of this image for one of the other</param>
    internal Calibration Rescaled((double Z, double Y, double X) pitch)
    {
        if (pitch == (1, 1, 1))
            return this;
        var lines = new Dictionary<string, string>(Lines);
        if (lines.TryGetValue("spacing", out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
            out double spacing))
            lines["spacing"] = (spacing * pitch.Z).ToString("R", CultureInfo.InvariantCulture);
        // Origins are in pixels, and not those of the other image.
        foreach (string origin in new[] { "xorigin", "yorigin", "zorigin" })
            lines.Remove(origin);
        return this with { PixelWidth = PixelWidth * pitch.X, PixelHeight = PixelHeight * pitch.Y, Lines = lines };
    }

    private static Calibration OfOme(OmeDescription ome)
    {
        var lines = new Dictionary<string, string> { ["unit"] = ome.Unit };
        if (ome.PixelDepth > 0)
            lines["spacing"] = ome.PixelDepth.ToString("R", CultureInfo.InvariantCulture);
        if (ome.FrameInterval > 0)
            lines["finterval"] = ome.FrameInterval.ToString("R", CultureInfo.InvariantCulture);
        return new Calibration
        {
            PixelWidth = ome.PixelWidth, PixelHeight = ome.PixelHeight > 0 ? ome.PixelHeight : ome.PixelWidth,
            Unit = Readable(ome.Unit), Lines = lines,
        };
    }

    private static double Inverse(double resolution) => resolution > 0 && double.IsFinite(resolution) ? 1 / resolution : 0;

    private static string Readable(string unit) => unit switch
    {
        "micron" or "microns" or "um" or "\u03BCm" => "µm",
        "pixel" or "pixels" => "",
        _ => unit.Trim(),
    };
}
