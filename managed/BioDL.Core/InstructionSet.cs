using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BioDL.Core;

/// <summary>The widest vector instructions that this build uses on this processor, for diagnostics.</summary>
public static class InstructionSet
{
    /// <summary>"AVX-512", "AVX2", "SSE4.2", "NEON" or "scalar".</summary>
    public static string Name =>
        Vector512.IsHardwareAccelerated ? "AVX-512"
        : Vector256.IsHardwareAccelerated ? "AVX2"
        : Sse42.IsSupported ? "SSE4.2"
        : AdvSimd.IsSupported ? "NEON"
        : Vector128.IsHardwareAccelerated ? "128-bit vectors"
        : "scalar";
}
