using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Graphs;
using BioDL.Graphs.Files;
using BioDL.Graphs.UNets;
using BioDL.Graphs.Walking;
using BioDL.Tests.Graphs;
using BioDL.Training.Networks;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;

namespace BioDL.Tests.Training;

/// <summary>
/// What is trained is what runs: the module of libtorch and the ONNX file of one description, for every member of the family.
/// </summary>
[Collection(Torch.WorkerCollection.Name)]
public sealed class FamilyTests
{
    /// <summary>
    /// Relative to the largest output: sums of some thousand products in another order, through some ten layers, differ by a few 1e-6.
    /// </summary>
    private const double Tolerance = 1e-4;

    /// <summary>
    /// Where few values that are almost equal are normalised again and again, 32 bits hold less than the tolerance: there the file may
    /// be so many times as far from the module as that is from itself in 64 bits.
    /// </summary>
    private const double Rounding = 3;

    [SkippableFact]
    public void The_module_and_the_file_give_the_same()
    {
        Libtorch.Require();
        int seed = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Family.Members, net =>
        {
            Dictionary<string, float[]> weights = Family.Weights(net, ++seed);
            Values input = Values.Noise(seed, Family.InputShape(net, seed));
            Values[] exact = Module(net, weights, input, torch.ScalarType.Float64);
            Agree(net, Module(net, weights, input), File(net, weights, input), exact);
        }));
    }

    [SkippableFact]
    public void Weights_go_in_and_come_out()
    {
        Libtorch.Require();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Family.Members, net =>
        {
            using var module = new UNetModule(net, UNetWeights.Random(net, 1));
            Dictionary<string, float[]> weights = Family.Weights(net, 7);
            module.Load(weights);
            Dictionary<string, float[]> found = module.Weights();
            Assert.Equal(UNetParameters.Of(net).Select(parameter => parameter.Name), found.Keys);
            Assert.All(found, pair => Assert.Equal(weights[pair.Key], pair.Value));
        }));
    }

    [SkippableFact]
    public void Every_weight_that_is_trained_gets_a_gradient()
    {
        Libtorch.Require();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Family.Members, net =>
        {
            using var scope = torch.NewDisposeScope();
            using var module = new UNetModule(net, Family.Weights(net, 3)) { Trains = true };
            Values input = Values.Noise(5, Family.InputShape(net, 5));
            torch.Tensor sum = torch.stack([.. module.Forward(Of(input)).Select(head => head.square().sum())]).sum();
            sum.backward();
            Assert.All(module.Parameters, pair => Assert.NotNull(pair.Value.grad));
            Assert.Equal(UNetParameters.Of(net).Where(parameter => parameter.IsTrained).Select(parameter => parameter.Name),
                module.Parameters.Keys);
        }));
    }

    /// <summary>The walk over the file, by which tiles are planned, knows of the network what its description says.</summary>
    [Fact]
    public void The_file_tells_its_divisor_and_output_sizes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Family.Members, net =>
        {
            OnnxGraph graph = OnnxReader.Read(UNetOnnx.Write(net, UNetWeights.Random(net, 1)), "family.onnx");
            GraphCost cost = GraphCost.Of(graph, [new GraphInput("input", net.Dimensions == 2 ? "bcyx" : "bczyx", net.Channels)]);
            int[] divisor = net.Dimensions == 2 ? [cost.DivisorY, cost.DivisorX] : [cost.DivisorZ, cost.DivisorY, cost.DivisorX];
            Assert.Equal(UNetTopology.Divisor(net), divisor);
            Assert.Equal(net.Norm == UNetNorm.Group, cost.GlobalOperators.Count > 0);
            foreach (UNetHead head in net.Heads.Where(_ => net.Norm != UNetNorm.Group))
            {
                GraphCost.Layer layer = cost.Outputs[head.Name];
                Assert.Equal((head.Channels, net.Grid[^2], net.Grid[^1]), ((int)layer.Channels, (int)layer.Y.Pitch, (int)layer.X.Pitch));
            }
        }));

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        var net = new UNet { Norm = UNetNorm.Batch };
        Dictionary<string, float[]> first = UNetWeights.Random(net, 11), again = UNetWeights.Random(net, 11),
            other = UNetWeights.Random(net, 12);
        Assert.All(first, pair => Assert.Equal(pair.Value, again[pair.Key]));
        Assert.NotEqual(first["bottom.conv0.weight"], other["bottom.conv0.weight"]);
    }

    /// <summary>He 2015: signals keep their size through any depth, which a training needs to begin at all.</summary>
    [Fact]
    public void First_weights_have_the_variance_of_their_fan_in()
    {
        Dictionary<string, float[]> weights = UNetWeights.Random(new UNet { Filters = 64 }, 1);
        float[] values = weights["down1.conv0.weight"];
        double variance = values.Average(value => (double)value * value), expected = 2.0 / (64 * 9);
        // 73,728 draws: the variance's own deviation is sqrt(2 / 73,728), half a percent.
        Assert.InRange(variance / expected, 0.98, 1.02);
        Assert.All(weights["down1.conv0.bias"], bias => Assert.Equal(0, bias));
    }

    /// <summary>Twice the batch is twice the work and twice the tensors; the weights stay.</summary>
    [Fact]
    public void What_a_step_costs_grows_with_the_batch() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Family.Members, net =>
        {
            int[] size = [.. UNetTopology.Divisor(net).Select(divisor => 2 * divisor)];
            UNetCost one = UNetCost.Of(net, size, 1), two = UNetCost.Of(net, size, 2);
            Assert.Equal(2 * one.Flops, two.Flops, 1e-6 * two.Flops);
            Assert.InRange(two.TensorBytes - 2 * one.TensorBytes, -2, 2);
            Assert.Equal(one.WeightBytes, two.WeightBytes);
            Assert.Equal(UNetParameters.Of(net).Where(parameter => parameter.IsTrained).Sum(parameter => parameter.Count), one.Weights);
        }));

    /// <summary>The work of a step is three times that of the file, as its own walk counts it.</summary>
    [Fact]
    public void What_a_step_costs_follows_from_what_a_run_costs() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Family.Members, net =>
        {
            // The walk also counts what is no convolution, which is little where there are many channels.
            net = net with { Filters = 24, MostFilters = 512, Residual = false, BlurPool = false, Norm = UNetNorm.None };
            OnnxGraph graph = OnnxReader.Read(UNetOnnx.Write(net, UNetWeights.Random(net, 1)), "family.onnx");
            GraphCost cost = GraphCost.Of(graph, [new GraphInput("input", net.Dimensions == 2 ? "bcyx" : "bczyx", net.Channels)]);
            int[] size = UNetTopology.Divisor(net);
            double pixels = size.Aggregate(1.0, (product, side) => product * side);
            Assert.InRange(UNetCost.Of(net, size, 1).Flops / (3 * cost.FlopsPerPixel * pixels), 0.8, 1.0001);
        }));

    public static TheoryData<string, UNet> Wrong => new()
    {
        { "Dimensions", new UNet { Dimensions = 4 } },
        { "Channels", new UNet { Channels = 0 } },
        { "Depth", new UNet { Depth = 6 } },
        { "MostFilters", new UNet { Filters = 64, MostFilters = 32 } },
        { "Kernel", new UNet { Kernel = 4 } },
        { "Grid", new UNet { Grid = [1, 3] } },
        { "Grid", new UNet { Dimensions = 3 } },
        { "Residual", new UNet { Grid = [2, 2], Residual = true } },
        { "Heads[0].Channels", new UNet { Channels = 3, Residual = true } },
        { "Heads", new UNet { Heads = [] } },
        { "Heads", new UNet { Heads = [new UNetHead("a", 1), new UNetHead("a", 2)] } },
        { "Heads.Name", new UNet { Heads = [new UNetHead("/a", 1)] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_description_that_is_no_network_says_which_value_is_wrong(string name, UNet net)
    {
        var error = Assert.Throws<BioDLException>(() => UNetParameters.Of(net));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.StartsWith($"The network cannot be made: its {name} is", error.Message);
    }

    [Fact]
    public void Weights_that_do_not_fit_are_named()
    {
        var net = new UNet();
        Dictionary<string, float[]> weights = UNetWeights.Random(net, 1);
        weights["up1.conv0.weight"] = new float[3];
        var error = Assert.Throws<BioDLException>(() => UNetOnnx.Write(net, weights));
        Assert.Contains("up1.conv0.weight has 3 values, not 110592", error.Message);
    }

    /// <summary>Heads of a module are before their activations; what the file does behind them is done here in plain numbers.</summary>
    private static void Agree(UNet net, Values[] module, Values[] file, Values[] exact)
    {
        Assert.Equal(net.Heads.Count, file.Length);
        for (int i = 0; i < file.Length; i++)
        {
            float[] expected = Activated(module[i], net.Heads[i].Activation);
            Assert.Equal(module[i].Shape, file[i].Shape);
            double scale = Math.Max(1, expected.Max(Math.Abs)), largest = Largest(expected, file[i].Data);
            double rounding = Largest(expected, Activated(exact[i], net.Heads[i].Activation));
            Assert.True(largest <= Math.Max(Tolerance * scale, Rounding * rounding),
                $"{net.Heads[i].Name} differs by {largest} of {scale}, and from 64 bits by {rounding}");
        }
    }

    private static double Largest(float[] a, float[] b) => a.Zip(b, (one, other) => Math.Abs(one - other)).Max();

    private static float[] Activated(Values head, Activation activation) => activation switch
    {
        Activation.Relu => Each(head, value => Math.Max(0, value)),
        Activation.LeakyRelu => Each(head, value => value > 0 ? value : 0.1 * value),
        Activation.Sigmoid => Each(head, value => 1 / (1 + Math.Exp(-value))),
        Activation.Tanh => Each(head, Math.Tanh),
        Activation.Softplus => Each(head, value => (value > 30 ? value : Math.Log(1 + Math.Exp(value))) + 1e-3),
        Activation.Softmax => [.. head.Data.Select((value, i) => (float)(Math.Exp(value) / Exponents(head, i)))],
        _ => head.Data,
    };

    private static double Exponents(Values head, int place)
    {
        int stride = head.Stride(1), first = place - head.IndexOf(place, 1) * stride;
        return Enumerable.Range(0, head.Shape[1]).Sum(channel => Math.Exp(head.Data[first + channel * stride]));
    }

    private static float[] Each(Values head, Func<double, double> change) => [.. head.Data.Select(value => (float)change(value))];

    private static torch.Tensor Of(Values values) => torch.tensor(values.Data, [.. values.Shape.Select(size => (long)size)]);

    private static Values[] Module(UNet net, Dictionary<string, float[]> weights, Values input,
        torch.ScalarType type = torch.ScalarType.Float32)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        using var module = new UNetModule(net, weights, type: type);
        return [.. module.Forward(Of(input).to(type)).Select(head =>
            new Values([.. head.to(torch.ScalarType.Float32).contiguous().data<float>()], [.. head.shape.Select(size => (int)size)]))];
    }

    private static Values[] File(UNet net, Dictionary<string, float[]> weights, Values input)
    {
        using var run = new OrtRun(UNetOnnx.Write(net, weights));
        return run.Run(("input", input));
    }
}
