using System.Collections.Concurrent;
using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Tensors;
using BioDL.Engines;
using Microsoft.ML.OnnxRuntime;

namespace BioDL.Onnx;

/// <summary>
/// A network loaded on one device. Tensors stay in the caller's memory; a binding of them is kept for each caller that runs at the same
/// time,
/// so that tile after tile of one size costs no allocation here.
/// </summary>
public sealed class OnnxNetwork : INetwork, IDisposable
{
    private const int MostOutputs = 128;
    private readonly InferenceSession _session;
    private readonly NetworkFile _file;

    /// <summary>By the outputs that they ask for, a bit each.</summary>
    private readonly ConcurrentDictionary<UInt128, ConcurrentBag<TensorBinding>> _idle = new();

    /// <summary>Values of the largest inputs since memory was last given back.</summary>
    private long _largest;

    /// <summary>Load a network.</summary>
    /// <param name="file">an .onnx file; outputs that it does not name are not computed</param>
    /// <param name="device">a usable device</param>
    /// <exception cref="NetworkException">The device cannot run it.</exception>
    public OnnxNetwork(NetworkFile file, DeviceInfo device)
    {
        if (file.Outputs.Count > MostOutputs)
            throw new NetworkException($"{file.Source} has {file.Outputs.Count} outputs; {MostOutputs} are the most.");
        (_file, Device, DeviceName) = (file, device.Id, device.Name);
        _ = OrtLibrary.Environment;
        try
        {
            using ProcessEnd.Visit visit = ProcessEnd.Enter();
            using SessionOptions options = Options(device, file);
            _session = DeepStack.Run(() => ProcessEnd.Hold(() => new InferenceSession(file.Read(), options), () => { }));
        }
        catch (Exception error) when (error is not BioDLException)
        {
            throw Failure(error);
        }
    }

    public string Device { get; }

    public string DeviceName { get; }

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs) => Run(inputs, outputs, null);

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs, Func<bool>? cancelled)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputs.Length, _file.Outputs.Count);
        UInt128 asked = 0;
        for (int i = 0; i < outputs.Length; i++)
            asked |= outputs[i] is null ? 0 : UInt128.One << i;
        MakeRoom(inputs);
        ConcurrentBag<TensorBinding> idle = _idle.GetOrAdd(asked, _ => []);
        if (!idle.TryTake(out TensorBinding? binding))
            binding = new TensorBinding(_session, _file);
        Exception? ofHost = null;
        bool Cancelled()
        {
            try
            {
                return cancelled!();
            }
            catch (Exception error)
            {
                ofHost = error;
                throw;
            }
        }
        try
        {
            binding.Bind(inputs, outputs);
            binding.Run(cancelled is null ? null : Cancelled);
        }
        catch (Exception error) when (error is not BioDLException && error != ofHost)
        {
            binding.Dispose();
            throw Failure(error);
        }
        catch
        {
            binding.Dispose();
            throw;
        }
        idle.Add(binding);
    }

    /// <summary>
    /// Give the memory of past runs back to the system, by a run so small that it needs none of it. Not done after each tile, since taking
    /// the
    /// memory anew costs a third of a tile's time (measured: 98 ms for 1024 x 1024 pixels with the memory kept, 128 without).
    /// </summary>
    public void Trim()
    {
        Interlocked.Exchange(ref _largest, 0);
        Forget();
        Tensor[] inputs = [.. _file.SmallestInputs.Select(Shaped)], outputs = [.. _file.SmallestOutputs.Select(Shaped)];
        try
        {
            using var binding = new TensorBinding(_session, _file);
            // Outputs are ours too: memory of ONNX Runtime's that is in use keeps its whole region from being freed.
            binding.Bind(inputs, outputs);
            binding.RunAndShrink();
        }
        catch (Exception error) when (error is OnnxRuntimeException || ProcessEnd.Has)
        {
            // A device that fails here will say so at the next real run; until then its memory stays taken.
        }
        finally
        {
            foreach (Tensor tensor in inputs.Concat(outputs))
                tensor.Dispose();
        }
    }

    /// <summary>
    /// Tiles that grow find no room in the memory of smaller ones, which ONNX Runtime would keep beside their own.
    /// </summary>
    private void MakeRoom(ReadOnlySpan<Tensor> inputs)
    {
        long values = 0;
        foreach (Tensor input in inputs)
            values += input.Count;
        long largest = Interlocked.Read(ref _largest);
        if (values <= largest)
            return;
        if (largest > 0)
            Trim();
        Interlocked.Exchange(ref _largest, values);
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
        using ProcessEnd.Visit? visit = ProcessEnd.TryEnter();
        if (visit is not null)
            _session.Dispose();
    }

    private void Forget()
    {
        foreach (ConcurrentBag<TensorBinding> bag in _idle.Values)
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
            // A memory pattern plans one block for all tensors, but the arena of the first run stays beside it: measured, no faster, and
            // 307
            // bytes a pixel rather than 175 for the built-in network in a tile of 1024 pixels.
            EnableMemoryPattern = false,
        };
        // An arena that grows by what is asked for: best for convolutions alone. A network with normalisations between them asks for so
        // many sizes that one
        // which doubles wastes less (measured: 1143 against 1703 bytes a pixel for the shared GroupNorm network).
        if (file.Local && device.Kind == DeviceKind.Cpu)
            options.AddSessionConfigEntry("session.use_env_allocators", "1");
        if (file.ExternalFolder is { } folder)
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        ExecutionProviders.Append(options, device);
        return options;
    }

    private static NetworkException Failure(Exception error)
    {
        string message = error.Message;
        bool memory = error is OutOfMemoryException or OverflowException || message.Contains("allocate", StringComparison.OrdinalIgnoreCase)
            || message.Contains("bad_alloc", StringComparison.Ordinal)
            || message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || message.Contains("ALLOC_FAILED", StringComparison.Ordinal);
        return memory ? new NetworkMemoryException(message, error) : new NetworkException(message, error);
    }
}
