using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Writing;
using BioDL.Tests.Cli;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Writing;

/// <summary>What holds for any package: what was written is what is read.</summary>
public sealed class PackageProperties : IDisposable
{
    private static readonly string[] Words = ["", "yes", "1.0", "0x1F", "# no comment", "a: b", "it's \"said\"", "two\nlines", "y",
        "-", "Größe, 10 µm", "{curly}", "tab\there", "3.0e+5"];
    private readonly TestFolder _folder = new();
    private Random _random = new(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            _random = new Random(seed);
            (ModelPackage package, string folder) = (Drawn(), _folder.File($"p{seed}"));
            PackageWriter.Write(package, folder);
            using Model model = Model.Open(folder);
            string? difference = Meaning.Difference(Told(package.Model), Told(model.Description));
            Assert.True(difference is null, $"seed {seed}: {difference}\n{File.ReadAllText(Path.Combine(folder, "bioimageio.yaml"))}");
            Assert.Empty(model.Description.Notes);
            Assert.Equal(DescriptionWriter.Name(package.Model.Name), model.Description.Name);
        }
    }

    /// <summary>What a description says, without what its graph adds; a task may stand in its tags.</summary>
    private static object Told(ModelDescription it) => new
    {
        Name = DescriptionWriter.Name(it.Name), it.Id, it.Version, it.Description, it.Licence, it.Task, it.MadeFor, it.Inputs,
        Tags = it.Tags.Except(["denoising", "virtual-staining"]),
        Outputs = it.Outputs.Select(output => output with { Kind = OutputKind.Image, RestoresInput = false }),
        Stars = it.StarDist is not { } star ? null
            : new { star.Channels, star.Rays, star.GridY, star.GridX, star.Border, star.ProbThreshold, star.OverlapThreshold },
    };

    [Fact]
    public void Names_are_what_the_format_allows_and_allowed_ones_stay()
    {
        foreach (string name in Words.Concat(["Kerne, Größe 2", "a/b\\c", new string('x', 300), "Nuclei (small) +1-2_3"]))
            Assert.Matches(@"^[A-Za-z0-9_+() -]{5,128}$", DescriptionWriter.Name(name));
        Assert.Equal("Nuclei (small) +1-2_3", DescriptionWriter.Name("Nuclei (small) +1-2_3"));
        Assert.Equal("Noyau _toile", DescriptionWriter.Name(" Noyau,  étoile. "));
    }

    [Theory]
    [InlineData("Weigert et al., Nature Methods 2018, doi:10.1038/s41592-018-0216-7", "Weigert et al., Nature Methods 2018",
        "10.1038/s41592-018-0216-7", "")]
    [InlineData("Krull 2019 (https://doi.org/10.1109/CVPR.2019.00223).", "Krull 2019", "10.1109/CVPR.2019.00223", "")]
    [InlineData("10.1000/182", "10.1000/182", "10.1000/182", "")]
    [InlineData("Our data, https://example.org/a?b=c", "Our data", "", "https://example.org/a?b=c")]
    [InlineData("Smith, unpublished 10.5", "Smith, unpublished 10.5", "", "")]
    public void A_citation_says_where_the_work_is(string text, string words, string doi, string url) =>
        Assert.Equal(new Citation(words, doi, url), Citation.Of(text));

    [Fact]
    public void Nothing_is_left_of_a_package_that_could_not_be_written()
    {
        ModelPackage package = Drawn() with { Attachments = [new PackagePart("../outside", [])] };
        Assert.Throws<BioDL.Core.BioDLException>(() => PackageWriter.Write(package, _folder.File("none")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
        PackageWriter.Write(Drawn(), _folder.File("there"));
        Assert.Throws<BioDL.Core.BioDLException>(() => PackageWriter.Write(Drawn(), _folder.File("there")));
    }

    /// <summary>A StarDist package, or one that makes images, with all that a description may say.</summary>
    private ModelPackage Drawn()
    {
        int channels = _random.Next(1, 4), grid = 1 << _random.Next(3), step = grid * _random.Next(1, 5);
        bool stars = _random.Next(2) == 0;
        var onnx = new TinyOnnx { Channels = channels, Grid = grid, Rays = _random.Next(3, 40), Kernel = 2 * grid + 1 };
        onnx = stars ? onnx : onnx with { Prob = "first", Dist = "second" };
        var input = new InputTensor
        {
            Name = "input", Id = Pick("raw", "input"), Axes = "bcyx", Channels = channels,
            Y = new AxisSizes(step * _random.Next(1, 9), step), X = new AxisSizes(step * _random.Next(1, 9), step),
            Preprocessing = stars ? [Range(null)] : Steps(channels), ChannelNames = Names("in", channels),
        };
        var about = new ModelDescription
        {
            Id = Pick("", "some-id"), Name = Pick(Words), Version = Pick("", "1.10"), Description = Pick(Words),
            Licence = Pick("", "MIT"), Tags = [.. Words.Append("null").Where(word => word.Length > 1 && _random.Next(3) == 0)],
            MadeFor = For(),
            Task = stars ? ModelTask.Segment : Pick(ModelTask.Other, ModelTask.Denoise, ModelTask.Stain), Inputs = [input],
            Outputs = [Output(onnx.Dist, onnx.Rays, grid, stars, input.Id), Output(onnx.Prob, 1, grid, stars, input.Id)],
            StarDist = !stars ? null : new StarDistDescription
            {
                Channels = channels, Rays = onnx.Rays, GridY = grid, GridX = grid, Border = _random.Next(5),
                ProbThreshold = _random.Next(101) / 100.0, OverlapThreshold = _random.NextDouble(),
            },
        };
        return new ModelPackage
        {
            Model = about, Weights = onnx.Bytes(), Authors = ["An Author"],
            Figures = new Dictionary<string, double> { ["threshold of percentiles"] = 0.5, ["psnr"] = double.NaN },
            Citations = [new Citation("Somebody: A work", "10.1000/182"), new Citation("Another", Url: "https://example.org/a?c=d")],
            Training = Pick(null, new TrainingCard { Loss = "L1", Rate = 3e-4, Hours = 0.5 }), TrainingData = Pick(Words),
        };
    }

    private OutputTensor Output(string name, int channels, int grid, bool stars, string input)
    {
        var link = new AxisLink(1.0 / grid, 0);
        int halo = _random.Next(9);
        return new OutputTensor
        {
            Name = name, Id = name, Axes = "bcyx", Channels = channels, Reference = "input", Y = link, X = link,
            Halo = new Extent(0, halo, halo), Postprocessing = stars ? [] : Steps(channels, input), ChannelNames = Names(name, channels),
        };
    }

    private MadeFor? For()
    {
        var made = new MadeFor
        {
            Ground = Pick(Ground.Unknown, Ground.Dark, Ground.Bright), Diameter = Pick<double?>(null, 21, 0.1),
            Diameters = Pick<SizeRange?>(null, new SizeRange(7, 60.5)), Micrometres = Pick<SizeRange?>(null, new SizeRange(1e-7, 30)),
            Channels = Pick<IReadOnlyList<string>>([], ["dapi", "no", "h&e: 1"]),
        };
        return made.Describe().Length > 0 ? made : null;
    }

    /// <summary>Up to three steps, each with other numbers.</summary>
    private PixelOperation[] Steps(int channels, string? reference = null) =>
        [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Step(channels, reference))];

    private PixelOperation Step(int channels, string? reference) => _random.Next(reference is null ? 10 : 11) switch
    {
        0 => Range(Pick(null, reference)),
        10 => new ScaleMeanVariance(Axes(), Pick(1e-6, 1e-3), reference!),
        1 => new ZeroMeanUnitVariance(Axes(), Pick(1e-6, 1e-20)),
        2 => new FixedZeroMeanUnitVariance(Numbers(channels), [.. Numbers(channels).Select(number => Math.Abs(number) + 1)], 1e-6),
        3 => new ScaleLinear(Numbers(channels), Numbers(channels)),
        4 => new Clip(Pick<double?>(null, -1.5), 1e20),
        5 => new ClipRange(_random.Next(50), 50 + _random.Next(1, 51), Axes()),
        6 => new EnsureDtype(Pick("float32", "uint8", "int16", "bool")),
        7 => new Sigmoid(),
        8 => new Softmax(),
        _ => new Binarize(Numbers(channels)),
    };

    private ScaleRange Range(string? reference) => new(_random.NextDouble() * 50, 99.8, Axes(), Pick(1e-6, 1e-20), reference);

    /// <summary>Of a plane: no slices.</summary>
    private StatisticAxes Axes() => Pick(StatisticAxes.Plane, StatisticAxes.Channel, StatisticAxes.Samples,
        StatisticAxes.Channel | StatisticAxes.Samples);

    private double[] Numbers(int channels) => [.. Enumerable.Range(0, Pick(1, channels))
        .Select(_ => Math.Round(_random.NextDouble() * 10 - 5, 4) * Math.Pow(10, _random.Next(-3, 12)))];

    private static string[] Names(string start, int channels) => [.. Enumerable.Range(0, channels).Select(index => $"{start}_{index}")];

    private T Pick<T>(params T[] from) => from[_random.Next(from.Length)];
}
