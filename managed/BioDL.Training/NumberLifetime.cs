using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BioDL.Training;

/// <summary>
/// Keeps numbers that are given to libtorch until it has read them. TorchSharp 0.107 hands over the address of a Scalar and then forgets
/// the object, so a collection in the middle of <c>x * 2</c> frees a number that is being read: "Unknown scalar type" every few minutes of
/// a training, or another number. Its sums, clamps and powers make Scalars of their own, so callers cannot help it. Here the function that
/// frees a Scalar is led to one that frees the number only after as many others as no call can outlive.
/// </summary>
/// <remarks>Linux on x64, the only place where libtorch is offered so far.</remarks>
internal static unsafe partial class NumberLifetime
{
    /// <summary>Numbers that wait; 32 bytes each. A step of a training makes some tens.</summary>
    private const int Waiting = 1 << 14;

    private const int PageSize = 4096;
    private const int ReadWriteRun = 7, ReadRun = 5;

    private static readonly nint[] Queue = new nint[Waiting];
    private static int _next;

    /// <summary>To be called once, before the first number.</summary>
    /// <param name="library">libLibTorchSharp</param>
    /// <exception cref="DllNotFoundException">The system does not let its code be changed.</exception>
    public static void Prolong(nint library)
    {
        byte* code = (byte*)NativeLibrary.GetExport(library, "THSTorch_dispose_scalar");
        nint page = (nint)code & -PageSize, length = 2 * PageSize;
        if (mprotect(page, length, ReadWriteRun) != 0)
            throw new DllNotFoundException("The system does not let libLibTorchSharp be mended, without which a training would fail.");
        // mov rax, target; jmp rax: 12 of the 50 bytes of the function.
        byte[] jump = [0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0];
        BinaryPrimitives.WriteInt64LittleEndian(jump.AsSpan(2), (nint)(delegate* unmanaged<nint, void>)&FreeLater);
        jump.CopyTo(new Span<byte>(code, jump.Length));
        mprotect(page, length, ReadRun);
    }

    [UnmanagedCallersOnly]
    private static void FreeLater(nint number)
    {
        nint old = Interlocked.Exchange(ref Queue[Interlocked.Increment(ref _next) & (Waiting - 1)], number);
        // What C++ deletes of a plain number is its memory alone, and that came from malloc.
        NativeMemory.Free((void*)old);
    }

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nint length, int protection);
}
