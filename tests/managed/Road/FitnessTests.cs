using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Tests.Graphs;
using BioDL.Tests.Models;

namespace BioDL.Tests.Road;

/// <summary>What is said of an image that a model was not made for, over generated kinds; real images are in tests/conformance.</summary>
public unsafe class FitnessTests
{
    private static readonly PixelOperation Percentiles = new ScaleRange(1, 99.8, StatisticAxes.Plane, 1e-20);

    private static readonly RunNetwork Fluorescent = Network([Percentiles]) with
    {
        Name = "Nuclei",
        MadeFor = new MadeFor
        {
            Ground = Ground.Dark, Diameter = 20, Diameters = new SizeRange(7, 60), Micrometres = new SizeRange(4, 30),
            Channels = ["dapi", "nuclei", "h2b"],
        },
    };

    /// <summary>Discs of a diameter, their edges smooth, on a ground with noise.</summary>
    private static Picture Discs(PixelType type, int count, double ground, double disc, double noise, int seed)
    {
        const int Size = 320;
        var random = new Random(seed);
        var values = new double[Size * Size];
        Array.Fill(values, ground);
        for (int i = 0; i < count; i++)
        {
            double y = random.NextDouble() * Size, x = random.NextDouble() * Size, radius = 7 + 6 * random.NextDouble(),
                height = (disc - ground) * (0.6 + 0.8 * random.NextDouble());
            for (int row = (int)Math.Max(0, y - 16); row < Math.Min(Size, y + 16); row++)
                for (int column = (int)Math.Max(0, x - 16); column < Math.Min(Size, x + 16); column++)
                {
                    double inside = Math.Clamp(radius + 0.5 - Math.Sqrt((row - y) * (row - y) + (column - x) * (column - x)), 0, 1);
                    values[row * Size + column] += inside * (ground + height - values[row * Size + column]);
                }
        }
        var picture = new Picture(type, (1, 1, 1, Size, Size));
        for (int i = 0; i < values.Length; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double value = values[i] + noise * normal;
            byte* pixel = picture.At(0, 0, 0, i / Size, i % Size);
            if (type == PixelType.UInt8)
                *pixel = (byte)Math.Clamp(Math.Round(value), 0, 255);
            else if (type == PixelType.UInt16)
                *(ushort*)pixel = (ushort)Math.Clamp(Math.Round(value), 0, 65535);
            else
                *(float*)pixel = (float)value;
        }
        return picture;
    }

    public static TheoryData<PixelType, double> Scales => new()
    {
        { PixelType.UInt8, 1 }, { PixelType.UInt16, 1 }, { PixelType.UInt16, 12 }, { PixelType.Float32, 1 }, { PixelType.Float32, 0.004 },
    };

    [Theory]
    [MemberData(nameof(Scales))]
    public void Bright_objects_on_a_dark_ground_are_taken_as_they_are(PixelType type, double scale)
    {
        foreach (int count in new[] { 0, 1, 20, 80, 150 })
            foreach (double noise in new[] { 2, 10, 40 })
                using (Picture image = Discs(type, count, 20 * scale, 150 * scale, noise * scale, count + (int)noise))
                    Assert.Empty(Warnings(Fluorescent, image.View));
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Dark_objects_on_a_bright_ground_are_told_until_they_are_asked_for(PixelType type, double scale)
    {
        foreach (int count in new[] { 10, 40, 100 })
            foreach (double noise in new[] { 1, 4, 10 })
                using (Picture image = Discs(type, count, 210 * scale, 90 * scale, noise * scale, count + (int)noise))
                {
                    string warning = Assert.Single(Warnings(Fluorescent, image.View));
                    Assert.Contains("ground of the image is bright", warning, StringComparison.Ordinal);
                    Assert.Contains("dark objects", warning, StringComparison.Ordinal);
                    Assert.Empty(Warnings(Fluorescent, image.View, new RunOptions { DarkObjects = true }));
                }
    }

    [Theory]
    [InlineData(PixelType.UInt8)]
    [InlineData(PixelType.UInt16)]
    public void Bright_objects_that_are_called_dark_are_told_with_the_way_back(PixelType type)
    {
        using Picture image = Discs(type, 40, 20, 150, 3, 1);
        string warning = Assert.Single(Warnings(Fluorescent, image.View, new RunOptions { DarkObjects = true }));
        Assert.Contains("turned over", warning, StringComparison.Ordinal);
        Assert.Contains("off", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("turn on", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Noise_and_uneven_light_are_no_ground(double slope)
    {
        for (int seed = 0; seed < 5; seed++)
            using (Picture image = Discs(PixelType.UInt16, 0, 1000, 0, 30, seed))
            {
                for (int y = 0; y < 320; y++)
                    for (int x = 0; x < 320; x++)
                        *(ushort*)image.At(0, 0, 0, y, x) += (ushort)(slope * (x + y));
                Assert.Empty(Warnings(Fluorescent, image.View));
            }
    }

    [Fact]
    public void A_model_for_dark_objects_is_told_of_fluorescence()
    {
        RunNetwork stained = Fluorescent with { MadeFor = new MadeFor { Ground = Ground.Bright } };
        using Picture bright = Discs(PixelType.UInt8, 40, 210, 90, 3, 1), dark = Discs(PixelType.UInt8, 40, 20, 150, 3, 1);
        Assert.Empty(Warnings(stained, bright.View));
        Assert.Contains("ground of the image is dark", Assert.Single(Warnings(stained, dark.View)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rgb_is_told_where_it_has_colours()
    {
        RunNetwork network = Fluorescent with { ChannelByChannel = false };
        using Picture grey = Discs(PixelType.UInt8, 40, 20, 150, 3, 1), packed = new(PixelType.Argb32, (1, 1, 1, 320, 320));
        for (int y = 0; y < 320; y++)
            for (int x = 0; x < 320; x++)
                *(uint*)packed.At(0, 0, 0, y, x) = 0xff000000u | *grey.At(0, 0, 0, y, x) * 0x010101u;
        Assert.Empty(Warnings(network, packed.View));
        *(uint*)packed.At(0, 0, 0, 0, 0) = 0xff0000ffu;
        Assert.Contains("RGB", Assert.Single(Warnings(network, packed.View)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.02, true)]
    [InlineData(0.16, true)]    // 20 pixels are 3.2 um
    [InlineData(0.21, false)]
    [InlineData(0.65, false)]
    [InlineData(1.45, false)]
    [InlineData(1.6, true)]
    public void Pixels_that_make_objects_of_impossible_sizes_are_told(double micrometres, bool told)
    {
        using Picture image = Discs(PixelType.UInt8, 40, 20, 150, 3, 1);
        IReadOnlyList<string> warnings = Warnings(Fluorescent, image.View, new RunOptions { PixelSize = (1, micrometres, micrometres) });
        Assert.Equal(told, warnings.Any(warning => warning.Contains("4 to 30 um", StringComparison.Ordinal)));
        Assert.Equal(told ? 1 : 0, warnings.Count);
        // An image that is brought to the model's scale has the model's sizes.
        var scaled = new RunOptions { PixelSize = (1, micrometres, micrometres), Scale = micrometres > 0 ? micrometres / 0.5 : null };
        Assert.Empty(Warnings(Fluorescent, image.View, scaled));
    }

    public static TheoryData<string, double, double, bool> Normalisations => new()
    {
        // Images have a mean of some 45 and a deviation of some 50, times the factor.
        { "mean", 1, 0, false }, { "mean", 4, 0, false }, { "mean", 0.2, 0, false }, { "mean", 1, 200, false }, { "mean", 16, 0, true },
        { "mean", 257, 0, true }, { "mean", 1 / 16.0, 0, true }, { "mean", 1 / 255.0, 0, true }, { "mean", 1, 1000, true },
        { "gain", 1, 0, false }, { "gain", 0.1, 0, false }, { "gain", 257, 0, true }, { "gain", 1 / 255.0, 0, true },
        { "percentiles", 257, 1000, false }, { "clip", 257, 0, false }, { "raw", 257, 0, false },
    };

    [Theory]
    [MemberData(nameof(Normalisations))]
    public void Given_numbers_of_another_intensity_scale_are_told(string kind, double factor, double offset, bool told)
    {
        RunNetwork network = Network(kind switch
        {
            "mean" => [new EnsureDtype("float32"), new FixedZeroMeanUnitVariance([45], [50], 0)],
            "gain" => [new ScaleLinear([1 / 255.0], [0])],
            "clip" => [new Clip(0, 1e9), new ScaleLinear([1 / 255.0], [0])],
            "percentiles" => [Percentiles],
            _ => [],
        });
        using Picture image = Discs(PixelType.Float32, 80, 20, 150, 3, 1);
        ImageView view = image.View with { ValueScale = factor, ValueOffset = offset };
        IReadOnlyList<string> warnings = Warnings(network, view);
        Assert.Equal(told, warnings.Any(warning => warning.Contains("intensity scale", StringComparison.Ordinal)));
        Assert.Equal(told ? 1 : 0, warnings.Count);
        Assert.Empty(Warnings(network, view, new RunOptions { Normalize = false }));
    }

    [Theory]
    [InlineData("", "DAPI", "", false)]
    [InlineData("", "Hoechst 33342 dapi", "", false)]
    [InlineData("", "H2B-GFP", "", false)]
    [InlineData("", "GFP", "", true)]
    [InlineData("", "Phalloidin", "", true)]
    [InlineData("", "C=1", "", false)]
    [InlineData("", "Channel 2", "", false)]
    [InlineData("", "ch01", "", false)]
    [InlineData("", "", "", false)]
    [InlineData("DAPI", "GFP", "none", true)]
    [InlineData("DAPI", "dapi (405)", "none", false)]
    [InlineData("fluorescence", "GFP", "none", false)]
    [InlineData("channel0", "GFP", "none", false)]
    [InlineData("membrane", "membranes", "none", false)]
    public void A_channel_that_the_model_does_not_know_is_told(string models, string images, string known, bool told)
    {
        RunNetwork network = Fluorescent.With(input: tensor => tensor with { ChannelNames = [models] });
        if (known == "none")
            network = network with { MadeFor = null };
        using Picture image = Discs(PixelType.UInt8, 40, 20, 150, 3, 1);
        IReadOnlyList<string> warnings = Warnings(network, image.View, new RunOptions { ChannelNames = [images] });
        Assert.Equal(told ? 1 : 0, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains($"\"{images}\"", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Channels_in_another_order_are_told()
    {
        RunNetwork network = PlainNetworks.Describe(channels: 2, outputChannels: 2, reach: new Extent(0, 0, 0))
            .With(input: tensor => tensor with { ChannelNames = ["DAPI", "actin"] });
        using var image = new Picture(PixelType.UInt8, (1, 1, 2, 40, 40));
        var options = new RunOptions { ChannelNames = ["actin", "dapi"] };
        Assert.Contains("\"actin\"", Assert.Single(Warnings(network, image.View, options)), StringComparison.Ordinal);
        Assert.Empty(Warnings(network, image.View, options with { Channels = [[1, 0]] }));
    }

    [Fact]
    public void The_account_says_what_the_plan_said()
    {
        using Picture image = Discs(PixelType.UInt8, 40, 210, 90, 3, 1), result = new(PixelType.Float32, (1, 1, 1, 320, 320));
        RunResult run = ImageRun.Run(Fluorescent, new PlainNetwork(Fluorescent, PlainNetworks.Same).Chain(), [image.View], new RunOptions(),
            null, [result.View]);
        Assert.Equal(Warnings(Fluorescent, image.View), run.Account.Warnings);
    }

    /// <summary>Turned intensities are those of the inverted image, and what is restored is turned back.</summary>
    [Theory]
    [InlineData(PixelType.UInt8)]
    [InlineData(PixelType.UInt16)]
    [InlineData(PixelType.Float32)]
    public void Dark_objects_are_those_of_the_inverted_image(PixelType type)
    {
        using Picture image = Discs(type, 40, 210, 90, 3, 1), inverted = Inverted(image), ours = new(type, (1, 1, 1, 320, 320)),
            seen = new(PixelType.Float32, (1, 1, 1, 320, 320)), expected = new(PixelType.Float32, (1, 1, 1, 320, 320));
        RunNetwork restoring = Fluorescent.With(output: tensor => tensor with { RestoresInput = true });
        var dark = new RunOptions { DarkObjects = true };
        ImageRun.Run(Fluorescent, new PlainNetwork(Fluorescent, PlainNetworks.Same).Chain(), [image.View], dark, null, [seen.View]);
        ImageRun.Run(Fluorescent, new PlainNetwork(Fluorescent, PlainNetworks.Same).Chain(), [inverted.View], new RunOptions(), null,
            [expected.View]);
        Compare.Equal(expected.Field(0, 0, 0), seen, 0, 0, 0, 0);
        ImageRun.Run(restoring, new PlainNetwork(restoring, PlainNetworks.Same).Chain(), [image.View], dark, null, [ours.View]);
        Compare.Equal(image.Field(0, 0, 0), ours, 0, 0, 0, type == PixelType.Float32 ? 1e-5 : 0);
    }

    [Fact]
    public void Dark_objects_need_a_normalisation_that_follows_them()
    {
        RunNetwork given = Network([new FixedZeroMeanUnitVariance([45], [50], 0)]);
        using Picture image = Discs(PixelType.UInt16, 40, 210, 90, 3, 1);
        var error = Assert.Throws<BioDLException>(() => Warnings(given, image.View, new RunOptions { DarkObjects = true }));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.Contains("Invert", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_says_what_a_model_was_made_for()
    {
        using (ModelFolder folder = ModelFolder.Described(new TinyOnnx { Rays = 12, Grid = 2 }, "  stardist:\n", """
              biodl:
                made_for:
                  objects: dark
                  diameter_px: {usual: 12.5, min: 3, max: 40}
                  diameter_um: {min: 1, max: 2}
                  channels: [H&E, hematoxylin]
              stardist:

            """))
        using (Model model = Model.Open(folder[""]))
        {
            MadeFor made = model.Description.MadeFor!;
            Assert.Equal((Ground.Bright, 12.5, new SizeRange(3, 40), new SizeRange(1, 2)),
                (made.Ground, made.Diameter!.Value, made.Diameters!.Value, made.Micrometres!.Value));
            Assert.Equal(["H&E", "hematoxylin"], made.Channels);
        }
        using ModelFolder wrong = ModelFolder.Described(new TinyOnnx { Rays = 12, Grid = 2 }, "  stardist:\n", """
              biodl: {made_for: {diameter_px: {min: 30, max: 4}}}
              stardist:

            """);
        Assert.Contains("diameter_px", Assert.Throws<BioDLException>(() => Model.Open(wrong[""])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_builtin_model_knows_its_nuclei()
    {
        using Model model = Model.Open(null);
        ModelDescription about = model.Description;
        Assert.Equal(Ground.Dark, about.MadeFor!.Ground);
        Assert.InRange(about.MadeFor.Diameter!.Value, 18, 26);
        Assert.InRange(about.MadeFor.Diameters!.Value.Low, 5, 9);
        Assert.InRange(about.MadeFor.Diameters.Value.High, 50, 80);
        Assert.StartsWith("bright objects on a dark ground", about.MadeFor.Describe(), StringComparison.Ordinal);
    }

    private static Picture Inverted(Picture image)
    {
        ImageView view = image.View;
        var inverted = new Picture(view.Type, (1, 1, 1, view.Height, view.Width));
        for (int y = 0; y < view.Height; y++)
            for (int x = 0; x < view.Width; x++)
            {
                byte* from = image.At(0, 0, 0, y, x), to = inverted.At(0, 0, 0, y, x);
                switch (view.Type)
                {
                    case PixelType.UInt8: *to = (byte)(255 - *from); break;
                    case PixelType.UInt16: *(ushort*)to = (ushort)(65535 - *(ushort*)from); break;
                    default: *(float*)to = -*(float*)from; break;
                }
            }
        return inverted;
    }

    private static RunNetwork Network(IReadOnlyList<PixelOperation> steps) =>
        PlainNetworks.Describe(reach: new Extent(0, 0, 0)).With(input: tensor => tensor with { Preprocessing = steps });

    private static IReadOnlyList<string> Warnings(RunNetwork network, ImageView view, RunOptions? options = null) =>
        PixelRoad.Plan(network, [view], options ?? new RunOptions()).Warnings;
}
