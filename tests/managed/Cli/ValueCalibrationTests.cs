using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Tests.Cli;

/// <summary>The value that a user sees in ImageJ is the value that a network gets, and the one that a result gives back.</summary>
public sealed class ValueCalibrationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The values are those of ImageJ 1.53t for the same files (measured with it).</summary>
    [Theory]
    [InlineData("cf=0\nc0=-32768\nc1=1\nvunit=Gray Value\n", 1, -32768)]
    [InlineData("cf=0\nc0=-5\nc1=2\nvunit=OD\n", 2, -5)]
    [InlineData("cf=0\nc0=-5\nc1=2\n", 1, 0)]
    [InlineData("cf=0\nc0=-5\nvunit=OD\n", 1, 0)]
    [InlineData("cf=20\nc0=-5\nc1=2\nvunit=OD\n", 1, 0)]
    [InlineData("cf=1\nc0=1\nc1=2\nc2=0\nvunit=OD\n", 2, 1)]
    [InlineData("cf=0\nc0=1\nc1=2\nvunit=OD\nzeroclip=true\n", 2, 1)]
    [InlineData("vunit=counts\n", 1, 0)]
    [InlineData("", 1, 0)]
    public void AStraightLineIsApplied(string lines, double scale, double offset)
    {
        using TiffImage image = TiffImage.Open(Write("a.tif", "ImageJ=1.53t\n" + lines, SampleFormat.Unsigned));
        Assert.Equal((scale, offset), (image.View.ValueScale, image.View.ValueOffset));
        Assert.Equal(Enumerable.Range(0, 192).Select(i => (float)(i * scale + offset)), TiffImageTests.Values(image.View));
    }

    [Theory]
    [InlineData("cf=1\nc0=1\nc1=2\nc2=3\nvunit=OD\n", "polynomial of degree 2"),
        InlineData("cf=7\nc0=1\nc1=2\nc2=3\nc3=4\nvunit=OD\n", "Rodbard")]
    [InlineData("cf=6\nc0=1\nc1=2\nvunit=OD\n", "log"), InlineData("cf=13\nc0=1\nc1=2\nvunit=x\n", "exponential recovery")]
    [InlineData("cf=21\nvunit=OD\n", "optical density"),
        InlineData("cf=0\nc0=-5\nc1=2\nvunit=OD\nzeroclip=true\n", "negative values made 0")]
    [InlineData("cf=0\nc0=3\nc1=0\nvunit=OD\n", "straight line")]
    public void AnyOtherFunctionIsRefusedByName(string lines, string name)
    {
        var error = Assert.Throws<BioDLException>(() => TiffImage.Open(Write("a.tif", "ImageJ=1.53t\n" + lines, SampleFormat.Unsigned)));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("32-bit", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void AFunctionOfAnUnsignedPixelIsAppliedToASignedFileAsImageJHoldsIt()
    {
        using TiffImage image = TiffImage.Open(Write("a.tif", "ImageJ=1.53t\ncf=0\nc0=-5\nc1=2\nvunit=OD\n", SampleFormat.Signed));
        Assert.Equal(65531 + 2 * 7, TiffImageTests.Values(image.View)[7]);
    }

    [Theory]
    [InlineData(true, "", 1, -32768), InlineData(false, "cf=0\nc0=-32768\nc1=1\nvunit=Gray Value\n", 1, -32768)]
    [InlineData(false, "cf=0\nc0=100\nc1=-0.5\nvunit=OD\n", -0.5, 100)]
    public void ARestoredImageOfTheSameTypeMeansTheSameValues(bool signed, string lines, double scale, double offset)
    {
        string image = Write("a.tif", lines.Length > 0 ? "ImageJ=1.53t\n" + lines : null,
            signed ? SampleFormat.Signed : SampleFormat.Unsigned),
            model = PixelModel.Write(_folder.File("m.zip"), "denoising");
        foreach (string type in new[] { "input", "float32" })
        {
            var (code, _, error) = CliRun.Run("denoise", image, "--model", model, "--out", _folder.File("o.tif"), "--output-type", type,
                "--overwrite");
            Assert.Equal((0, ""), (code, error));
            using TiffImage before = TiffImage.Open(image), after = TiffImage.Open(_folder.File("o.tif"));
            Assert.Equal(type == "input" ? (PixelType.UInt16, scale, offset) : (PixelType.Float32, 1, 0),
                (after.View.Type, after.View.ValueScale, after.View.ValueOffset));
            // The network gives back what it is given, up to the rounding of float32 in normalised values.
            Assert.All(TiffImageTests.Values(before.View).Zip(TiffImageTests.Values(after.View)), pair =>
                Assert.Equal(pair.First, pair.Second, Math.Abs(scale) * 0.02));
        }
    }

    [Fact]
    public void ASignedImageIsMergedWithItsResultAsItsValues()
    {
        string image = Write("a.tif", null, SampleFormat.Signed), model = PixelModel.Write(_folder.File("m.zip"), "virtual-staining");
        var (code, _, error) = CliRun.Run("stain", image, "--model", model, "--out", _folder.File("o.tif"), "--merge",
            "--output-type", "uint16");
        Assert.Equal((0, ""), (code, error));
        using TiffImage before = TiffImage.Open(image), after = TiffImage.Open(_folder.File("o.tif"));
        Assert.Equal((PixelType.Float32, 2), (after.View.Type, after.View.Channels));
        Assert.Equal(TiffImageTests.Values(before.View), TiffImageTests.Values(after.View));
    }

    /// <summary>16 x 12 pixels of 0 to 191.</summary>
    private string Write(string name, string? description, SampleFormat format)
    {
        TiffMaker.Write(_folder.File(name), TiffMaker.Grey(16, 12) with { Bits = 16, SampleFormat = format }, [TiffMaker.Ramp<ushort>(192)],
            "w", description);
        return _folder.File(name);
    }
}
