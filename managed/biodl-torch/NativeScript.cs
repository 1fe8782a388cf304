using BioDL.Training;
using System.Runtime.InteropServices;

namespace BioDL.Torch.Worker;

/// <summary>
/// What libLibTorchSharp exports for TorchScript, and TorchSharp's own classes do not offer: archives and tensors in memory, outputs of any
/// nesting.
/// </summary>
internal static unsafe partial class NativeScript
{
    private const string Library = "LibTorchSharp";

    /// <summary>Throws what the last call said.</summary>
    /// <exception cref="ExternalException">Its message has one line.</exception>
    public static void ThrowIfFailed()
    {
        nint text = THSTorch_get_and_reset_last_err();
        if (text != 0)
            throw new ExternalException(ErrorText.Reason(Marshal.PtrToStringUTF8(text) ?? ""));
    }

    [LibraryImport(Library)]
    private static partial nint THSTorch_get_and_reset_last_err();

    [LibraryImport(Library)]
    internal static partial nint THSJIT_load_byte_array(nint bytes, long size, long device, long index);

    [LibraryImport(Library)]
    internal static partial void THSJIT_Module_eval(nint module);

    [LibraryImport(Library)]
    internal static partial void THSJIT_Module_to_dtype(nint module, sbyte type);

    [LibraryImport(Library)]
    internal static partial void THSJIT_Module_parameters(nint module, delegate* unmanaged[Cdecl]<nuint, nint*> allocate);

    [LibraryImport(Library)]
    internal static partial void THSJIT_Module_dispose(nint module);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void THSJIT_Module_invoke(
        nint module, string method, Slot* arguments, int count, delegate* unmanaged[Cdecl]<int, nuint, Slot*> allocate,
        sbyte* kind, int index);

    [LibraryImport(Library)]
    internal static partial nint THSTensor_new(
        nint data, delegate* unmanaged[Cdecl]<nint, void> free, nint sizes, int rank, sbyte type, sbyte scalarType, int device,
        int index, byte gradient);

    /// <summary>Its TensorOrScalar: a tensor (Kind 0), or what Kind says in another array of slots.</summary>
    internal struct Slot
    {
        public long Kind;
        public long Array;
        public nint Handle;
    }
}
