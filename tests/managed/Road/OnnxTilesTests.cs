using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Engines;
using BioDL.Onnx;
using BioDL.Tests.Objects.StarConvex;

namespace BioDL.Tests.Road;

/// <summary>Networks that ONNX Runtime computes, with the halo that their graph asks for: tiles equal the whole.</summary>
public class OnnxTilesTests
{
    /// <summary>What the issue asks for; sums in another order differ by less.</summary>
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData(1, 1, 203, 171, 96)]
    [InlineData(3, 2, 130, 301, 112)]
    public void A_unet_over_planes(int from, int to, int height, int width, int tile) =>
        Check(RunNetworks.UNet(from, to, 4, volume: false), (2, 1, from, height, width), new RunOptions { Tile = tile });

    [Fact]
    public void A_unet_over_stacks() =>
        Check(RunNetworks.UNet(1, 1, 2, volume: true), (1, 61, 1, 90, 77), new RunOptions { Tile = 64, MemoryLimit = 12 << 20 });

    [Fact]
    public void Two_inputs() => Check(RunNetworks.TwoInputs(), (1, 2, 1, 61, 77), new RunOptions { Tile = 32 });

    [Fact]
    public void Pointwise_colours() => Check(RunNetworks.StainNet(), (1, 1, 3, 61, 77), new RunOptions { Tile = 16 });

    private static void Check(RunNetworks made, (int T, int Z, int C, int Y, int X) shape, RunOptions options)
    {
        made = made.With([new ScaleRange(1, 99.8, StatisticAxes.Plane | StatisticAxes.Slices, 1e-6)]);
        RunNetwork network = made.Network;
        using Picture image = Picture.Random(PixelType.UInt16, shape);
        ImageView[] images = [.. network.Inputs.Select(_ => image.View)];
        var outer = (shape.T, shape.Z, network.Outputs[0].Channels, shape.Y, shape.X);
        using Picture whole = new(PixelType.Float32, outer), tiled = new(PixelType.Float32, outer);
        long[] Smallest(string axes, int channels) => [.. axes.Select(axis => axis switch
        {
            'c' => channels, 'z' => network.Inputs[0].Z.Min, 'y' => network.Inputs[0].Y.Min, 'x' => network.Inputs[0].X.Min, _ => 1L,
        })];
        var file = new NetworkFile
        {
            Source = "made", Read = () => made.Onnx, Inputs = [.. network.Inputs.Select(input => input.Name)],
            Outputs = ["output"], Local = true,
            SmallestInputs = [.. network.Inputs.Select(input => Smallest(input.Axes, input.Channels))],
            SmallestOutputs = [Smallest(network.Outputs[0].Axes, network.Outputs[0].Channels)],
        };
        using var loaded = new OnnxNetwork(file, Devices.Cpu);
        FakeChain Chain() => new(("cpu", () => loaded));
        RunResult one = ImageRun.Run(network, Chain(), images, new RunOptions { MemoryLimit = 1L << 40, Tile = 4096 }, null, [whole.View]);
        RunResult many = ImageRun.Run(network, Chain(), images, options, null, [tiled.View]);
        Assert.Equal(shape.T * (network.Inputs[0].Axes.Contains('z') ? 1 : shape.Z), one.Account.Tiles);
        Assert.True(many.Account.Tiles >= 4 * one.Account.Tiles, $"{many.Account.Tiles} tiles");
        for (int t = 0; t < shape.T; t++)
            for (int c = 0; c < outer.Channels; c++)
                Compare.Equal(whole.Field(t, null, c), tiled, t, 0, c, Tolerance);
        Assert.Empty(many.Account.Warnings);
    }
}
