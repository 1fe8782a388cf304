namespace BioDL.Core.Tensors;

/// <summary>
/// Where a network wants its tensors: memory that it can reach without a copy, such as memory shared with the process that runs it. It
/// outlives every
/// network and every tensor, and is safe for concurrent use.
/// </summary>
public unsafe interface ITensorMemory
{
    /// <returns>memory aligned to 64 bytes; its content is undefined</returns>
    /// <exception cref="OutOfMemoryException">There is none left.</exception>
    void* Allocate(nuint bytes);

    /// <param name="memory">what <see cref="Allocate"/> gave; null is legal</param>
    void Free(void* memory);
}

/// <summary>Memory of this process.</summary>
internal sealed unsafe class OwnMemory : ITensorMemory
{
    public static readonly OwnMemory Instance = new();

    public void* Allocate(nuint bytes) => System.Runtime.InteropServices.NativeMemory.AlignedAlloc(bytes, 64);

    public void Free(void* memory) => System.Runtime.InteropServices.NativeMemory.AlignedFree(memory);
}
