using System.Globalization;
using System.Runtime.InteropServices;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Engines;
using BioDL.Onnx;
using BioDL.Tests.Road;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = BioDL.Core.Tensors.Tensor;

namespace BioDL.Bench;

/// <summary>
/// Networks image to image, over a bare ONNX Runtime run of as many tiles of the same size beside it: time, the part of it outside the
/// network
/// (aim: under 10 %), and bytes that pass between the images and the tiles.
/// </summary>
internal static unsafe class RunBench
{
    public static void Run()
    {
        ScaleRange percentiles = new(2, 99.8, StatisticAxes.Plane, 1e-20);
        FixedZeroMeanUnitVariance given = new([2000], [700], 0);
        Measure("denoise, CARE: uint16 to uint16", RunNetworks.UNet(1, 1, 32, false).With([percentiles], restores: true), PixelType.UInt16,
            PixelType.UInt16, (1, 1, 1, 1024, 1024));
        Measure("denoise, N2V: uint8 to float", RunNetworks.UNet(1, 1, 32, false).With([given], restores: true), PixelType.UInt8,
            PixelType.Float32, (1, 1, 1, 1024, 1024));
        Measure("denoise, small network: uint16 to uint16", RunNetworks.UNet(1, 1, 8, false).With([percentiles], restores: true),
            PixelType.UInt16, PixelType.UInt16, (1, 1, 1, 2048, 2048));
        Measure("stain, RGB to RGB, StainNet", RunNetworks.StainNet().With([new ScaleLinear([1 / 127.5], [-1])]), PixelType.Argb32,
            PixelType.Argb32, (1, 1, 1, 2048, 2048));
        Measure("stain, RGB to RGB, U-Net", RunNetworks.UNet(3, 3, 16, false).With([new ScaleLinear([1 / 127.5], [-1])]), PixelType.Argb32,
            PixelType.Argb32, (1, 1, 1, 1024, 1024));
        Measure("stain, 1 to 3 channels: uint16 to float",
            RunNetworks.UNet(1, 3, 16, false).With([new ZeroMeanUnitVariance(StatisticAxes.Plane, 1e-6)]), PixelType.UInt16,
            PixelType.Float32, (1, 1, 1, 1024, 1024));
        Measure("stain, 3D: uint16 to float", RunNetworks.UNet(1, 1, 8, true).With([new ZeroMeanUnitVariance(StatisticAxes.Slices, 1e-6)]),
            PixelType.UInt16, PixelType.Float32, (1, 16, 1, 256, 256));
        Measure("run, 2 inputs to 2 channels: float to float", RunNetworks.TwoInputs().With([new Clip(0, 4000), percentiles]),
            PixelType.Float32, PixelType.Float32, (2, 1, 1, 1024, 1024));
    }

    private static void Measure(string name, RunNetworks made, PixelType from, PixelType to, (int T, int Z, int C, int Y, int X) shape)
    {
        RunNetwork network = made.Network;
        using var input = new Pixels(from, shape, random: true);
        ImageView[] images = [.. network.Inputs.Select(_ => input.View)];
        PlannedOutput planned = PixelRoad.Plan(network, images, new Core.Runs.RunOptions()).Outputs[0];
        using var output = new Pixels(to,
            (planned.Frames, planned.Slices, to == PixelType.Argb32 ? 1 : planned.Channels, planned.Height, planned.Width), random: false);
        long[][] small = [.. network.Inputs.Select(tensor => Shape(tensor.Axes, tensor.Channels,
            new Extent(tensor.Z.Min, tensor.Y.Min, tensor.X.Min)))];
        var file = new NetworkFile
        {
            Source = name, Read = () => made.Onnx, Inputs = [.. network.Inputs.Select(tensor => tensor.Name)], Outputs = ["output"],
            Local = true, SmallestInputs = small,
            SmallestOutputs = [Shape(network.Outputs[0].Axes, network.Outputs[0].Channels,
                new Extent(network.Inputs[0].Z.Min, network.Inputs[0].Y.Min, network.Inputs[0].X.Min))],
        };
        using var loaded = new OnnxNetwork(file, Devices.Cpu);
        RunResult Ours() => ImageRun.Run(network, new OneDevice(loaded), images, new Core.Runs.RunOptions(), null, [output.View]);
        RunResult best = Ours();
        using var bare = new Bare(made.Onnx, network, best.Account.Tile);
        bare.Run();
        double bareWork = double.PositiveInfinity, work = double.PositiveInfinity, least = double.PositiveInfinity,
            floor = double.PositiveInfinity, inside = double.PositiveInfinity, rest = double.PositiveInfinity;
        for (int run = 0; run < 5; run++)
        {
            RunResult result = best;
            var (bareTime, bareCores) = Timing.Measure(() =>
            {
                for (long i = 0; i < best.Account.Tiles; i++)
                    bare.Run();
            });
            var (_, cores) = Timing.Measure(() => result = Ours());
            (floor, least, bareWork, work) = (Math.Min(floor, bareTime * 1e3), Math.Min(least, result.Account.Times.Total),
                Math.Min(bareWork, bareCores), Math.Min(work, cores));
            (inside, rest) = (Math.Min(inside, result.Account.Times.Network), Math.Min(rest, Rest(result)));
            best = Rest(result) < Rest(best) ? result : best;
        }
        double bytes = (double)input.Bytes * network.Inputs.Count + output.Bytes;
        StageTimes times = best.Account.Times;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {least:F0} ms, over bare ONNX Runtime {least / floor:F3} (processor time {work / bareWork:F3}); not network "
                + $"{rest / inside:P1}; bytes read and written {(best.Account.BytesRead + best.Account.BytesWritten) / bytes:F2} times "
                + $"the images'"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  ms: statistics {times.Statistics:F1}, read {times.Read:F1}, network {inside:F1}, write {times.Write:F1}; "
                + $"{best.Account.Tiles} tiles of {best.Account.Tile.X} x {best.Account.Tile.Y} x {best.Account.Tile.Z}, halo "
                + $"{network.Reach!.Value.X}"));
    }

    private static double Rest(RunResult result) => result.Account.Times.Total - result.Account.Times.Network;

    private static long[] Shape(string axes, int channels, Extent size) =>
        [.. axes.Select(axis => axis switch { 'c' => channels, 'z' => size.Z, 'y' => size.Y, 'x' => size.X, _ => 1L })];

    private sealed class OneDevice(INetwork network) : IDeviceChain
    {
        public string Asked => "cpu";

        public string? Warning => null;

        public string Device => "cpu";

        public INetwork Load() => network;

        public bool Next() => false;
    }

    /// <summary>The same network on one tile again and again, through ONNX Runtime alone.</summary>
    private sealed class Bare : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly OrtIoBinding _binding;
        private readonly Microsoft.ML.OnnxRuntime.RunOptions _options = new();
        private readonly List<Tensor> _tensors = [];

        public Bare(byte[] onnx, RunNetwork network, Extent tile)
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = Processor.Cores,
                InterOpNumThreads = 1,
                EnableMemoryPattern = false,
            };
            _session = new InferenceSession(onnx, options);
            _binding = _session.CreateIoBinding();
            foreach (InputTensor input in network.Inputs)
                _binding.BindInput(input.Name, Value(Shape(input.Axes, input.Channels, tile)));
            foreach (OutputTensor output in network.Outputs)
                _binding.BindOutput(output.Name, Value(Shape(output.Axes, output.Channels, tile)));
        }

        public void Run() => _session.RunWithBinding(_options, _binding);

        public void Dispose()
        {
            _binding.Dispose();
            _options.Dispose();
            _session.Dispose();
            _tensors.ForEach(tensor => tensor.Dispose());
        }

        private OrtValue Value(long[] shape)
        {
            var tensor = new Tensor();
            tensor.Reshape(shape);
            var random = new Random(1);
            for (long i = 0; i < tensor.Count; i++)
                tensor.Data[i] = random.NextSingle();
            _tensors.Add(tensor);
            return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)tensor.Data,
                tensor.Count * sizeof(float));
        }
    }

    private sealed class Pixels : IDisposable
    {
        private readonly byte* _memory;

        public Pixels(PixelType type, (int T, int Z, int C, int Y, int X) shape, bool random)
        {
            Bytes = (long)shape.T * shape.Z * shape.C * shape.Y * shape.X * type.Size();
            _memory = (byte*)NativeMemory.AlignedAlloc((nuint)Bytes, 64);
            View = ImageView.Contiguous(_memory, type, shape.Y, shape.X, shape.T, shape.Z, shape.C);
            var source = new Random(1);
            if (!random)
                new Span<byte>(_memory, (int)Bytes).Clear();
            else if (type == PixelType.Float32)
                for (long i = 0; i < Bytes / 4; i++)
                    ((float*)_memory)[i] = source.NextSingle() * 4000;
            else if (type == PixelType.UInt16)
                for (long i = 0; i < Bytes / 2; i++)
                    ((ushort*)_memory)[i] = (ushort)source.Next(100, 4000);
            else
                source.NextBytes(new Span<byte>(_memory, (int)Bytes));
        }

        public ImageView View { get; }

        public long Bytes { get; }

        public void Dispose() => NativeMemory.AlignedFree(_memory);
    }
}
