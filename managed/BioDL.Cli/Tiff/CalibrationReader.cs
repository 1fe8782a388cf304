namespace BioDL.Cli.Tiff;

/// <summary>
/// Calibration as ImageJ 1.53t reads it (ij.io.TiffDecoder, FileOpener.setCalibration), and that of OME, which ImageJ alone does not read:
/// in
/// micrometres and seconds, as Fiji's importer gives it. A size is read together with its unit; where that is not understood it is a
/// warning
/// and no size. OME's positions are those of the stage, and no origin of the image.
/// </summary>
internal static class CalibrationReader
{
    /// <param name="page">the first of the image</param>
    /// <param name="imageJ">null when ImageJ did not write it</param>
    /// <param name="description">of the page</param>
    internal static Calibration Of(in TiffPage page, ImageDescription? imageJ, string description)
    {
        if (imageJ is null && Aperio(description) is { } slide)
            return slide;
        (double width, double height) = (Size(page.XResolution), Size(page.YResolution));
        string? unit = page.ResolutionUnit switch
        {
            ResolutionUnit.None => " ",
            ResolutionUnit.Inch => "inch",
            ResolutionUnit.Centimetre => "cm",
            _ => null,
        };
        // 72 dots per inch is what programs write who know nothing.
        if (page.ResolutionUnit == ResolutionUnit.Inch && width == 1 / 72d)
            (width, height, unit) = (1, 1, null);
        if (imageJ is not null)
            return OfImageJ(imageJ, width, height, unit);
        return unit is null ? new Calibration() : Scaled(new Calibration { PixelWidth = width, PixelHeight = height, Unit = unit }, 0.001);
    }

    /// <param name="ome">the image</param>
    /// <param name="otherwise">what the file says besides, for what OME does not say</param>
    /// <param name="warnings">gets a line for each unit that is not understood</param>
    internal static Calibration Of(OmeImage ome, Calibration otherwise, List<string> warnings)
    {
        double? x = Length("PhysicalSizeX", ome.SizeX, warnings), y = Length("PhysicalSizeY", ome.SizeY, warnings),
            z = Length("PhysicalSizeZ", ome.SizeZ, warnings), t = Time(ome.TimeIncrement, warnings);
        Calibration plane = otherwise with { PixelDepth = null };
        if (ome.SizeX is not null || ome.SizeY is not null)
            plane = Plane(ome, x, y);
        string? depthUnit = z is null && ome.SizeZ is not null ? Units.Pixel : z is not null && plane.Unit != "µm" ? "µm" : null;
        return plane with { PixelDepth = z, ZUnit = depthUnit, FrameInterval = t ?? 0, TimeUnit = "sec" };
    }

    // One of the two sizes may be missing; one that has a unit nobody knows leaves both without.
    private static Calibration Plane(OmeImage ome, double? x, double? y)
    {
        bool understood = (x is not null || ome.SizeX is null) && (y is not null || ome.SizeY is null);
        return understood ? new Calibration { PixelWidth = x ?? y!.Value, PixelHeight = y ?? x!.Value, Unit = "µm" } : new Calibration();
    }

    private static Calibration OfImageJ(ImageDescription imageJ, double width, double height, string? resolution)
    {
        string unit = imageJ.Text("unit");
        if (resolution == "cm" && unit == "um")
            (width, height) = (width * 1e4, height * 1e4);
        double spacing = Math.Abs(imageJ.Number("spacing"));
        return Scaled(new Calibration
        {
            PixelWidth = width, PixelHeight = height, PixelDepth = spacing > 0 ? spacing : null, Unit = unit,
            YUnit = Other(imageJ.Text("yunit")), ZUnit = Other(imageJ.Text("zunit")),
            FrameInterval = imageJ.Number("finterval"), FramesPerSecond = imageJ.Number("fps"),
            TimeUnit = imageJ.Text("tunit") is { Length: > 0 } time ? time : "sec",
            Origin = (imageJ.Number("xorigin"), imageJ.Number("yorigin"), imageJ.Number("zorigin")),
            InvertsY = imageJ.Text("inverty") == "true",
        }, 0.0001);
    }

    /// <summary>Centimetres below a size are micrometres; a unit has one name.</summary>
    private static Calibration Scaled(Calibration read, double mostCentimetres)
    {
        if (read.Unit != "cm" || read.PixelWidth > mostCentimetres)
            return read with { Unit = Named(read.Unit) };
        return read with
        {
            PixelWidth = read.PixelWidth * 1e4,
            PixelHeight = read.PixelHeight * 1e4,
            PixelDepth = read.PixelDepth is { } depth and not 1
                ? depth * 1e4 : read.PixelDepth,
            Unit = "µm",
        };
    }

    private static string Named(string unit) => string.IsNullOrWhiteSpace(unit) ? Units.Pixel : unit is "um" or "\u03BCm" ? "µm" : unit;

    private static string? Other(string unit) => unit.Length == 0 ? null : Named(unit);

    private static double Size(double resolution) => resolution > 0 && double.IsFinite(resolution) ? 1 / resolution : 1;

    private static double? Length(string name, OmeQuantity? size, List<string> warnings)
    {
        if (size is not { } given)
            return null;
        double? unit = Units.OmeLength(given.Unit);
        if (unit is null && given.Unit != Units.Pixel)
            warnings.Add($"{name} is {Calibration.Text(given.Value)} '{given.Unit}', which is no known length: it is left out");
        return unit * given.Value;
    }

    private static double? Time(OmeQuantity? time, List<string> warnings)
    {
        if (time is not { } given)
            return null;
        double? unit = Units.OmeTime(given.Unit);
        if (unit is null)
            warnings.Add($"TimeIncrement is {Calibration.Text(given.Value)} '{given.Unit}', which is no known time: it is left out");
        return unit * given.Value;
    }

    /// <summary>Aperio's slides say "MPP = 0.2521": micrometres a pixel.</summary>
    private static Calibration? Aperio(string description)
    {
        if (!description.StartsWith("Aperio", StringComparison.Ordinal))
            return null;
        string? size = description.Split('|').Select(part => part.Split('=')).FirstOrDefault(part => part.Length == 2
            && part[0].Trim() == "MPP")?[1];
        return ImageDescription.TryNumber(size, out double micrometres) && micrometres > 0
            ? new Calibration { PixelWidth = micrometres, PixelHeight = micrometres, Unit = "µm" } : null;
    }
}
