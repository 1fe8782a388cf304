using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Models;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/model.h</summary>
internal static unsafe class ModelExports
{
    public static readonly Handles<OpenModel> Open = new("model");

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_open", CallConvs = [typeof(CallConvCdecl)])]
    public static int OpenFrom(byte* path, nint* model, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(model, nameof(model));
        *model = 0;
        *model = Open.Add(new OpenModel(Model.Open(Text.Read(path, nameof(path)))));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int Describe(nint model, ModelInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Open.Get(model).Info, nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_get_input", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetInput(nint model, long index, TensorInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Open.Get(model).Inputs.At(index, "input"), nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_get_output", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetOutput(nint model, long index, TensorInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Open.Get(model).Outputs.At(index, "output"), nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_close", CallConvs = [typeof(CallConvCdecl)])]
    public static int Close(nint model) => Guard.Call(null, () => Open.Remove(model));
}
