using System.Globalization;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Graphs.Files;
using BioDL.Graphs.Walking;
using BioDL.Models;
using BioDL.Tests.Graphs;
using BioDL.Tests.Road;
using static BioDL.Tests.Graphs.NetworkKinds;

namespace BioDL.Tests.Models;

/// <summary>A network that takes one size only gives in tiles what the same network with free sizes gives of the whole image.</summary>
public class OnlySizeTests
{
    /// <summary>Of the range; sums in another order differ by less.</summary>
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Local => [.. LocalKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Local))]
    public void Tiles_of_one_size_equal_the_free_network(string name) => Check(LocalKinds.All.First(kind => kind.Name == name), 1);

    [Fact]
    public void Networks_of_random_steps_and_one_size_equal_the_free_network()
    {
        int checkedNetworks = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var kind = new Kind($"random {seed}", (m, x) => ReachTests.RandomSteps(m, x, 3 + m.Random.Next(4)));
            GraphCost cost = Cost(kind, seed);
            if (cost.Reach > 40 || cost.DivisorY > 24)
                continue;
            checkedNetworks++;
            Check(kind, seed);
        }
        Assert.InRange(checkedNetworks, 25, 40);
    }

    [Fact]
    public void Two_inputs_and_two_outputs_of_other_scales_share_their_tiles()
    {
        byte[] Network(long? y, long? x)
        {
            var maker = new NetworkMaker();
            maker.Input("a", NetworkMaker.Float, 1, 2, y, x);
            maker.Input("b", NetworkMaker.Float, 1, 1, y, x);
            string far = Conv(maker, Pool(maker, "MaxPool", Conv(maker, "b", 1, 2, 7), 4, 4), 2, 2, 3);
            maker.Add("Add", [Conv(maker, "a", 2, 2, 3), Up(maker, far, 2, 2, 4, 4)], [maker.Output("both")]);
            maker.Add("Relu", [far], [maker.Output("coarse")]);
            return maker.Bytes();
        }
        using ModelFolder freeFolder = new ModelFolder().With("weights.onnx", Network(null, null)),
            onlyFolder = new ModelFolder().With("weights.onnx", Network(48, 40));
        using Model free = Model.Open(freeFolder.Path), only = Model.Open(onlyFolder.Path);
        using Picture a = Picture.Random(PixelType.Float32, (1, 1, 2, 101, 118));
        using Picture b = Picture.Random(PixelType.Float32, (1, 1, 1, 101, 118), 2);
        var whole = Run(free, [a, b], new RunOptions { Tile = 1 << 14, MemoryLimit = 1L << 40 }, out _);
        var tiled = Run(only, [a, b], new RunOptions(), out RunResult many);
        Assert.DoesNotContain(many.Account.Warnings, warning => warning.Contains("tiles", StringComparison.Ordinal));
        Assert.True(many.Account.Tiles >= 4, $"{many.Account.Tiles} tiles");
        for (int i = 0; i < 2; i++)
            Compare.Equal(whole[i].Field(0, null, 0, 1), tiled[i], 0, 0, 0, Tolerance);
        foreach (Picture picture in whole.Concat(tiled))
            picture.Dispose();
    }

    [Theory]
    [InlineData(40, "a halo of")]     // the reach of 8 leaves no room for a step of 32
    [InlineData(100, "no multiple of the 32")]
    public void What_cannot_be_exact_says_so(int size, string says)
    {
        var kind = new Kind("coarse", (m, x) => Resize(m, Pool(m, "MaxPool", Conv(m, x, 2, 2, 17), 32, 32, ("ceil_mode", 1)), 32, "nearest",
            "asymmetric"), Opset: 17);
        using ModelFolder folder = Described(kind, 1, _ => size);
        using Model model = Model.Open(folder.Path);
        using Picture image = Picture.Random(PixelType.Float32, (1, 1, 2, 150, 150));
        RunPlan plan = model.Plan([image.View], new RunOptions());
        Assert.Contains(plan.Warnings, warning => warning.Contains(says, StringComparison.Ordinal));
        using Picture one = Picture.Random(PixelType.Float32, (1, 1, 2, size - 1, size));
        Assert.DoesNotContain(model.Plan([one.View], new RunOptions()).Warnings,
            warning => warning.Contains("only tiles", StringComparison.Ordinal));
    }

    private static void Check(Kind kind, int seed)
    {
        GraphCost cost = Cost(kind, seed);
        int Divisor(char axis) => axis == 'z' ? cost.DivisorZ : axis == 'y' ? cost.DivisorY : cost.DivisorX;
        int Reach(char axis) => axis == 'z' ? cost.ReachZ : axis == 'y' ? cost.ReachY : cost.ReachX;
        // Room for the reach and a few steps, another number along each axis.
        int Size(char axis) => (2 * ((Reach(axis) + Divisor(axis) - 1) / Divisor(axis)) + 2 + "xyz".IndexOf(axis)) * Divisor(axis);
        int Length(char axis) => kind.Axes.Contains(axis) ? 2 * Size(axis) + Divisor(axis) / 2 + "xyz".IndexOf(axis) : 1;
        using ModelFolder freeFolder = Described(kind, seed, null), onlyFolder = Described(kind, seed, Size);
        using Model free = Model.Open(freeFolder.Path), only = Model.Open(onlyFolder.Path);
        using Picture image = Picture.Random(PixelType.Float32, (1, Length('z'), kind.Channels, Length('y'), Length('x')));
        using Picture whole = Run(free, [image], new RunOptions { Tile = 1 << 14, MemoryLimit = 1L << 40 }, out RunResult one)[0];
        using Picture tiled = Run(only, [image], new RunOptions(), out RunResult many)[0];
        Assert.Equal(1, one.Account.Tiles);
        Assert.True(many.Account.Tiles >= 4, $"{many.Account.Tiles} tiles");
        Assert.Empty(many.Account.Warnings);
        ImageView view = whole.View;
        Compare.Equal(whole.Field(0, null, [.. Enumerable.Range(0, view.Channels)]), tiled, 0, 0, 0, Tolerance);
    }

    private static Picture[] Run(Model model, Picture[] images, RunOptions options, out RunResult result)
    {
        ImageView[] views = [.. images.Select(image => image.View)];
        Picture[] outputs = [.. model.Plan(views, options).Outputs.Select(output => new Picture(PixelType.Float32,
            (output.Frames, output.Slices, output.Channels, output.Height, output.Width)))];
        result = model.Run(views, options with { Device = "cpu" }, null, [.. outputs.Select(output => output.View)]);
        return outputs;
    }

    private static GraphCost Cost(Kind kind, int seed)
    {
        var (onnx, input) = kind.Make(seed);
        return GraphCost.Of(OnnxReader.Read(onnx, kind.Name), [input]);
    }

    /// <summary>The network with a description as bioimage.io has them.</summary>
    /// <param name="kind">the network</param>
    /// <param name="seed">of its weights</param>
    /// <param name="size">the only size along an axis; null: free, in steps of the divisor</param>
    private static ModelFolder Described(Kind kind, int seed, Func<char, int>? size)
    {
        var (onnx, _) = kind.Make(seed, size);
        GraphCost cost = Cost(kind, seed);
        GraphCost.Layer output = cost.Outputs["y"];
        string Input(char axis)
        {
            int step = axis == 'z' ? cost.DivisorZ : axis == 'y' ? cost.DivisorY : cost.DivisorX;
            string sizes = size is null ? $"{{min: {step}, step: {step}}}" : $"{size(axis)}";
            return $"{{type: space, id: {axis}, size: {sizes}}}";
        }
        string Output(char axis)
        {
            double pitch = axis == 'z' ? output.Z.Pitch : axis == 'y' ? output.Y.Pitch : output.X.Pitch;
            string scale = pitch.ToString("r", CultureInfo.InvariantCulture);
            return $"{{type: space, id: {axis}, scale: {scale}, size: {{tensor_id: x, axis_id: {axis}}}}}";
        }
        string Axes(string letters, int channels, Func<char, string> space) => string.Concat(letters.Select(letter => "      - "
            + (letter == 'b' ? "type: batch" : letter == 'c' ? $"{{type: channel, channel_names: \"c{{i}}\", size: {channels}}}"
            : space(letter)) + "\n"));
        return new ModelFolder().With("weights.onnx", onnx).With("bioimageio.yaml",
            $"format_version: 0.5.4\nname: of one size\nlicense: MIT\ncite: [{{text: Somebody, doi: 10.1/2}}]\n"
            + $"inputs:\n  - id: x\n    axes:\n{Axes(kind.Axes, kind.Channels, Input)}"
            + $"outputs:\n  - id: y\n    axes:\n{Axes(output.Axes, (int)output.Channels, Output)}"
            + "weights:\n  onnx: {source: weights.onnx}\n");
    }
}
