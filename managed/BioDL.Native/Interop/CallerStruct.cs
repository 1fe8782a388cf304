using BioDL.Core;

namespace BioDL.Native.Interop;

/// <summary>A struct of the C ABI that begins with its size.</summary>
internal interface ICallerStruct
{
    /// <summary>Size of the first published version, the least that a caller can have.</summary>
    static abstract int FirstSize { get; }
}

/// <summary>
/// Structs in the caller's memory. Every one begins with <c>uint32_t struct_size</c>; one compiled against an older header is shorter than
/// ours, one compiled against a newer header is longer: only the part both know is touched, and the rest counts as zero.
/// </summary>
internal static unsafe class CallerStruct
{
    /// <summary>Our own copy of the caller's struct.</summary>
    /// <param name="source">the caller's struct</param>
    /// <param name="name">the parameter, for the error</param>
    public static T Read<T>(T* source, string name)
        where T : unmanaged, ICallerStruct
    {
        T copy = default;
        long size = SharedSize(source, name);
        Buffer.MemoryCopy(source, &copy, sizeof(T), size);
        return copy;
    }

    /// <summary>Fill in the caller's struct, leaving its struct_size as it is.</summary>
    /// <param name="target">the caller's struct</param>
    /// <param name="value">what to write; its struct_size does not matter</param>
    /// <param name="name">the parameter, for the error</param>
    public static void Write<T>(T* target, T value, string name)
        where T : unmanaged, ICallerStruct
    {
        long size = SharedSize(target, name);
        *(uint*)&value = *(uint*)target;
        Buffer.MemoryCopy(&value, target, size, size);
    }

    private static long SharedSize<T>(T* caller, string name)
        where T : unmanaged, ICallerStruct
    {
        NotNull(caller, name);
        uint size = *(uint*)caller;
        if (size < T.FirstSize)
        {
            throw new BioDLException(
                Status.InvalidStruct,
                $"{name}.struct_size is {size}, but the smallest version of this struct has {T.FirstSize} bytes",
                "set struct_size to sizeof the struct before the call");
        }

        return Math.Min(size, sizeof(T));
    }

    public static void NotNull(void* pointer, string name)
    {
        if (pointer == null)
            throw new BioDLException(Status.InvalidArgument, $"{name} is NULL", $"pass the address of your {name}");
    }
}
