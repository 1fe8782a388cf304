using System.Reflection;
using System.Runtime.CompilerServices;
using BioDL.Bindings;
using BioDL.Core;
using BioDL.Native.Interop;

namespace BioDL.Tests.Native;

/// <summary>
/// Programs compiled with any version of the headers, older or newer, are served: what both know crosses, and no byte more.
/// </summary>
public sealed unsafe class CallerStructTests
{
    private const int Later = 64;

    public static TheoryData<string> Names => [.. CallerStructs.Sized.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EverySizeIsServed(string name) => Run(nameof(ServesEverySize), name);

    [Theory]
    [MemberData(nameof(Names))]
    public void LessThanTheFirstVersionIsRefused(string name) => Run(nameof(RefusesLess), name);

    /// <summary>The pinned sizes: what the first version had for ever, and what there is today.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheFirstSizeIsPinned(string name) => Run(nameof(IsPinned), name);

    private static void ServesEverySize<T>(StructType type)
        where T : unmanaged, ICallerStruct
    {
        var random = new Random(type.FirstSize);
        for (int size = T.FirstSize; size <= sizeof(T) + Later; size++)
        {
            byte[] memory = Caller(random, sizeof(T) + 2 * Later, size), before = [.. memory];
            T value = default;
            random.NextBytes(new Span<byte>(&value, sizeof(T)));
            int shared = Math.Min(size, sizeof(T));
            fixed (byte* caller = memory)
            {
                T read = CallerStruct.Read((T*)caller, "info");
                Assert.Equal(before.AsSpan(0, shared), new ReadOnlySpan<byte>(&read, shared));
                Assert.Equal(-1, new ReadOnlySpan<byte>((byte*)&read + shared, sizeof(T) - shared).IndexOfAnyExcept((byte)0));
                CallerStruct.Write((T*)caller, value, "info");
            }

            Assert.Equal(before.AsSpan(0, sizeof(uint)), memory.AsSpan(0, sizeof(uint)));
            Assert.Equal(new ReadOnlySpan<byte>(&value, shared)[sizeof(uint)..], memory.AsSpan(sizeof(uint), shared - sizeof(uint)));
            Assert.Equal(before.AsSpan(shared), memory.AsSpan(shared));
        }
    }

    private static void RefusesLess<T>(StructType type)
        where T : unmanaged, ICallerStruct
    {
        for (int size = 0; size < type.FirstSize; size++)
        {
            byte[] memory = Caller(new Random(size), sizeof(T), size), before = [.. memory];
            fixed (byte* caller = memory)
            {
                var target = (T*)caller;
                Assert.Equal(Status.InvalidStruct, Assert.Throws<BioDLException>(() => { CallerStruct.Read(target, "info"); }).Status);
                Assert.Equal(Status.InvalidStruct, Assert.Throws<BioDLException>(() => CallerStruct.Write(target, default, "info")).Status);
            }

            Assert.Equal(before, memory);
        }
    }

    private static void IsPinned<T>(StructType type)
        where T : unmanaged, ICallerStruct
    {
        Assert.Equal(type.FirstSize, T.FirstSize);
        Assert.Equal(type.Versions[^1].Size, sizeof(T));
    }

    /// <summary>A caller's memory, full of noise, with its struct_size.</summary>
    private static byte[] Caller(Random random, int bytes, int size)
    {
        var memory = new byte[bytes];
        random.NextBytes(memory);
        Unsafe.WriteUnaligned(ref memory[0], (uint)size);
        return memory;
    }

    private static void Run(string method, string name)
    {
        Type type = CallerStructs.Sized.Single(entry => entry.Name == name).Type;
        typeof(CallerStructTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [CallerStructs.Abi.Structs[name]], null);
    }
}
