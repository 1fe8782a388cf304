using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Tests.Road;

/// <summary>A preview of a region shows what the whole run will show there.</summary>
public class RegionTests
{
    public static TheoryData<PlaneRegion> Regions =>
        [new(0, 0, 20, 20), new(37, 50, 21, 17), new(70, 60, 30, 41), new(50, 0, 1, 101), new(0, 0, 100, 101), new(99, 100, 1, 1)];

    [Theory]
    [MemberData(nameof(Regions))]
    public void Equals_the_same_part_of_the_whole_run(PlaneRegion region)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 10, 10), divisor: 8)
            .With(input: tensor => tensor with
            {
                Y = new AxisSizes(40, 8),
                X = new AxisSizes(24, 8),
                Preprocessing = [new ScaleRange(1, 99, StatisticAxes.Plane, 0)]
            });
        Check(network, f => PlainNetworks.Blur(PlainNetworks.Pooled(f, 8), 0, 2), region, 1);
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void Of_an_enlarged_output_has_the_enlarged_size(PlaneRegion region) =>
        Check(PlainNetworks.Describe(reach: new Extent(0, 2, 2))
            .With(output: tensor => tensor with { Y = new AxisLink(2, 0), X = new AxisLink(2, 0) }),
            f => PlainNetworks.Enlarged(PlainNetworks.Blur(f, 0, 2), 2), region, 2);

    [Theory]
    [MemberData(nameof(Regions))]
    public void Of_a_valid_convolution_sees_the_image_around_it(PlaneRegion region) =>
        Check(PlainNetworks.Describe(reach: new Extent(0, 3, 3))
            .With(output: tensor => tensor with { Y = new AxisLink(1, -6), X = new AxisLink(1, -6) }), f =>
            PlainNetworks.ValidBlur(f, 3), region, 1);

    [Fact]
    public void Computes_no_more_than_it_needs()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 10, 10), divisor: 8);
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 1000, 1000)), result = new(PixelType.Float32, (1, 1, 1, 60, 50));
        RunResult run = ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View],
            new RunOptions { Region = new PlaneRegion(500, 503, 60, 50) }, null, [result.View]);
        Assert.True(run.Account.BytesRead < 2 * 100 * 100, $"{run.Account.BytesRead} bytes were read");
        Compare.Equal(image.Field(0, 0, 0).Crop(0, 500, 503, 1, 60, 50), result, 0, 0, 0);
    }

    [Fact]
    public void Of_a_smaller_output_tells_where_it_lies()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 0, 0), divisor: 2)
            .With(output: tensor => tensor with { Y = new AxisLink(0.5, 0), X = new AxisLink(0.5, 0) });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 64, 80));
        PlannedOutput output = PixelRoad.Plan(network, [image.View], new RunOptions { Region = new PlaneRegion(7, 8, 10, 21) }).Outputs[0];
        Assert.Equal((6, 11), (output.Height, output.Width));
        Assert.Equal((2, 2), (output.PixelPitch.Y, output.PixelPitch.X));
        // Value 3 covers rows 6 and 7, value 4 columns 8 and 9.
        Assert.Equal((6.5, 8.5), (output.Origin.Y, output.Origin.X));
        using var result = new Picture(PixelType.Float32, (1, 1, 1, 6, 11));
        ImageRun.Run(network, new PlainNetwork(network, f => [PlainNetworks.Reduced(f[0], 2)]).Chain(), [image.View],
            new RunOptions { Region = new PlaneRegion(7, 8, 10, 21) }, null, [result.View]);
        Compare.Equal(PlainNetworks.Reduced(image.Field(0, 0, 0), 2).Crop(0, 3, 4, 1, 6, 11), result, 0, 0, 0);
    }

    private static void Check(RunNetwork network, Func<Field, Field> function, PlaneRegion region, int scale)
    {
        using Picture image = Picture.Random(PixelType.UInt16, (2, 1, 1, 100, 101)),
        whole = new(PixelType.Float32, (2, 1, 1, 100 * scale, 101 * scale));
        using Picture part = new(PixelType.Float32, (2, 1, 1, region.Height * scale, region.Width * scale));
        PlainNetwork Network() => new(network, f => [function(f[0])]);
        ImageRun.Run(network, Network().Chain(), [image.View], new RunOptions(), null, [whole.View]);
        foreach (int? tile in new int?[] { null, 64 })
        {
            ImageRun.Run(network, Network().Chain(), [image.View], new RunOptions { Region = region, Tile = tile }, null, [part.View]);
            for (int t = 0; t < 2; t++)
                Compare.Equal(whole.Field(t, 0, 0).Crop(0, region.Top * scale, region.Left * scale, 1, region.Height * scale,
                    region.Width * scale), part, t, 0, 0, 0);
        }
    }
}
