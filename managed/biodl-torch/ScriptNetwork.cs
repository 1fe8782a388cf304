using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static BioDL.Torch.Worker.NativeScript;

namespace BioDL.Torch.Worker;

/// <summary>A TorchScript module on the CPU.</summary>
internal sealed unsafe class ScriptNetwork : IDisposable
{
    private const int TensorSlot = 0, ListSlot = 5;

    // Arrays that one call of libtorch fills, by number.
    [ThreadStatic]
    private static List<(nint Memory, int Count)>? _arrays;

    private readonly string _method;
    private readonly bool _list;
    private readonly torch.ScalarType _type;
    private nint _module;

    /// <summary>
    /// Load a module from a checked archive, in eval mode; none of its code runs. Weights of half precision become float32.
    /// </summary>
    /// <exception cref="ExternalException">libtorch refuses it.</exception>
    public ScriptNetwork(nint archive, long length, string method, bool list)
    {
        (_method, _list) = (method, list);
        _module = THSJIT_load_byte_array(archive, length, (long)DeviceType.CPU, -1);
        ThrowIfFailed();
        THSJIT_Module_eval(_module);
        _type = Widen();
    }

    /// <summary>Run it.</summary>
    /// <param name="inputs">float32</param>
    /// <returns>the tensors that it gave, in order, depth first</returns>
    /// <exception cref="ExternalException">It raised an error, or gave something else.</exception>
    public torch.Tensor[] Run(IReadOnlyList<torch.Tensor> inputs)
    {
        torch.Tensor[] taken = [.. inputs.Select(input => _type == torch.ScalarType.Float32 ? input : input.to(_type))];
        Slot* slots = stackalloc Slot[taken.Length + 1];
        for (int i = 0; i < taken.Length; i++)
            slots[i] = new Slot { Kind = TensorSlot, Array = -1, Handle = taken[i].Handle };
        Slot all = new() { Kind = ListSlot, Array = taken.Length, Handle = (nint)slots };
        _arrays = [];
        try
        {
            sbyte kind;
            THSJIT_Module_invoke(_module, _method, _list ? &all : slots, _list ? 1 : taken.Length, &AllocateSlots, &kind, 0);
            ThrowIfFailed();
            var tensors = new List<torch.Tensor>();
            Collect(kind, 0, tensors);
            return [.. tensors];
        }
        finally
        {
            _arrays.ForEach(array => NativeMemory.Free((void*)array.Memory));
            GC.KeepAlive(taken);
        }
    }

    public void Dispose()
    {
        nint module = Interlocked.Exchange(ref _module, 0);
        if (module != 0)
            THSJIT_Module_dispose(module);
    }

    /// <summary>Half precision is for storage here: libtorch's kernels for the CPU compute with it slowly, or not at all.</summary>
    private torch.ScalarType Widen()
    {
        _arrays = [];
        THSJIT_Module_parameters(_module, &AllocateHandles);
        var (memory, count) = _arrays[0];
        var types = new HashSet<torch.ScalarType>();
        for (int i = 0; i < count; i++)
        {
            using torch.Tensor parameter = torch.Tensor.UnsafeCreateTensor(((nint*)memory)[i]);
            types.Add(parameter.dtype);
        }
        NativeMemory.Free((void*)memory);
        if (types.Contains(torch.ScalarType.Float16) || types.Contains(torch.ScalarType.BFloat16))
        {
            THSJIT_Module_to_dtype(_module, (sbyte)torch.ScalarType.Float32);
            return torch.ScalarType.Float32;
        }
        return types.Contains(torch.ScalarType.Float64) ? torch.ScalarType.Float64 : torch.ScalarType.Float32;
    }

    /// <summary>Kinds of LibTorchSharp: 1 a tensor, 2 and 3 tensors, 7, 9 and 10 a list or tuple of anything.</summary>
    private static void Collect(long kind, int array, List<torch.Tensor> into)
    {
        if (kind is not (1 or 2 or 3 or 7 or 9 or 10))
            throw new ExternalException("the network gives something else where tensors were expected");
        var (memory, count) = _arrays![array];
        for (int i = 0; i < count; i++)
        {
            Slot slot = ((Slot*)memory)[i];
            if (slot.Kind != TensorSlot)
                Collect(slot.Kind, (int)slot.Array, into);
            else if (slot.Handle is 0 or -1)
                throw new ExternalException("the network gives a tensor that has no values");
            else
                into.Add(torch.Tensor.UnsafeCreateTensor(slot.Handle));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static Slot* AllocateSlots(int index, nuint count) => (Slot*)Allocate(count, sizeof(Slot));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint* AllocateHandles(nuint count) => (nint*)Allocate(count, sizeof(nint));

    private static void* Allocate(nuint count, int size)
    {
        void* memory = NativeMemory.AllocZeroed(Math.Max(count, 1), (nuint)size);
        _arrays!.Add(((nint)memory, checked((int)count)));
        return memory;
    }
}
