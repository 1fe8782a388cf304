using System.Diagnostics;
using System.Runtime.InteropServices;
using BioDL.Core.Tensors;
using BioDL.Engines;
using BioDL.Torch;
using BioDL.Torch.Worker;
using TorchSharp;

namespace BioDL.Bench;

/// <summary>
/// What it costs to run TorchScript in another process: the same archive through the worker, and by bare TorchSharp in this one, in turn.
/// </summary>
internal static partial class TorchBench
{
    private const int Side = 1024, Rounds = 9;

    public static void Run()
    {
        string file = Path.Combine(Environment.GetEnvironmentVariable("BIODL_SHARED") ?? Path.Combine("..", "shared"), "models",
            "unet2d_multi_tensor", "weights_torchscript_traced.pt");
        if (TorchLibrary.Unavailable is { } reason || !File.Exists(file))
        {
            Console.WriteLine($"left out: {TorchLibrary.Unavailable ?? $"there is no {file}"}");
            return;
        }
        double[] starts = [.. Enumerable.Range(0, 5).Select(_ => Start())];
        using TorchNetwork worker = TorchNetwork.Load(() => File.ReadAllBytes(file), file, 2, 2);
        using var bare = new Bare(file);
        Tensor[] tensors = [.. Enumerable.Range(0, 4).Select(_ => new Tensor(worker.TensorMemory))];
        foreach (Tensor tensor in tensors)
            Fill(tensor);
        var (there, here) = (double.PositiveInfinity, double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            there = Math.Min(there, Timing.Measure(() => worker.Run(tensors[..2], tensors[2..])).Clock);
            here = Math.Min(here, Timing.Measure(bare.Run).Clock);
        }
        Console.WriteLine($"{Side} x {Side}, 2 inputs, 2 outputs: {here * 1000:0} ms in this process, {there * 1000:0} ms through the "
            + $"worker; ratio {there / here:0.000}");
        Console.WriteLine($"largest difference {bare.Difference(tensors[2..]):0.0e0}; a start of the worker {starts.Min() * 1000:0} ms, "
            + $"the first one {starts[0] * 1000:0} ms");
    }

    private static double Start()
    {
        WorkerSession.End();
        long start = Stopwatch.GetTimestamp();
        WorkerSession.Use(_ => true);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static unsafe void Fill(Tensor tensor)
    {
        var random = new Random(1);
        tensor.Reshape(1, 1, Side, Side);
        for (long i = 0; i < tensor.Count; i++)
            tensor.Data[i] = random.NextSingle();
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    /// <summary>libtorch in this process, as TorchSharp's own documentation runs it.</summary>
    private sealed class Bare : IDisposable
    {
        private readonly torch.jit.ScriptModule _module;
        private readonly torch.Tensor[] _inputs;
        private readonly float[][] _outputs = [new float[Side * Side], new float[Side * Side]];

        public Bare(string file)
        {
            _ = setenv("OMP_WAIT_POLICY", "passive", 0);
            NativeLibrary.Load(Path.Combine(TorchLibrary.Folder!, "libLibTorchSharp.so"));
            torch.InitializeDeviceType(DeviceType.CPU);
            torch.set_num_threads(Processor.Cores);
            _module = torch.jit.load(file);
            _module.eval();
            var random = new Random(1);
            float[] values = [.. Enumerable.Range(0, Side * Side).Select(_ => random.NextSingle())];
            _inputs = [.. Enumerable.Range(0, 2).Select(_ => torch.tensor(values, [1L, 1, Side, Side]))];
        }

        public void Run()
        {
            using var scope = torch.NewDisposeScope();
            using var gradients = torch.no_grad();
            var outputs = (torch.Tensor[])_module.forward(_inputs[0], _inputs[1]);
            for (int i = 0; i < outputs.Length; i++)
                outputs[i].data<float>().CopyTo(_outputs[i].AsSpan());
        }

        public unsafe double Difference(Tensor[] others)
        {
            double largest = 0;
            for (int output = 0; output < others.Length; output++)
            {
                for (int i = 0; i < _outputs[output].Length; i++)
                    largest = Math.Max(largest, Math.Abs(_outputs[output][i] - others[output].Data[i]));
            }
            return largest;
        }

        public void Dispose() => _module.Dispose();
    }
}
