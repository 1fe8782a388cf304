namespace BioDL.Models.Readers;

/// <summary>The most that a description may ask for: far above real models, and low enough that no product of them overflows.</summary>
internal static class TensorLimits
{
    public const int Channels = 4096, Step = 1024, Halo = 4096, Minimum = 8192;

    /// <summary>Of one model, inputs and outputs each.</summary>
    public const int Tensors = 64;
}
