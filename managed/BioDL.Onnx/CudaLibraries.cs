using System.Runtime.InteropServices;

namespace BioDL.Onnx;

/// <summary>
/// What the CUDA provider of ONNX Runtime stands on: NVIDIA's driver, CUDA 13 and cuDNN 9. cuDNN is opened only when a network runs, so it
/// is asked for here.
/// </summary>
internal static class CudaLibraries
{
    private static readonly (string Part, string[] Linux, string[] Windows)[] Parts =
    [
        ("the NVIDIA driver", ["libcuda.so.1"], ["nvcuda.dll"]),
        ("CUDA 13", ["libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10"],
            ["cudart64_13.dll", "cublasLt64_13.dll", "cublas64_13.dll", "curand64_10.dll"]),
        ("cuDNN 9", ["libcudnn.so.9"], ["cudnn64_9.dll"]),
    ];

    /// <summary>What the system does not find, in one sentence; null when all is there.</summary>
    public static string? Missing() => Missing(file => NativeLibrary.TryLoad(file, out _), OperatingSystem.IsWindows());

    /// <param name="loads">whether the system finds a library of that name</param>
    /// <param name="windows">by the names that the libraries have there</param>
    internal static string? Missing(Func<string, bool> loads, bool windows)
    {
        var missing = new List<string>();
        foreach (var (part, linux, names) in Parts)
        {
            // One library after the other, since those behind a missing one may be missing for its sake.
            if ((windows ? names : linux).FirstOrDefault(file => !loads(file)) is { } file)
                missing.Add($"{part} ({file})");
        }
        return missing.Count == 0 ? null
            : $"{Listed(missing)} {(missing.Count == 1 ? "is" : "are")} not installed, or not where the system looks for libraries";
    }

    private static string Listed(List<string> parts) => parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
}
