using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Tests.Road;

/// <summary>Images that a network sees at another scale: what it sees, and that what is written has the image's own pixels.</summary>
public unsafe class ScaleTests
{
    private static readonly PixelOperation Percentiles = new ScaleRange(1, 99.8, StatisticAxes.Plane, 1e-20);

    public static TheoryData<PixelType, int, int, double> Cases => new()
    {
        { PixelType.UInt8, 60, 44, 0.25 }, { PixelType.UInt16, 61, 47, 0.25 }, { PixelType.Float32, 50, 70, 0.37 },
        { PixelType.UInt16, 33, 29, 2 }, { PixelType.UInt8, 31, 40, 1.7 }, { PixelType.Argb32, 41, 53, 0.5 },
        { PixelType.Float32, 64, 64, 0.9 },
    };

    /// <summary>The definition, pixel by pixel: the mean over what a pixel covers, or a line between the two nearest centres.</summary>
    private static double[] Weights(int target, int seen, int length)
    {
        double pitch = (double)length / seen, from = target * pitch, to = from + pitch, centre = (from + to) / 2 - 0.5;
        var weights = new double[length];
        for (int i = 0; i < length; i++)
            if (pitch > 1)
                weights[i] = Math.Max(0, Math.Min(to, i + 1) - Math.Max(from, i)) / pitch;
            else
                weights[i] = Math.Max(0, 1 - Math.Abs(Math.Clamp(centre, 0, length - 1) - i));
        return weights;
    }

    private static Field Seen(Field image, int height, int width)
    {
        double[][] y = [.. Enumerable.Range(0, height).Select(j => Weights(j, height, image.Y))],
            x = [.. Enumerable.Range(0, width).Select(i => Weights(i, width, image.X))];
        return Field.Make(image.C, image.Z, height, width, (c, z, j, i) =>
        {
            double sum = 0;
            for (int row = 0; row < image.Y; row++)
                for (int column = 0; y[j][row] > 0 && column < image.X; column++)
                    sum += y[j][row] * x[i][column] * image[c, z, row, column];
            return (float)sum;
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_sees_the_mean_of_what_a_pixel_covers_or_a_line_between_two(PixelType type, int height, int width, double scale)
    {
        RunNetwork network = PlainNetworks.Describe(channels: type == PixelType.Argb32 ? 3 : 1, reach: new Extent(0, 0, 0));
        using Picture image = Picture.Random(type, (1, 1, 1, height, width));
        int[] channels = type == PixelType.Argb32 ? [0, 1, 2] : [0];
        Field seen = Whole(network, image.View, new RunOptions { Scale = scale }),
            expected = Seen(image.Field(0, 0, channels), (int)Math.Round(height * scale), (int)Math.Round(width * scale));
        Assert.Equal((expected.Y, expected.X), (seen.Y, seen.X));
        for (int i = 0; i < seen.Values.Length; i++)
            Assert.Equal(expected.Values[i], seen.Values[i], 1e-3 * (1 + Math.Abs(expected.Values[i])));
    }

    [Fact]
    public void An_enlarged_image_is_seen_as_the_original_in_every_bit()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 0, 0))
            .With(input: tensor => tensor with { Preprocessing = [Percentiles] });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 40, 30)), enlarged = Enlarged(image, 4);
        Field original = Whole(network, image.View, new RunOptions()),
            seen = Whole(network, enlarged.View, new RunOptions { Scale = 0.25 });
        // Percentiles of sixteen times as many pixels lie a little elsewhere between two neighbours.
        for (int i = 0; i < original.Values.Length; i++)
            Assert.Equal(original.Values[i], seen.Values[i], 2e-3);
        RunNetwork raw = PlainNetworks.Describe(reach: new Extent(0, 0, 0));
        Assert.Equal(Whole(raw, image.View, new RunOptions()).Values.ToArray(),
            Whole(raw, enlarged.View, new RunOptions { Scale = 0.25 }).Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tiles_do_not_show_and_results_have_the_images_pixels(PixelType type, int height, int width, double scale)
    {
        int channels = type == PixelType.Argb32 ? 3 : 1;
        RunNetwork network = PlainNetworks.Describe(channels: channels, outputChannels: channels, reach: new Extent(0, 2, 2));
        using Picture image = Picture.Random(type, (1, 1, 1, height, width)),
            whole = new(PixelType.Float32, (1, 1, channels, height, width)),
            tiled = new(PixelType.Float32, (1, 1, channels, height, width));
        Field[] Blur(Field[] inputs) => [PlainNetworks.Blur(inputs[0], 0, 2)];
        var options = new RunOptions { Scale = scale };
        PlannedOutput planned = PixelRoad.Plan(network, [image.View], options).Outputs[0];
        Assert.Equal([1, 1, channels, height, width], planned.Shape);
        Assert.Equal((1.0, 1.0, 0.0, 0.0), (planned.PixelPitch.Y, planned.PixelPitch.X, planned.Origin.Y, planned.Origin.X));
        ImageRun.Run(network, new PlainNetwork(network, Blur).Chain(), [image.View], options with { Tile = 4096 }, null, [whole.View]);
        RunResult run = ImageRun.Run(network, new PlainNetwork(network, Blur).Chain(), [image.View], options with { Tile = 12 }, null,
            [tiled.View]);
        Assert.True(run.Account.Tiles > 1);
        Field all = whole.Field(0, 0, [.. Enumerable.Range(0, channels)]);
        Compare.Equal(all, tiled, 0, 0, 0, 1e-5);
        // A part of the plane is that part of the whole.
        var region = new PlaneRegion(5, 7, 18, 13);
        using Picture part = new(PixelType.Float32, (1, 1, channels, region.Height, region.Width));
        ImageRun.Run(network, new PlainNetwork(network, Blur).Chain(), [image.View], options with { Region = region, Tile = 12 }, null,
            [part.View]);
        Compare.Equal(all.Crop(0, region.Top, region.Left, 1, region.Height, region.Width), part, 0, 0, 0, 1e-5);
    }

    /// <summary>A smooth picture comes back as it was, restored to its own unit and type.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.25)]
    [InlineData(2)]
    public void A_smooth_image_comes_back(double scale)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 0, 0)).With(
            input: tensor => tensor with { Preprocessing = [Percentiles] }, output: tensor => tensor with { RestoresInput = true });
        using Picture image = new(PixelType.UInt16, (1, 1, 1, 64, 96)), result = new(PixelType.UInt16, (1, 1, 1, 64, 96));
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 96; x++)
                *(ushort*)image.At(0, 0, 0, y, x) = (ushort)(1000 + 10 * y + 20 * x);
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View],
            new RunOptions { Scale = scale, Tile = 16 }, null, [result.View]);
        for (int y = 4; y < 60; y++)
            for (int x = 4; x < 92; x++)
                Assert.Equal(image.Value(0, 0, 0, y, x), result.Value(0, 0, 0, y, x), 1.0);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Labels_keep_their_numbers(double scale)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 0, 0))
            .With(output: tensor => tensor with { Kind = OutputKind.Labels });
        using Picture image = new(PixelType.UInt16, (1, 1, 1, 48, 48)), result = new(PixelType.UInt16, (1, 1, 1, 48, 48));
        for (int y = 0; y < 48; y++)
            for (int x = 0; x < 48; x++)
                *(ushort*)image.At(0, 0, 0, y, x) = (ushort)(x < 24 ? 7 : 5000);
        // The network gives whole numbers.
        var plain = new PlainNetwork(network, inputs => [inputs[0].Map(value => value > 2500 ? 5000 : 7)]);
        ImageRun.Run(network, plain.Chain(), [image.View], new RunOptions { Scale = scale }, null, [result.View]);
        Assert.True(image.Bytes.SequenceEqual(result.Bytes));
    }

    [Fact]
    public void A_diameter_is_a_scale_of_the_model()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 0, 0)) with { MadeFor = new MadeFor { Diameter = 20 } };
        using Picture image = Picture.Random(PixelType.UInt8, (1, 1, 1, 80, 120));
        Field seen = Whole(network, image.View, new RunOptions { ObjectDiameter = 80 });
        Assert.Equal((20, 30), (seen.Y, seen.X));
        Assert.Equal((80, 120), Size(Whole(network, image.View, new RunOptions { ObjectDiameter = 20 })));
    }

    [Theory]
    [InlineData(0.0, null)]
    [InlineData(-1.0, null)]
    [InlineData(1000.0, null)]
    [InlineData(double.NaN, null)]
    [InlineData(0.5, 10.0)]
    [InlineData(null, 10.0)]
    [InlineData(null, -10.0)]
    public void A_scale_that_cannot_be_is_refused(double? scale, double? diameter)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 0, 0));
        using Picture image = Picture.Random(PixelType.UInt8, (1, 1, 1, 80, 120));
        var options = new RunOptions { Scale = scale, ObjectDiameter = diameter };
        Assert.Equal(Status.InvalidArgument, Assert.Throws<BioDLException>(() => PixelRoad.Plan(network, [image.View], options)).Status);
    }

    private static (int, int) Size(Field field) => (field.Y, field.X);

    /// <summary>What a network sees that gets all of the image at once.</summary>
    private static Field Whole(RunNetwork network, ImageView view, RunOptions options)
    {
        Field? seen = null;
        var plain = new PlainNetwork(network, inputs =>
        {
            seen = inputs[0];
            return [Field.Make(1, 1, inputs[0].Y, inputs[0].X, (_, _, _, _) => 0)];
        });
        using var result = new Picture(PixelType.Float32, (1, 1, 1, view.Height, view.Width));
        ImageRun.Run(network, plain.Chain(), [view], options with { Tile = 4096 }, null, [result.View]);
        return seen!;
    }

    private static Picture Enlarged(Picture image, int factor)
    {
        ImageView view = image.View;
        var enlarged = new Picture(view.Type, (1, 1, 1, view.Height * factor, view.Width * factor));
        for (int y = 0; y < view.Height * factor; y++)
            for (int x = 0; x < view.Width * factor; x++)
                *(ushort*)enlarged.At(0, 0, 0, y, x) = *(ushort*)image.At(0, 0, 0, y / factor, x / factor);
        return enlarged;
    }
}
