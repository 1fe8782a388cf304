using BioDL.Cli.Output;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Models.Outputs;

namespace BioDL.Tests.Cli;

/// <summary>
/// Sizes, units and origins are those that ImageJ 1.53t reads from the same tags (measured with it), or OME's in micrometres.
/// </summary>
public sealed class CalibrationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, 4, 1, 0.25, "pixel")]
    [InlineData(null, 4, 0, 1, "pixel")]
    [InlineData(null, 72, 2, 1, "pixel")]
    [InlineData(null, 300, 2, 1 / 300.0, "inch")]
    [InlineData(null, 40000, 3, 0.25, "µm")]
    [InlineData(null, 2000, 3, 5, "µm")]
    [InlineData(null, 500, 3, 0.002, "cm")]
    [InlineData("", 40000, 3, 2.5e-5, "pixel")]
    [InlineData("", 300, 2, 1 / 300.0, "pixel")]
    [InlineData("unit=um\n", 40000, 3, 0.25, "µm")]
    [InlineData("unit=\\u00B5m\n", 40000, 3, 2.5e-5, "µm")]
    [InlineData("unit=cm\n", 40000, 3, 0.25, "µm")]
    [InlineData("unit=cm\n", 2000, 3, 5e-4, "cm")]
    [InlineData("unit=micron\n", 4, 1, 0.25, "micron")]
    [InlineData("unit=pixel\n", 4, 1, 0.25, "pixel")]
    [InlineData("unit=nm\n", 1 / 325.0, 1, 325, "nm")]
    public void ASizeIsWhatImageJReads(string? imageJ, double resolution, int unit, double size, string expected)
    {
        var page = new TiffPage { XResolution = resolution, YResolution = resolution, ResolutionUnit = (ResolutionUnit)unit };
        Calibration read = CalibrationReader.Of(page, imageJ is null ? null : ImageDescription.Parse("ImageJ=1.53t\n" + imageJ), "");
        Assert.Equal((Rounded(size), Rounded(size), expected), (Rounded(read.PixelWidth), Rounded(read.PixelHeight), read.Unit));
    }

    [Theory]
    [InlineData("m", 1e6), InlineData("dm", 1e5), InlineData("cm", 1e4), InlineData("mm", 1e3), InlineData("µm", 1),
        InlineData("\u03BCm", 1)]
    [InlineData("nm", 1e-3), InlineData("pm", 1e-6), InlineData("Å", 1e-4), InlineData("fm", 1e-9), InlineData("in", 25400)]
    [InlineData("thou", 25.4), InlineData("pt", 25400 / 72.0), InlineData("Mm", 1e12), InlineData("km", 1e9), InlineData("ft", 304800)]
    public void EachOfOmesLengthsIsReadWithItsOwnUnit(string unit, double micrometres)
    {
        Calibration read = Ome($"PhysicalSizeX=\"2\" PhysicalSizeXUnit=\"{unit}\" PhysicalSizeY=\"3\" PhysicalSizeZ=\"5\" "
            + $"PhysicalSizeZUnit=\"{unit}\"", []);
        Assert.Equal((Rounded(2 * micrometres), 3, Rounded(5 * micrometres), "µm"),
            (Rounded(read.PixelWidth), read.PixelHeight, Rounded(read.PixelDepth!.Value), read.Unit));
        Assert.Equal((null, Rounded(5 * micrometres)), (read.ZUnit, Rounded(read.Micrometres.Z)));
    }

    [Theory]
    [InlineData("s", 1), InlineData("ms", 1e-3), InlineData("µs", 1e-6), InlineData("ns", 1e-9), InlineData("min", 60),
        InlineData("h", 3600)]
    [InlineData("d", 86400), InlineData("ks", 1000), InlineData("Ms", 1e6)]
    public void EachOfOmesTimesIsReadInSeconds(string unit, double seconds)
    {
        Calibration read = Ome($"TimeIncrement=\"20\" TimeIncrementUnit=\"{unit}\"", []);
        Assert.Equal((Rounded(20 * seconds), "sec"), (Rounded(read.FrameInterval), read.TimeUnit));
        Assert.Equal(20, Ome("TimeIncrement=\"20\"", []).FrameInterval);
    }

    [Theory]
    [InlineData("PhysicalSizeX=\"2\" PhysicalSizeXUnit=\"reference frame\"", 1, "pixel", null, 1)]
    [InlineData("PhysicalSizeX=\"2\" PhysicalSizeXUnit=\"pixel\"", 1, "pixel", null, 0)]
    [InlineData("PhysicalSizeX=\"2\" PhysicalSizeXUnit=\"furlong\" PhysicalSizeY=\"2\"", 1, "pixel", null, 1)]
    [InlineData("PhysicalSizeX=\"2\" PhysicalSizeY=\"2\" PhysicalSizeYUnit=\"\"", 1, "pixel", null, 1)]
    [InlineData("PhysicalSizeX=\"2\" PhysicalSizeZ=\"4\" PhysicalSizeZUnit=\"steps\"", 2, "µm", "pixel", 1)]
    [InlineData("PhysicalSizeX=\"2\" TimeIncrement=\"4\" TimeIncrementUnit=\"ticks\"", 2, "µm", null, 1)]
    public void AUnitThatNobodyKnowsIsAWarningAndNoSize(string attributes, double width, string unit, string? zUnit, int warnings)
    {
        var said = new List<string>();
        Calibration read = Ome(attributes, said);
        Assert.Equal((width, unit, zUnit, null, 0), (read.PixelWidth, read.Unit, read.ZUnit, read.PixelDepth, read.FrameInterval));
        Assert.Equal(warnings, said.Count);
    }

    [Theory]
    [InlineData("micron", 1), InlineData("microns", 1), InlineData("um", 1), InlineData("µm", 1), InlineData("Micrometers", 1)]
    [InlineData("nm", 1e-3), InlineData("mm", 1e3), InlineData("cm", 1e4), InlineData("inch", 25400), InlineData("inches", 25400)]
    [InlineData("m", 1e6), InlineData("pixel", 0), InlineData("furlong", 0)]
    public void ALengthThatImageJsUsersWriteIsKnownInMicrometres(string unit, double micrometres) =>
        Assert.Equal(micrometres, new Calibration { Unit = unit }.Micrometres.X, 1e-12);

    [Fact]
    public void AMicroSignIsReadInEitherEncoding()
    {
        foreach (byte[] sign in new byte[][] { [0xB5], [0xC2, 0xB5] })
        {
            byte[] text = [.. "ImageJ=1.53t\nunit="u8, .. sign, .. "m\n\0"u8];
            string path = _folder.File("micro.tif");
            File.WriteAllBytes(path, new RawTiff(false, false, (270, 1, [.. text.Select(b => (long)b)]))
                .Write([(TiffMaker.Grey(4, 1), [new byte[4]])]));
            using TiffImage image = TiffImage.Open(path);
            Assert.Equal("µm", image.Calibration.Unit);
        }
    }

    [Theory, InlineData("µm"), InlineData("nm"), InlineData("cm"), InlineData("inch"), InlineData("pixel"), InlineData("a \\ b")]
    public void WhatIsWrittenIsReadBack(string unit)
    {
        var calibration = new Calibration
        {
            PixelWidth = 0.325, PixelHeight = 0.65, PixelDepth = 1.5, Unit = unit, YUnit = "mm", ZUnit = "km", FrameInterval = 0.5,
            TimeUnit = "ms", FramesPerSecond = 12, Origin = (1.5, -2, 3), InvertsY = true,
        };
        string path = _folder.File("written.tif");
        using (var file = new HyperstackFile(new SafeFile(path, overwrite: true), new Hyperstack
        {
            Type = PixelType.UInt8, Frames = 2, Slices = 2, Channels = 1, Height = 2, Width = 2, Calibration = calibration,
        }))
            file.Commit("");
        using TiffImage read = TiffImage.Open(path);
        Assert.Equal(calibration, read.Calibration with
        {
            PixelWidth = Rounded(read.Calibration.PixelWidth),
            PixelHeight = Rounded(read.Calibration.PixelHeight),
        });
    }

    [Fact]
    public void AResolutionIsTheFractionThatGivesTheSizeBack()
    {
        var random = new Random(5);
        double[] sizes = [0.325, 0.1, 0.0645, 1, 325, 1e6, 1e-6, 1 / 3.0,
            .. Enumerable.Range(0, 500).Select(_ => Math.Exp(random.NextDouble() * 30 - 15))];
        foreach (double size in sizes)
        {
            (uint numerator, uint denominator) = Fraction.Of(1 / size);
            Assert.True(numerator is > 0 and <= int.MaxValue && denominator is > 0 and <= int.MaxValue);
            // The nearest fraction of numbers below 2^31 is within 1 / (smaller number squared), and never worse than half a step.
            Assert.Equal(1, (double)denominator / numerator / size, 4e-6);
        }
        Assert.Equal((40u, 13u), Fraction.Of(1 / 0.325));
    }

    [Fact]
    public void CoordinatesAreImageJs()
    {
        var calibration = new Calibration { PixelWidth = 0.5, PixelHeight = 2, Unit = "µm", Origin = (10, 20, 0) };
        Assert.Equal((-4.75, -39), (calibration.X(0), calibration.Y(0, 100)));
        Assert.Equal(39, (calibration with { InvertsY = true }).Y(0, 100));
        Assert.Equal(199, (calibration with { InvertsY = true, Origin = default }).Y(0, 100));
        // A part of the image, and one of half as many pixels, have the same coordinates at the same place.
        Calibration part = calibration.Rescaled((1, 1, 1), (0, 6, 4)), half = calibration.Rescaled((1, 2, 2), (0, 0.5, 0.5));
        Assert.Equal(calibration.X(7), part.X(3), 1e-12);
        Assert.Equal(calibration.Y(7, 100), part.Y(1, 50), 1e-12);
        Assert.Equal(calibration.X(2.5), half.X(1), 1e-12);
        Assert.Equal(default, (calibration with { Origin = default }).Rescaled((1, 1, 1), (0, 6, 4)).Origin);
    }

    [Fact]
    public void AnAperioSlideSaysItsMicrometresAPixel()
    {
        Calibration read = CalibrationReader.Of(default, null, "Aperio Image Library v12\r\n100x100 JPEG|AppMag = 40|MPP = 0.2521");
        Assert.Equal((0.2521, 0.2521, "µm"), (read.PixelWidth, read.PixelHeight, read.Unit));
    }

    private static Calibration Ome(string attributes, List<string> warnings) => CalibrationReader.Of(OmeDescription.Parse(
        $"<OME><Image><Pixels DimensionOrder=\"XYCZT\" {attributes}/></Image></OME>")!.Images[0], new Calibration(), warnings);

    // Resolutions are the inverse of sizes, and both are rounded to doubles.
    private static double Rounded(double value) => double.Parse(value.ToString("G12"));
}
