using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace BioDL.Training.Optimization;

/// <summary>Values of tensors where they lie.</summary>
internal static class TensorValues
{
    /// <summary>Of a float32 tensor on the processor, in the order of its memory; valid while the tensor is.</summary>
    public static Span<float> Of(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The same memory; what is left at the end is not in it.</summary>
    public static Span<Vector<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
