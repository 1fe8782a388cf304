using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Models.Outputs;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/output.h</summary>
internal static unsafe class OutputExports
{
    [UnmanagedCallersOnly(EntryPoint = "biodl_outputs_check", CallConvs = [typeof(CallConvCdecl)])]
    public static int Check(byte** outputs, long outputCount, byte** inputs, long inputCount, int overwrite, ErrorStruct* error) =>
        Guard.Call(error, () =>
        {
            string[] written = Text.ReadAll(outputs, outputCount, nameof(outputs));
            OutputGuard.Check(written, Text.ReadAll(inputs, inputCount, nameof(inputs)), overwrite != 0);
        });

    [UnmanagedCallersOnly(EntryPoint = "biodl_output_place", CallConvs = [typeof(CallConvCdecl)])]
    public static int Place(byte* written, byte* path, int overwrite, ErrorStruct* error) => Guard.Call(error, () =>
        SafeFile.Place(Text.Required(written, nameof(written)), Text.Required(path, nameof(path)), overwrite != 0));
}
