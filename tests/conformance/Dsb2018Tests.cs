using System.IO.Compression;
using BioDL.Cli.Commands;
using BioDL.Cli.Matching;
using BioDL.Cli.Shell;
using Xunit.Abstractions;

namespace BioDL.Conformance;

/// <summary>
/// The 50 test images of the StarDist paper's DSB2018 subset, segmented by the command line and compared as it compares: from label images.
/// AP is the mean over images of TP / (TP + FP + FN).
/// </summary>
public sealed class Dsb2018Tests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"biodl-dsb2018-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [SkippableFact]
    public void TheShared32RayModelReachesItsPublishedFigures()
    {
        string model = Path.GetDirectoryName(SharedData.File("models", "stardist-dsb2018", "weights.onnx"))!;
        FolderComparison scores = Segment("--model", model, "--prob", "0.4", "--overlap", "0.5", "--integer-vertices");
        // The tolerances allow for single objects that another ONNX Runtime or CPU decides otherwise.
        Assert.InRange(scores.Mean(0, counts => counts.AveragePrecision), 0.871 - 0.005, 0.871 + 0.005);
        Assert.InRange(scores.Mean(4, counts => counts.AveragePrecision), 0.714 - 0.01, 0.714 + 0.01);
    }

    [SkippableFact]
    public void TheBuiltInModelReachesItsFiguresWithItsOwnSettings()
    {
        FolderComparison scores = Segment();
        Assert.True(scores.Mean(0, counts => counts.AveragePrecision) >= 0.852);
        Assert.True(scores.Mean(4, counts => counts.AveragePrecision) >= 0.735);
    }

    private FolderComparison Segment(params string[] options)
    {
        ZipFile.ExtractToDirectory(SharedData.File("images", "dsb2018", "test.zip"), _folder);
        string[] images = Directory.GetFiles(Path.Combine(_folder, "test", "images"), "*.tif");
        Assert.Equal(50, images.Length);
        string labels = Path.Combine(_folder, "labels");
        using var error = new StringWriter();
        int code = CommandLine.Run(["segment", .. images, "--labels", labels, .. options],
            new CommandContext(TextWriter.Null, error, default, ShowProgress: false));
        Assert.True(code == 0, error.ToString());
        FolderComparison scores = FolderComparison.Of(Path.Combine(_folder, "test", "masks"), labels, default);
        output.WriteLine(CompareCommand.Table(scores));
        return scores;
    }
}
