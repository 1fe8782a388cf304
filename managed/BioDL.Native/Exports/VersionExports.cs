using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Models.Runtime;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/version.h</summary>
internal static unsafe class VersionExports
{
    /// <summary>BIODL_ABI_VERSION of the headers that this library implements.</summary>
    public const uint AbiVersion = EngineVersion.Abi;

    [UnmanagedCallersOnly(EntryPoint = "biodl_abi_version", CallConvs = [typeof(CallConvCdecl)])]
    public static uint Abi() => AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "biodl_version_get", CallConvs = [typeof(CallConvCdecl)])]
    public static int Get(VersionInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Describe(), "info"));

    private static VersionInfoStruct Describe() => new()
    {
        AbiVersion = AbiVersion,
        Version = Text.Forever(EngineVersion.Version),
        Build = Text.Forever(EngineVersion.Build),
        RuntimeVersion = Text.Forever(EngineVersion.RuntimeVersion),
        LibraryPath = Text.Forever(EngineVersion.LibraryPath),
        RuntimePath = Text.Forever(EngineVersion.RuntimePath),
        InstructionSet = Text.Forever(EngineVersion.InstructionSet),
    };
}
