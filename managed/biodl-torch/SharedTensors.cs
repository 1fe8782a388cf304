using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Torch.Protocol;
using TorchSharp;
using static BioDL.Torch.Worker.SystemCalls;

namespace BioDL.Torch.Worker;

/// <summary>The memory that the library and this process share, and tensors that lie in it.</summary>
internal sealed unsafe class SharedTensors
{
    /// <summary>
    /// More than will ever be shared: what lies beyond the end of the file costs nothing, and what is mapped once need not move when it
    /// grows.
    /// </summary>
    private const long MostBytes = 1L << 40;

    private const sbyte Float32 = (sbyte)torch.ScalarType.Float32;
    private readonly int _file;
    private readonly nint _address;

    public SharedTensors(string path)
    {
        _file = open(path, ReadWrite | CloseOnExec, 0);
        if (_file < 0)
            throw new IOException($"{path} cannot be opened");
        _address = mmap(0, unchecked((nint)MostBytes), ProtectReadWrite, MapShared, _file, 0);
        if (_address == -1)
            throw new IOException($"{path} cannot be mapped");
    }

    /// <summary>Bytes of it.</summary>
    /// <exception cref="ArgumentException">They do not lie inside it.</exception>
    public nint Bytes(long offset, long length)
    {
        long size = lseek(_file, 0, SeekEnd);
        return offset >= 0 && length >= 0 && offset <= size - length ? _address + (nint)offset
            : throw new ArgumentException($"{length} bytes at {offset} do not lie in the shared memory of {size} bytes");
    }

    /// <summary>A tensor that reads and writes where the window says; nothing is copied.</summary>
    /// <exception cref="ArgumentException">The window does not lie inside the memory.</exception>
    public torch.Tensor Tensor(Window window)
    {
        long count = 1;
        foreach (long size in window.Shape)
            count = size >= 0 ? checked(count * size) : throw new ArgumentException($"a size is {size}");
        nint data = Bytes(window.Offset, checked(count * sizeof(float)));
        fixed (long* sizes = window.Shape)
        {
            nint handle = NativeScript.THSTensor_new(data, &Nothing, (nint)sizes, window.Shape.Length, Float32, Float32,
                (int)DeviceType.CPU, -1, 0);
            NativeScript.ThrowIfFailed();
            return torch.Tensor.UnsafeCreateTensor(handle);
        }
    }

    /// <summary>libtorch is done with memory that is not its own.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Nothing(nint data)
    {
    }
}
