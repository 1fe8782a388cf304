using System.Runtime.InteropServices;
using System.Text;

namespace BioDL.Torch;

/// <summary>The functions of native/torch/biodl_torch.h, as they stand there.</summary>
internal static unsafe partial class TorchCalls
{
    internal const string Name = "biodl_torch";

    static TorchCalls() => NativeLibrary.SetDllImportResolver(typeof(TorchCalls).Assembly, TorchLibrary.Resolve);

    [LibraryImport(Name, EntryPoint = "biodl_torch_threads")]
    internal static partial TorchStatus Threads(int count);

    [LibraryImport(Name, EntryPoint = "biodl_torch_load")]
    internal static partial TorchStatus Load(byte* archive, long size, nint* module, byte* message, long messageSize);

    [LibraryImport(Name, EntryPoint = "biodl_torch_inputs")]
    internal static partial int Inputs(nint module);

    [LibraryImport(Name, EntryPoint = "biodl_torch_free")]
    internal static partial void Free(nint module);

    [LibraryImport(Name, EntryPoint = "biodl_torch_run")]
    internal static partial TorchStatus Run(nint module, TorchTensor* inputs, int count, nint* result, byte* message, long messageSize);

    [LibraryImport(Name, EntryPoint = "biodl_torch_result_count")]
    internal static partial int ResultCount(nint result);

    [LibraryImport(Name, EntryPoint = "biodl_torch_result_peak")]
    internal static partial long ResultPeak(nint result);

    [LibraryImport(Name, EntryPoint = "biodl_torch_result_shape")]
    internal static partial long ResultShape(nint result, int index, long* shape, long capacity);

    [LibraryImport(Name, EntryPoint = "biodl_torch_result_copy")]
    internal static partial TorchStatus ResultCopy(nint result, int index, float* values, long count, byte* message, long messageSize);

    [LibraryImport(Name, EntryPoint = "biodl_torch_result_free")]
    internal static partial void ResultFree(nint result);

    [LibraryImport(Name, EntryPoint = "biodl_torch_trim")]
    internal static partial void Trim();
}

/// <summary>BIODL_TORCH_*.</summary>
internal enum TorchStatus
{
    Ok = 0,
    Argument = 1,
    Invalid = 2,
    Refused = 3,
    Memory = 4,
    Failed = 5,
}

/// <summary>biodl_torch_tensor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TorchTensor
{
    public float* Data;
    public long* Shape;
    public long Rank;
}

/// <summary>Room for a message of the shim.</summary>
internal unsafe struct TorchMessage
{
    public const int Size = 2048;

    private fixed byte _text[Size];

    /// <summary>Scripts are told where they failed in a traceback of many lines; its last lines say why.</summary>
    public override string ToString()
    {
        fixed (byte* text = _text)
        {
            string whole = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
            string[] lines = [.. whole.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
            string? reason = lines.FirstOrDefault(line => line.Contains("Error: ", StringComparison.Ordinal));
            return (reason ?? lines.FirstOrDefault() ?? "no reason was given").TrimEnd('.');
        }
    }
}
