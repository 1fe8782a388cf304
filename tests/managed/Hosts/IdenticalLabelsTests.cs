using System.Buffers.Binary;
using System.Text;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models;
using BioDL.Tests.Cli;
using BioDL.Tests.Objects.StarConvex;

namespace BioDL.Tests.Hosts;

/// <summary>
/// One result in every host: the command line, the C# API, the C example and the plugin in a real ImageJ give the same labels.
/// </summary>
public sealed unsafe class IdenticalLabelsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public IdenticalLabelsTests() =>
        HostProcess.Run(HostProcess.Command, "specimen", "--out", Specimen, "--size", "400", "--nuclei", "60", "--seed", "11");

    private string Specimen => _folder.File("specimen.tif");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DefaultsGiveTheSameLabelsInAllFourHosts()
    {
        ushort[] reference = ByApi(new Asked());
        Assert.InRange(reference.Max(), 40, 80);
        Assert.Equal(reference, ByCommand());
        Assert.Equal(reference, ByExample());
        Assert.Equal(reference, ByImageJ(""));
    }

    [Fact]
    public void OptionsMeanTheSameInEveryHost()
    {
        var options = (new RunOptions { PercentileLow = 2, PercentileHigh = 99, Tile = 256 },
            new StarOptions { ProbThreshold = 0.4, OverlapThreshold = 0.2, Vertices = VertexMode.Integer });
        ushort[] reference = ByApi(options);
        Assert.NotEqual(reference, ByApi(new Asked()));
        Assert.Equal(reference, ByCommand("--prob", "0.4", "--overlap", "0.2", "--percentiles", "2", "99",
            "--integer-vertices", "--tile", "256"));
        Assert.Equal(reference, ByImageJ(
            "probability=0.4 overlap=0.2 percentile_low=2 percentile_high=99 integer_vertices=true tiles=256 "));
    }

    private ushort[] ByApi(Asked options)
    {
        using TiffImage image = TiffImage.Open(Specimen);
        using Model model = Model.Open(null);
        var labels = new ushort[image.View.PixelsPerPlane];
        fixed (ushort* pixels = labels)
        {
            model.Segment(image.View, options, labels: ImageView.Contiguous(pixels, PixelType.UInt16, image.View.Height, image.View.Width));
        }

        return labels;
    }

    private ushort[] ByCommand(params string[] options)
    {
        string labels = _folder.File("command.tif");
        HostProcess.Run(HostProcess.Command, ["segment", Specimen, "--labels", labels, .. options]);
        return Pixels(labels);
    }

    /// <summary>The example reads and writes PGM files.</summary>
    private ushort[] ByExample()
    {
        string input = _folder.File("specimen.pgm"), output = _folder.File("labels.pgm");
        using (TiffImage image = TiffImage.Open(Specimen))
            File.WriteAllBytes(input, [.. Encoding.ASCII.GetBytes($"P5\n{image.View.Width} {image.View.Height}\n65535\n"),
                .. Swapped(Pixels(Specimen))]);
        HostProcess.Run(HostProcess.Example, input, output);
        byte[] bytes = File.ReadAllBytes(output);
        var labels = new ushort[Pixels(Specimen).Length];
        ReadOnlySpan<byte> body = bytes.AsSpan(bytes.Length - 2 * labels.Length);
        for (int i = 0; i < labels.Length; i++)
            labels[i] = BinaryPrimitives.ReadUInt16BigEndian(body[(2 * i)..]);
        return labels;
    }

    private ushort[] ByImageJ(string options)
    {
        string labels = _folder.File("imagej.tif");
        HostProcess.Macro(_folder, $"open(\"{Specimen}\");\nrun(\"BioDL Segment...\", \"{options}output=[Label "
            + $"Image]\");\nsaveAs(\"Tiff\", \"{labels}\");\n");
        return Pixels(labels);
    }

    private static ushort[] Pixels(string path)
    {
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal(PixelType.UInt16, image.View.Type);
        using PlaneLock plane = image.View.Lock(0);
        return new ReadOnlySpan<ushort>(plane.Pixel(0, 0), checked((int)image.View.PixelsPerPlane)).ToArray();
    }

    private static byte[] Swapped(ushort[] pixels)
    {
        var bytes = new byte[2 * pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), pixels[i]);
        return bytes;
    }
}
