using BioDL.Core;
using BioDL.Engines;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = BioDL.Core.Tensors.Tensor;

namespace BioDL.Onnx;

/// <summary>The caller's tensors as one run of a session sees them, bound anew only when they move or change their shape.</summary>
internal sealed unsafe class TensorBinding : IDisposable
{
    /// <summary>A person notices a tenth of a second.</summary>
    private const int QuestionMilliseconds = 30;

    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options;
    private readonly Slot[] _inputs;
    private readonly Slot[] _outputs;
    private RunThread? _thread;

    public TensorBinding(InferenceSession session, NetworkFile file)
    {
        using ProcessEnd.Visit visit = ProcessEnd.Enter();
        _session = session;
        _options = new RunOptions();
        _binding = session.CreateIoBinding();
        _inputs = [.. file.Inputs.Select(name => new Slot(name))];
        _outputs = [.. file.Outputs.Select(name => new Slot(name))];
    }

    /// <param name="inputs">all of them</param>
    /// <param name="outputs">the same ones null, or missing at the end, each time: those are not asked for</param>
    public void Bind(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputs.Length, _inputs.Length);
        using ProcessEnd.Visit visit = ProcessEnd.Enter();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (_inputs[i].Update(inputs[i]) is { } value)
                _binding.BindInput(_inputs[i].Name, value);
        }
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is { } output && _outputs[i].Update(output) is { } value)
                _binding.BindOutput(_outputs[i].Name, value);
        }
    }

    /// <param name="cancelled">asked on this thread while the network runs on another; true ends the run. Null: never</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/>; the binding is of no use afterwards</exception>
    public void Run(Func<bool>? cancelled)
    {
        if (cancelled is null)
        {
            Run();
            return;
        }
        _thread ??= new RunThread();
        _thread.Run(Run, QuestionMilliseconds, () =>
        {
            bool goOn = false;
            try
            {
                goOn = !cancelled();
            }
            finally
            {
                if (!goOn)
                    Stop();
            }
            if (!goOn)
                throw new BioDLException(Status.Cancelled, "the run was cancelled");
        });
    }

    /// <summary>A run after which ONNX Runtime frees the memory that it does not need.</summary>
    public void RunAndShrink()
    {
        _options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        Run();
    }

    public void Dispose()
    {
        _thread?.Dispose();
        using ProcessEnd.Visit? visit = ProcessEnd.TryEnter();
        if (visit is null)
            return;
        foreach (Slot slot in _inputs.Concat(_outputs))
            slot.Dispose();
        _binding.Dispose();
        _options.Dispose();
    }

    private void Run()
    {
        ProcessEnd.Hold(() =>
        {
            _session.RunWithBinding(_options, _binding);
            return true;
        }, Stop);
    }

    /// <summary>ONNX Runtime looks at this before each of the network's operators.</summary>
    private void Stop() => _options.Terminate = true;

    private sealed class Slot(string name) : IDisposable
    {
        private OrtValue? _value;
        private float* _data;
        private long[] _shape = [];

        public string Name => name;

        /// <summary>The value to bind, or null when the bound one still describes the tensor.</summary>
        public OrtValue? Update(Tensor tensor)
        {
            if (_value is not null && _data == tensor.Data && tensor.Shape.AsSpan().SequenceEqual(_shape))
                return null;
            _value?.Dispose();
            _data = tensor.Data;
            _shape = tensor.Shape;
            _value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, _shape, (nint)_data,
                tensor.Count * sizeof(float));
            return _value;
        }

        public void Dispose() => _value?.Dispose();
    }
}
