using BioDL.Conformance;
using BioDL.Core.Tensors;
using BioDL.Tests.Models;
using BioDL.Torch;

namespace BioDL.Tests.Torch;

/// <summary>TorchScript networks through the shim and libtorch.</summary>
public class TorchTests
{
    [SkippableFact]
    public unsafe void The_shared_network_of_two_inputs_and_outputs_answers_its_test_tensors()
    {
        TorchScripts.Require();
        string File(string name) => SharedData.File("models", "unet2d_multi_tensor", name);
        using TorchNetwork network = TorchNetwork.Load(System.IO.File.ReadAllBytes(File("weights_torchscript_traced.pt")), "weights_torchscript_traced.pt", 2, 2);
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
