using BioDL.Conformance;
using BioDL.Graphs;
using BioDL.Graphs.Files;
using BioDL.Graphs.Walking;
using static BioDL.Tests.Graphs.NetworkKinds;

namespace BioDL.Tests.Graphs;

/// <summary>The halo of a tile comes from the graph, and ONNX Runtime is asked whether it holds.</summary>
public class ReachTests
{
    public static TheoryData<string> Local => [.. LocalKinds.All.Select(kind => kind.Name)];

    public static TheoryData<string> Global => [.. GlobalKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Local))]
    public void No_output_sees_further_than_its_reach_and_tiles_equal_the_whole_image(string name)
    {
        var (onnx, input) = LocalKinds.All.First(kind => kind.Name == name).Make();
        using var probe = new ReachProbe(onnx, input);
        Assert.Empty(probe.Cost.GlobalOperators);
        // Steps whose ranges are added may each be a little wider than their sum: resizing after striding, by a pixel or two of the coarser
        // grid.
        foreach (var (measured, computed) in probe.Check(name))
            Assert.True(computed <= measured * 1.5 + 4, $"{name}: the reach is {computed}, but no output sees further than {measured}");
    }

    [Theory]
    [MemberData(nameof(Global))]
    public void Operators_that_mix_the_whole_tile_are_named(string name)
    {
        Kind kind = GlobalKinds.All.First(kind => kind.Name == name);
        var (onnx, input) = kind.Make();
        using var run = new OrtRun(onnx);
        Assert.Single(run.Run(("x", Values.Noise(1, 1, 2, 16, 16))));
        GraphCost cost = GraphCost.Of(OnnxReader.Read(onnx, name), [input]);
        Assert.Contains(cost.GlobalOperators, found => found.Split(' ')[0] == name.Split(' ')[0]);
    }

    [Fact]
    public void Networks_of_random_steps_keep_to_their_reach()
    {
        int followed = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var kind = new Kind($"random {seed}", (m, x) => RandomSteps(m, x, 3 + m.Random.Next(4)));
            var (onnx, input) = kind.Make(seed);
            using var probe = new ReachProbe(onnx, input);
            Assert.Empty(probe.Cost.GlobalOperators);
            if (probe.Cost.Reach > 40 || probe.Cost.DivisorY > 24)
                continue;
            followed++;
            foreach (var (measured, computed) in probe.Check(kind.Name))
                Assert.True(computed <= measured * 2 + 8,
                    $"{kind.Name}: the reach is {computed}, but no output sees further than {measured}");
        }
        Assert.InRange(followed, 25, 40);
    }

    internal static string RandomSteps(NetworkMaker m, string x, int steps)
    {
        string at = x;
        for (int i = 0; i < steps; i++)
        {
            at = m.Random.Next(9) switch
            {
                0 => Conv(m, at, 2, 2, 1 + m.Random.Next(5)),
                1 => Conv(m, at, 2, 2, 3, dilation: 1 + m.Random.Next(3)),
                2 => Conv(m, at, 2, 2, 2 + m.Random.Next(3), 2, pad: m.Random.Next(2) == 0 ? "SAME_UPPER" : "SAME_LOWER"),
                3 => Pool(m, "MaxPool", at, 2, 2),
                4 => Up(m, at, 2, 2, 2, 2),
                5 => Up(m, at, 2, 2, 4, 2, ("pads", new long[] { 1, 1, 1, 1 })),
                6 => Resize(m, at, 2, m.Random.Next(2) == 0 ? "linear" : "nearest", "half_pixel", "round_prefer_floor"),
                7 => Resize(m, at, m.Random.Next(2) == 0 ? 0.5f : 1.5f, "linear", "half_pixel"),
                _ => m.Node("DepthToSpace", [Conv(m, at, 2, 8, 3)], ("blocksize", 2)),
            };
        }
        return at;
    }

    [Fact]
    public void Several_inputs_and_outputs_have_reaches_of_their_own()
    {
        var maker = new NetworkMaker();
        maker.Input("a", NetworkMaker.Float, 1, 2, null, null);
        maker.Input("b", NetworkMaker.Float, 1, 1, null, null);
        string far = Conv(maker, "b", 1, 2, 7), sum = maker.Node("Add", [Conv(maker, "a", 2, 2, 3), far]);
        maker.Add("Relu", [sum], [maker.Output("both")]);
        maker.Add("MaxPool", [far], [maker.Output("coarse")], "", ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));
        using var probe = new ReachProbe(maker.Bytes(), new GraphInput("a", "bcyx", 2), new GraphInput("b", "bcyx", 1));
        probe.Check("two of both");
        Assert.Equal((3, 2), (probe.Cost.ReachY, probe.Cost.DivisorX));
        Assert.Equal((3, 1, "bcyx"), (probe.Cost.Outputs["both"].Y.Reach, probe.Cost.Outputs["both"].PitchX,
            probe.Cost.Outputs["both"].Axes));
        Assert.Equal((3, 2), (probe.Cost.Outputs["coarse"].X.Reach, probe.Cost.Outputs["coarse"].PitchY));
    }

    [Fact]
    public void Sizes_that_the_file_fixes_are_told_for_the_axes_they_mean()
    {
        var maker = new NetworkMaker();
        maker.Input("x", NetworkMaker.Float, 1, 2, 32, 48);
        string low = Conv(maker, "x", 2, 4, 4, 2, pad: "SAME_UPPER");
        string up = maker.Node("Resize", [low, "", "", maker.Integers(1, 4, 32, 48)], ("mode", "linear"),
            ("coordinate_transformation_mode", "half_pixel"));
        string split = maker.Node("Reshape", [up, maker.Integers(1, 2, 2, 32, 48)]);
        maker.Add("Reshape", [split, maker.Integers(1, 4, 32, -1)], [maker.Output("y")]);
        GraphCost cost = GraphCost.Of(OnnxReader.Read(maker.Bytes(), "fixed"), "x", 2);
        Assert.Empty(cost.GlobalOperators);
        Assert.Equal((4, "bcyx", 1, 2), (cost.Outputs["y"].Channels, cost.Outputs["y"].Axes, cost.Outputs["y"].PitchY, cost.DivisorX));
    }

    [SkippableFact]
    public void The_shared_unet_sees_no_further_than_its_graph_says()
    {
        byte[] onnx = File.ReadAllBytes(SharedData.File("models", "unet2d_nuclei_broad", "weights.onnx"));
        OnnxGraph graph = OnnxReader.Read(onnx, "unet2d_nuclei_broad");
        GraphCost cost = GraphCost.Of(graph, [new GraphInput(graph.Inputs[0].Name, "bcyx", 1)]);
        Assert.Empty(cost.GlobalOperators);
        Assert.Equal((8, 8), (cost.DivisorY, cost.DivisorX));
        using var run = new OrtRun(onnx);
        Values image = Values.Noise(1, 1, 1, 512, 512), before = run.Run((graph.Inputs[0].Name, image))[0];
        int worst = 0;
        foreach (int line in new[] { 200, 203, 207, 256, 263, 300 })
        {
            float[] changed = [.. image.Data];
            for (int x = 0; x < 512; x++)
                changed[line * 512 + x] += x % 2 == 0 ? 40 : -40;
            Values after = run.Run((graph.Inputs[0].Name, image with { Data = changed }))[0];
            for (int i = 0; i < after.Data.Length; i++)
            {
                if (after.Data[i] != before.Data[i])
                    worst = Math.Max(worst, Math.Abs(i / 512 - line));
            }
        }
        Assert.True(worst <= cost.ReachY, $"an output {worst} pixels away changed, but the reach is {cost.ReachY}");
        Assert.True(cost.ReachY <= worst + 16, $"the reach is {cost.ReachY}, but no output sees further than {worst}");
    }
}
