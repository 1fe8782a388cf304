using System.IO.Compression;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Models;
using Xunit.Abstractions;

namespace BioDL.Conformance;

/// <summary>
/// What is said of real images before the built-in model sees them: nothing of fluorescence, of whichever source, and always something of
/// stained sections, smears, bright field and phase contrast.
/// </summary>
public sealed unsafe class GroundTests(ITestOutputHelper output) : IDisposable
{
    private static readonly RunOptions Options = new() { Device = "cpu" };

    private readonly string _folder = Directory.CreateTempSubdirectory("biodl-ground-").FullName;
    private readonly Model _model = Model.Open(null);

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableTheory]
    [InlineData("dsb2018", "test.zip", "test/images/")]
    [InlineData("train", "bbbc039-subset.zip", "images/")]
    [InlineData("train", "clean-fluorescence.zip", "images/")]
    [InlineData("train", "dsb2018-fluo-extra.zip", "images/")]
    [InlineData("train", "hagen-low-high-snr.zip", "low/")]
    [InlineData("train", "hagen-low-high-snr.zip", "high/")]
    [InlineData("train", "coli-brightfield-fluorescence.zip", "fluorescence/")]
    [InlineData("train", "isl-condition-b.zip", "dapi")]
    public void Nothing_is_said_of_fluorescence(string folder, string archive, string images) =>
        Each(SharedData.File("images", folder, archive), images, (name, warnings) =>
            Assert.True(warnings.Count == 0, $"{name}: {string.Join(' ', warnings)}"));

    [SkippableTheory]
    [InlineData("dsb2018-histology.zip", "images/")]
    [InlineData("dsb2018-grey-smear.zip", "images/")]
    [InlineData("coli-brightfield-fluorescence.zip", "brightfield/")]
    [InlineData("isl-condition-b.zip", "phase/")]
    [InlineData("openslide-unlabelled.zip", "")]
    public void A_bright_ground_is_told(string archive, string images) =>
        Each(SharedData.File("images", "train", archive), images, (name, warnings) =>
            Assert.True(warnings.Any(warning => warning.Contains("ground of the image is bright", StringComparison.Ordinal)), name));

    [SkippableFact]
    public void The_three_views_of_one_field_are_told_apart()
    {
        Assert.Empty(OfTiff(SharedData.File("images", "saureus", "saureus_dna.tif")));
        Assert.Empty(OfTiff(SharedData.File("images", "saureus", "saureus_membrane.tif")));
        Assert.Contains("ground of the image is bright", Assert.Single(OfTiff(SharedData.File("images", "saureus", "saureus_phase.tif"))),
            StringComparison.Ordinal);
    }

    private void Each(string archive, string folder, Action<string, IReadOnlyList<string>> check)
    {
        using ZipArchive zip = ZipFile.OpenRead(archive);
        int count = 0;
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            bool tiff = entry.Name.EndsWith(".tif", StringComparison.Ordinal), png = entry.Name.EndsWith(".png", StringComparison.Ordinal);
            if (!entry.FullName.StartsWith(folder, StringComparison.Ordinal) || !(tiff || png))
                continue;
            check(entry.FullName, png ? OfPng(entry) : OfTiff(entry));
            count++;
        }
        output.WriteLine($"{count} images of {archive}");
        Assert.True(count > 0);
    }

    private IReadOnlyList<string> OfTiff(ZipArchiveEntry entry)
    {
        string path = Path.Combine(_folder, "image.tif");
        entry.ExtractToFile(path, overwrite: true);
        return OfTiff(path);
    }

    private IReadOnlyList<string> OfTiff(string path)
    {
        using TiffImage image = TiffImage.Open(path);
        return Warnings(image.View.Channels > 1 ? image.View.Channel(0) : image.View);
    }

    private IReadOnlyList<string> OfPng(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        (uint[] pixels, int height, int width) = PngImage.Read(stream);
        fixed (uint* data = pixels)
            return Warnings(ImageView.Contiguous(data, PixelType.Argb32, height, width));
    }

    private IReadOnlyList<string> Warnings(ImageView view) => _model.PlanSegment(view, Options).Warnings;
}
