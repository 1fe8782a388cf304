using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Engines;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Runtime;
using BioDL.Tests.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = BioDL.Core.Tensors.Tensor;

namespace BioDL.Bench;

/// <summary>The built-in network on one tile again and again, through ONNX Runtime alone: the floor under everything we do.</summary>
internal sealed unsafe class BareNetwork : IDisposable
{
    private readonly Tensor _input = new();
    private readonly Tensor _prob = new();
    private readonly Tensor _dist = new();
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly Microsoft.ML.OnnxRuntime.RunOptions _options = new();

    public BareNetwork(StarDistDescription model, ImageView image, int height, int width)
    {
        // The devices are asked first, since that loads ONNX Runtime from our folder.
        _ = InstalledEngines.Devices;
        using var options = new SessionOptions { IntraOpNumThreads = Processor.Cores, InterOpNumThreads = 1, EnableMemoryPattern = false };
        using Stream file = typeof(Model).Assembly.GetManifestResourceStream("builtin/nuclei-fluo/weights.onnx")!;
        byte[] onnx = new byte[file.Length];
        file.ReadExactly(onnx);
        _session = new InferenceSession(onnx, options);
        _binding = _session.CreateIoBinding();
        _prob.Reshape(1, 1, height / model.GridY, width / model.GridX);
        _dist.Reshape(1, model.Rays, height / model.GridY, width / model.GridX);
        ReadTile(model, image, height, width);
        _binding.BindInput(model.InputName, Value(_input));
        _binding.BindOutput(model.ProbName, Value(_prob));
        _binding.BindOutput(model.DistName, Value(_dist));
    }

    public void Run() => _session.RunWithBinding(_options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        _session.Dispose();
        _input.Dispose();
        _prob.Dispose();
        _dist.Dispose();
    }

    /// <summary>The image's first tile: what a network takes depends a little on what it sees.</summary>
    private void ReadTile(StarDistDescription model, ImageView image, int height, int width)
    {
        InputChannel[] channel = InputChannel.For(image, model.Channels);
        var (low, high, _) = Percentiles.Of(image, 0, 0, channel, new PercentilePair(model.PercentileLow, model.PercentileHigh));
        WindowReader.Read(image, (0, 0, height, width), [Scaling.FromRange(low, high)], _input);
    }

    private static OrtValue Value(Tensor tensor) =>
        OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float,
        tensor.Shape, (nint)tensor.Data, tensor.Count * sizeof(float));
}
