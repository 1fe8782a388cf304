using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BioDL.Cli.Pictures;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Core.Training;
using BioDL.Models.Writing;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Writing;

/// <summary>The page that says how a model was trained, and the pictures of a package.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_needs_nothing_but_itself_and_shows_all_that_it_was_given()
    {
        string html = Encoding.UTF8.GetString(Report().Page().Content);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)|url\\(|<script|@import|<link", html);
        Assert.Contains("&lt;b&gt; &amp; &quot;me&quot;", html, StringComparison.Ordinal);
        Assert.Contains("31.416", html, StringComparison.Ordinal);
        Assert.Contains("learning rate", html, StringComparison.Ordinal);
        MatchCollection pictures = Regex.Matches(html, "data:image/png;base64,([^\"]+)\"");
        Assert.Equal(6, pictures.Count);
        // What is XML between the marks is whole: the page is read by strict readers too.
        XElement plot = XElement.Parse(Regex.Match(html, "<svg.*</svg>", RegexOptions.Singleline).Value);
        Assert.Equal(["training", "validation"],
            plot.Elements("path").Select(path => path.Attribute("class")!.Value).Where(it => it != "grid"));
        Assert.Contains("best: 0.1 at step 200", plot.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_nobody_can_draw_is_left_out()
    {
        Assert.Equal("", LossPlot.Of([]));
        Assert.Equal("", LossPlot.Of([new TrainingProgress { Step = 1, Loss = double.NaN }]));
        // One point, and a loss that never changes.
        foreach (int count in new[] { 1, 3 })
        {
            string svg = LossPlot.Of([.. Enumerable.Range(0, count).Select(i => new TrainingProgress { Step = i, Loss = -2 })]);
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            XElement.Parse(svg);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 3)]
    [InlineData(300, 200, 1)]
    [InlineData(64, 129, 3)]
    public void A_picture_is_read_as_it_was_written(int width, int height, int samples)
    {
        byte[] pixels = new byte[width * height * samples];
        new Random(width).NextBytes(pixels);
        string path = _folder.File($"{width}.png");
        File.WriteAllBytes(path, PngPicture.Of(pixels, width, height, samples));
        Assert.Equal(pixels, Read(path, width, height, samples));
    }

    [Fact]
    public void A_cover_shows_both_sides_at_most_512_wide()
    {
        var dark = new ShownPlane("before", [.. Enumerable.Range(0, 600 * 700).Select(i => i % 97 == 0 ? 1f : 0f)], 600, 700);
        PackagePart cover = CoverPicture.Of(dark, dark with { Pixels = [.. dark.Pixels.Select(value => 1 - value)] })!;
        string path = _folder.File(cover.Name);
        File.WriteAllBytes(path, cover.Content);
        byte[] pixels = Read(path, 350, 300, 3);
        Assert.Equal((0, 255), (pixels[3 * (20 * 350 + 21)], pixels[3 * (280 * 350 + 321)]));
        Assert.Null(CoverPicture.Of(dark, new ShownPlane("after", new float[4], 2, 2)));
    }

    [Fact]
    public void Values_that_are_no_numbers_are_black()
    {
        var plane = new ShownPlane("x", [float.NaN, 0, 1, float.PositiveInfinity, float.NegativeInfinity, 0.5f], 2, 3);
        Assert.Equal([0, 0, 255, 255, 0, 128], plane.Bytes(plane.Range()));
        Assert.Equal((0, 1), new ShownPlane("x", [float.NaN], 1, 1).Range());
    }

    private static TrainingReport Report()
    {
        ShownPlane Plane(string name, int channels) => new(name, [.. Enumerable.Range(0, 6 * 4 * channels).Select(i => (float)i)], 6, 4);
        return new TrainingReport
        {
            Name = "<b> & \"me\"", Summary = "Ten images.", Notes = ["A smaller batch."],
            Figures = new Dictionary<string, double> { ["psnr"] = 31.41593 },
            Settings = [("learning rate", "0.001"), ("patch", "128 x 128")],
            Curve = [.. Enumerable.Range(1, 3).Select(i => new TrainingProgress
            {
                Step = i * 100, Loss = 10 / Math.Pow(10, i), ValidationLoss = i == 2 ? 0.1 : 1,
            })],
            Fields = [new ShownField("a", [Plane("input", 1), Plane("prediction", 1), Plane("target", 1)]),
                new ShownField("b", [Plane("input", 3), Plane("prediction", 3), Plane("target", 3)])],
        };
    }

    /// <summary>By the command line's own reader, which is tested against files of other programs.</summary>
    private static unsafe byte[] Read(string path, int width, int height, int samples)
    {
        using ImageFile image = ImageFiles.Open(path);
        Assert.Equal((width, height, samples), (image.View.Width, image.View.Height, image.View.LogicalChannels));
        byte[] values = new byte[width * height * samples];
        using PlaneLock plane = image.View.Lock(0);
        for (int i = 0; i < values.Length; i++)
        {
            (int pixel, int sample) = (i / samples, i % samples);
            byte* at = plane.Pixel(pixel / width, pixel % width);
            values[i] = samples == 1 ? *at : (byte)(*(uint*)at >> (16 - 8 * sample));
        }
        return values;
    }
}
