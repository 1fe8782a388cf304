using BioDL.Conformance;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Tensors;
using BioDL.Engines;
using BioDL.Models;
using BioDL.Models.Verification;
using BioDL.Tests.Graphs;
using BioDL.Tests.Models;
using BioDL.Tests.Road;
using BioDL.Torch;
using static BioDL.Tests.Torch.TorchScripts;

namespace BioDL.Tests.Torch;

/// <summary>TorchScript networks through the shim and libtorch.</summary>
[Collection(WorkerCollection.Name)]
public class TorchTests
{
    [SkippableFact]
    public unsafe void The_shared_network_of_two_inputs_and_outputs_answers_its_test_tensors()
    {
        Require();
        string File(string name) => SharedData.File("models", "unet2d_multi_tensor", name);
        using TorchNetwork network = TorchNetwork.Load(() => System.IO.File.ReadAllBytes(File("weights_torchscript_traced.pt")),
            "weights_torchscript_traced.pt", 2, 2);
        using Tensor a = Normalized(File("test_input_0.npy")), b = Normalized(File("test_input_1.npy")), y = new(), z = new();
        var (first, shape) = NpyFile.Read(File("test_output_0.npy"));
        var (second, _) = NpyFile.Read(File("test_output_1.npy"));
        y.Reshape(shape);
        z.Reshape(shape);
        network.Run([a, b], [y, z]);
        // The package asks for 1e-5 absolute; float32 sums of a few hundred products in another order are that close.
        Assert.InRange(Largest(first, y), 0, 1e-5);
        Assert.InRange(Largest(second, z), 0, 1e-5);
        Assert.Equal("cpu", network.Device);
        Assert.Contains("libtorch", network.DeviceName);
    }

    [SkippableFact]
    public void The_shared_package_verifies_itself()
    {
        Require();
        using Model model = Model.Open(Path.GetDirectoryName(SharedData.File("models", "unet2d_multi_tensor", "bioimageio.yaml")));
        Assert.Equal(("torchscript", 2, 2),
            (model.Description.WeightsFormat, model.Description.Inputs.Count, model.Description.Outputs.Count));
        VerifyReport report = model.Verify("cpu");
        Assert.True(report.Outcome == VerifyOutcome.Passed, $"{report.Outcome} {report.WhyNot} {string.Join("; ", report.Outputs)}");
    }

    [SkippableTheory]
    [InlineData("return torch.add(x, x)", "Tensor", 1)]
    [InlineData("return (torch.add(x, x), x)", "Tuple[Tensor, Tensor]", 2)]
    [InlineData("return [torch.add(x, x), x]", "List[Tensor]", 2)]
    [InlineData("return {\"a\": torch.add(x, x), \"b\": x}", "Dict[str, Tensor]", 2)]
    [InlineData("return (torch.add(x, x), [x])", "Tuple[Tensor, List[Tensor]]", 2)]
    public void Outputs_come_in_order_whatever_holds_them(string code, string type, int count)
    {
        Require();
        using TorchNetwork network = Of(code, type).Load(1, count);
        float[][] values = Run(network, count);
        Assert.Equal([2f, 4, 6, 8], values[0]);
        Assert.All(values.Skip(1), rest => Assert.Equal([1f, 2, 3, 4], rest));
    }

    [SkippableFact]
    public void Weights_of_other_precision_take_float32()
    {
        Require();
        using TorchNetwork half = OfWeight("HalfStorage", BitConverter.GetBytes((Half)1.5), 1, "return torch.mul(x, self.weight)").Load();
        Assert.Equal([1.5f, 3, 4.5f, 6], Run(half)[0]);
        using TorchNetwork real = OfWeight("DoubleStorage", BitConverter.GetBytes(0.25), 1, "return torch.mul(x, self.weight)").Load();
        Assert.Equal([0.25f, 0.5f, 0.75f, 1], Run(real)[0]);
    }

    [SkippableFact]
    public void Failures_of_a_script_say_what_it_said()
    {
        Require();
        using TorchNetwork wrong = Of("return torch.view(x, [7])").Load();
        Assert.Contains("shape '[7]' is invalid", Assert.Throws<NetworkException>(() => Run(wrong)).Message);
        using TorchNetwork other = Of("return torch.flatten(x)").Load();
        Assert.Contains("(4)", Assert.Throws<NetworkException>(() => Run(other)).Message);
        using TorchNetwork large = Of("return torch.zeros([1000000, 1000000, 100])").Load();
        Assert.Throws<NetworkMemoryException>(() => Run(large));
        Assert.Contains("takes 2 tensors",
            Assert.Throws<BioDLException>(() => Of("return x", arguments: "x: Tensor,\n    y: Tensor").Load()).Message);
        Assert.Contains("mish_and_chips", Assert.Throws<BioDLException>(() => Of("return torch.mish_and_chips(x)").Load()).Message);
    }

    [SkippableFact]
    public void Threads_share_a_network_beside_ONNX_Runtime()
    {
        Require();
        using TorchNetwork network = Of("return torch.add(x, x)").Load();
        Parallel.For(0, 16, i =>
        {
            Assert.Equal([2f, 4, 6, 8], Run(network)[0]);
            using var run = new OrtRun(LocalKinds.All[i].Make().Onnx);
            Assert.NotEmpty(run.Run(("x", Graphs.Values.Noise(i, 1, 2, 24, 24))));
        });
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Run(network));
    }

    [SkippableTheory]
    [InlineData("return torch.avg_pool2d(x, [5, 5], [1, 1], [2, 2], False, True, None)", 2, 1)]
    [InlineData("return torch.upsample_nearest2d(torch.max_pool2d(torch.avg_pool2d(x, [9, 9], [1, 1], [4, 4], False, True, None), [4, 4], "
        + "[4, 4], [0, 0], [1, 1], False), None, [4., 4.])", 7, 4)]
    public void The_reach_is_measured_with_a_margin(string code, int reach, int divisor)
    {
        Require();
        using TorchNetwork network = Of(code).Load();
        MeasuredNetwork found = TorchProbe.Measure(network, [Image()]);
        Assert.InRange(found.Reach!.Value.Y, reach, reach * 1.25 + 3);
        Assert.InRange(found.Reach!.Value.X, reach, reach * 1.25 + 3);
        Assert.Equal((0, divisor, divisor), (found.Reach!.Value.Z, found.Divisor.Y, found.Divisor.X));
        Assert.InRange(found.BytesPerPixel, 8, 64);
        Assert.Equal(("bcyx", 1, new MeasuredSide(1, 0)), (found.Outputs[0].Axes, found.Outputs[0].Channels, found.Outputs[0].Y));
    }

    [SkippableTheory]
    [InlineData(64, 7, 4)]
    [InlineData(24, RunNetwork.ReachBeyond, 4)]
    public void Inside_one_size_the_reach_and_the_grid_are_measured(int size, int reach, int divisor)
    {
        Require();
        using TorchNetwork network = Of(Pooling).Load();
        InputTensor input = Image() with { Y = new AxisSizes(size, 0), X = new AxisSizes(64, 0) };
        var output = new OutputTensor { Name = "y", Axes = "bcyx", Channels = 1, Reference = "x" };
        MeasuredNetwork found = TorchProbe.Measure(network, [input], [output]);
        Assert.InRange(found.Reach!.Value.Y, reach, reach * 1.25 + 3);
        Assert.InRange(found.Reach!.Value.X, 7, 7 * 1.25 + 3);
        Assert.Equal((divisor, 4), (found.Divisor.Y, found.Divisor.X));
    }

    /// <summary>The halo of a description counts where the one size hides the reach, and a warning says that it is hidden.</summary>
    [SkippableTheory]
    [InlineData(64, 0, 7, null)]
    [InlineData(64, 16, 16, null)]
    [InlineData(16, 0, 4, "could not be measured")]
    [InlineData(16, 6, 6, "could not be measured")]
    public void A_package_of_one_size_is_tiled_with_a_halo(int size, int declared, int least, string? warning)
    {
        Require();
        string sizes = $"[1, 1, {size}, {size}]";
        using ModelFolder onlyFolder = Package(sizes, sizes, declared);
        using ModelFolder freeFolder = Package("{min: [1, 1, 16, 16], step: [0, 0, 4, 4]}",
            "{reference_tensor: x, scale: [1, 1, 1, 1], offset: [0, 0, 0, 0]}", 0);
        using Model only = Model.Open(onlyFolder.Path), free = Model.Open(freeFolder.Path);
        using Picture image = Picture.Random(PixelType.Float32, (1, 1, 1, 202, 171));
        using Picture tiled = new(PixelType.Float32, (1, 1, 1, 202, 171)), whole = new(PixelType.Float32, (1, 1, 1, 202, 171));
        RunPlan plan = only.Plan([image.View], new RunOptions());
        Assert.InRange(plan.Halo.X, least, size / 2);
        Assert.Equal(warning is not null, plan.Warnings.Any(text => text.Contains(warning ?? "seams", StringComparison.Ordinal)));
        if (warning is not null)
            return;
        only.Run([image.View], new RunOptions(), null, [tiled.View]);
        free.Run([image.View], new RunOptions { Tile = 1024 }, null, [whole.View]);
        Compare.Equal(whole.Field(0, null, 0), tiled, 0, 0, 0, 1e-4);
    }

    /// <summary>Means over nine pixels, the largest of four by four, each four by four times: a reach of 7, a grid of 4.</summary>
    private const string Pooling = "return torch.upsample_nearest2d(torch.max_pool2d(torch.avg_pool2d(x, [9, 9], [1, 1], [4, 4], False, "
        + "True, None), [4, 4], [4, 4], [0, 0], [1, 1], False), None, [4., 4.])";

    private static ModelFolder Package(string input, string output, int halo) => new ModelFolder().With("weights.pt",
        Of(Pooling).Bytes()).With("bioimageio.yaml", $"""
        format_version: 0.4.9
        name: pools by four
        license: MIT
        cite: [{"{"}text: Somebody, doi: 10.1/2{"}"}]
        inputs: [{"{"}name: x, axes: bcyx, data_type: float32, shape: {input}{"}"}]
        outputs: [{"{"}name: y, axes: bcyx, data_type: float32, shape: {output}, halo: [0, 0, {halo}, {halo}]{"}"}]
        weights:
          torchscript: {"{"}source: weights.pt, pytorch_version: 1.13{"}"}
        """);

    [SkippableFact]
    public void A_network_that_sees_everything_has_no_reach()
    {
        Require();
        using TorchNetwork network = Of("return torch.sub(x, torch.mean(x))").Load();
        Assert.Null(TorchProbe.Measure(network, [Image()]).Reach);
    }

    private static InputTensor Image() => new()
    {
        Name = "x", Axes = "bcyx", Channels = 1, Y = new AxisSizes(16, 16), X = new AxisSizes(16, 16),
    };

    private static unsafe double Largest(float[] expected, Tensor actual)
    {
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
            largest = Math.Max(largest, Math.Abs(expected[i] - actual.Data[i]));
        return largest;
    }

    /// <summary>zero_mean_unit_variance over c, y and x, epsilon 1e-6, as the package says.</summary>
    private static unsafe Tensor Normalized(string file)
    {
        var (values, shape) = NpyFile.Read(file);
        double mean = values.Average(value => (double)value), std = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var tensor = new Tensor();
        tensor.Reshape(shape);
        for (int i = 0; i < values.Length; i++)
            tensor.Data[i] = (float)((values[i] - mean) / (std + 1e-6));
        return tensor;
    }
}
