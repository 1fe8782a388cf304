using BioDL.Tests.Cli;

namespace BioDL.Tests.Hosts;

/// <summary>Hosts with a megabyte of arguments: ONNX Runtime reads the command line of the process, whoever's it is.</summary>
public sealed class LongArgumentTests : IDisposable
{
    private const int Megabyte = 1 << 20;
    private readonly TestFolder _folder = new();

    public LongArgumentTests() => HostProcess.Run(HostProcess.Command, "specimen", "--out", Specimen, "--size", "256", "--nuclei", "20");

    private string Specimen => _folder.File("specimen.tif");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_command_segments_an_image_among_thousands_that_are_missing()
    {
        string[] missing = [.. Enumerable.Range(0, Megabyte / 128).Select(number => $"/missing/{number:d6}-{new string('x', 113)}.tif")];
        Assert.True(missing.Sum(name => name.Length + 1) > Megabyte);
        string labels = Directory.CreateDirectory(_folder.File("labels")).FullName;
        var (code, output, errors) = HostProcess.Ended(HostProcess.Command, ["segment", Specimen, .. missing, "--labels", labels]);
        Assert.True(code == 1, $"{code} {output[..Math.Min(output.Length, 500)]} {errors[..Math.Min(errors.Length, 500)]}");
        Assert.Single(Directory.GetFiles(labels, "*.tif"));
        Assert.Equal(missing, missing.Where(name => errors.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-Xss512k")]
    [InlineData("-Xss8m")]
    public void ImageJ_segments_an_image(string stack)
    {
        string[] properties = [.. Enumerable.Range(0, 11).Select(number => $"-Dlong{number}={new string('x', 100_000)}")];
        Assert.True(properties.Sum(property => property.Length) > Megabyte);
        HostProcess.Macro(_folder, $"open(\"{Specimen}\");\nrun(\"BioDL Segment...\", \"output=[Label Image]\");\nsaveAs(\"Tiff\", "
            + $"\"{_folder.File("labels.tif")}\");\n", [stack, .. properties]);
        Assert.True(File.Exists(_folder.File("labels.tif")));
    }
}
