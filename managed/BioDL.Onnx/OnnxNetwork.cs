using System.Collections.Concurrent;
using BioDL.Core.Running;
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
    private readonly NetworkFile _file;
    private readonly ConcurrentBag<TensorBinding> _idle = [];
    private readonly ConcurrentDictionary<string, ConcurrentBag<TensorBinding>> _parts = new();

    /// <summary>Load a network.</summary>
    /// <param name="onnx">the bytes of an .onnx file</param>
    /// <param name="file">its tensors; outputs that are not named there are not computed</param>
    /// <param name="device">a usable device</param>
    /// <exception cref="NetworkException">The device cannot run it.</exception>
    public OnnxNetwork(byte[] onnx, NetworkFile file, DeviceInfo device)
    {
        (_file, Device, DeviceName) = (file, device.Id, device.Name);
        _ = OrtLibrary.Environment;
        try
        {
            using SessionOptions options = Options(device, file);
            _session = new InferenceSession(onnx, options);
        }
        catch (Exception error) when (error is OnnxRuntimeException or EntryPointNotFoundException)
        {
            throw Failure(error);
        }
    }

    public string Device { get; }

    public string DeviceName { get; }

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Run(inputs, outputs, _file.Outputs, _idle);

    /// <summary>The same network with some of its outputs, in another order; the others are not asked for.</summary>
    /// <param name="outputs">names</param>
    public INetwork With(string[] outputs) => new Part(this, outputs, _parts.GetOrAdd(string.Join('\0', outputs), _ => []));

    private void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, string[] names, ConcurrentBag<TensorBinding> idle)
    {
        if (!idle.TryTake(out TensorBinding? binding))
            binding = new TensorBinding(_session, _file.Inputs, names);
        try
        {
            binding.Bind(inputs, outputs);
            binding.Run();
            idle.Add(binding);
        }
        catch (OnnxRuntimeException error)
        {
            binding.Dispose();
            throw Failure(error);
        }
    }

    /// <summary>
    /// Give the memory of past runs back to the system, by a run so small that it needs none of it. Not done after each tile, since taking the
    /// memory anew costs a third of a tile's time (measured: 98 ms for 1024 x 1024 pixels with the memory kept, 128 without).
    /// </summary>
    public void Trim()
    {
        Forget();
        Tensor[] inputs = [.. _file.SmallestInputs.Select(Shaped)], outputs = [.. _file.SmallestOutputs.Select(Shaped)];
        using var binding = new TensorBinding(_session, _file.Inputs, _file.Outputs);
        try
        {
            // Outputs are ours too: memory of ONNX Runtime's that is in use keeps its whole region from being freed.
            binding.Bind(inputs, outputs);
            binding.RunAndShrink();
        }
        catch (OnnxRuntimeException)
        {
            // A device that fails here will say so at the next real run; until then its memory stays taken.
            return;
        }
        finally
        {
            foreach (Tensor tensor in inputs.Concat(outputs))
                tensor.Dispose();
        }
    }

    private static unsafe Tensor Shaped(long[] shape)
    {
        var tensor = new Tensor();
        tensor.Reshape(shape);
        new Span<float>(tensor.Data, checked((int)tensor.Count)).Clear();
        return tensor;
    }

    /// <summary>Not before the last run has returned: <see cref="SharedNetworks"/> sees to that.</summary>
    public void Dispose()
    {
        Forget();
        _session.Dispose();
    }

    private void Forget()
    {
        foreach (ConcurrentBag<TensorBinding> bag in _parts.Values.Append(_idle))
        {
            while (bag.TryTake(out TensorBinding? binding))
                binding.Dispose();
        }
    }

    private static SessionOptions Options(DeviceInfo device, NetworkFile file)
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,
            IntraOpNumThreads = Processor.Cores,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            // A memory pattern plans one block for all tensors, but the arena of the first run stays beside it: measured, no faster, and 307
            // bytes a pixel rather than 175 for the built-in network in a tile of 1024 pixels.
            EnableMemoryPattern = false,
        };
        if (file.ExactArena && device.Kind == DeviceKind.Cpu)
            options.AddSessionConfigEntry("session.use_env_allocators", "1");
        if (file.ExternalFolder is { } folder)
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
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

    private sealed class Part(OnnxNetwork whole, string[] names, ConcurrentBag<TensorBinding> idle) : INetwork
    {
        public string Device => whole.Device;

        public string DeviceName => whole.DeviceName;

        public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => whole.Run(inputs, outputs, names, idle);

        public void Trim() => whole.Trim();
    }
}
