using System.Collections.Concurrent;
using BioDL.Core.Segmentation;
using BioDL.Core.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace BioDL.Onnx;

/// <summary>
/// A network loaded on one device. Tensors stay in the caller's memory; a binding of them is kept for each caller that runs at the same time,
/// so that tile after tile of one size costs no allocation here.
/// </summary>
public sealed class OnnxNetwork : INetwork, IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly ConcurrentBag<TensorBinding> _idle = [];

    /// <summary>Load a network.</summary>
    /// <param name="onnx">the bytes of an .onnx file</param>
    /// <param name="inputs">input names, in the order in which <see cref="Run"/> gets their tensors</param>
    /// <param name="outputs">output names, likewise; outputs that are not named are not computed</param>
    /// <param name="device">a usable device</param>
    /// <param name="externalFolder">where external tensors lie; null when the file has none</param>
    /// <exception cref="NetworkException">The device cannot run it.</exception>
    public OnnxNetwork(byte[] onnx, string[] inputs, string[] outputs, DeviceInfo device, string? externalFolder = null)
    {
        (_inputs, _outputs, Device, DeviceName) = (inputs, outputs, device.Id, device.Name);
        _ = OrtLibrary.Environment;
        try
        {
            using SessionOptions options = Options(device, externalFolder);
            _session = new InferenceSession(onnx, options);
        }
        catch (Exception error) when (error is OnnxRuntimeException or EntryPointNotFoundException)
        {
            throw Failure(error);
        }
    }

    public string Device { get; }

    public string DeviceName { get; }

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        if (!_idle.TryTake(out TensorBinding? binding))
            binding = new TensorBinding(_session, _inputs, _outputs);
        try
        {
            binding.Bind(inputs, outputs);
            binding.Run();
            _idle.Add(binding);
        }
        catch (OnnxRuntimeException error)
        {
            binding.Dispose();
            throw Failure(error);
        }
    }

    /// <summary>Not before the last <see cref="Run"/> has returned: <see cref="SharedNetworks"/> sees to that.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out TensorBinding? binding))
            binding.Dispose();
        _session.Dispose();
    }

    private static SessionOptions Options(DeviceInfo device, string? externalFolder)
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,
            IntraOpNumThreads = Processor.Cores,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (externalFolder is not null)
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", externalFolder);
        ExecutionProviders.Append(options, device);
        return options;
    }

    private static NetworkException Failure(Exception error)
    {
        string message = error.Message;
        bool memory = message.Contains("allocate", StringComparison.OrdinalIgnoreCase)
            || message.Contains("bad_alloc", StringComparison.Ordinal)
            || message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || message.Contains("ALLOC_FAILED", StringComparison.Ordinal);
        return memory ? new NetworkMemoryException(message, error) : new NetworkException(message, error);
    }
}
