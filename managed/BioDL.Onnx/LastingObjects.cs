using System.Runtime.InteropServices;

namespace BioDL.Onnx;

/// <summary>
/// Lets the objects that a C++ library makes at a first use live as long as the process. Each asks the C library (__cxa_atexit) to be
/// destroyed by exit(), before whatever was asked for earlier, while other threads still use it; here the library's own slot for that call
/// is pointed at one that does nothing. Objects that it makes when it is loaded are not meant: those are destroyed later than what is asked
/// for afterwards.
/// Linux only (System V ABI, chapters 4 and 5).
/// </summary>
internal static unsafe partial class LastingObjects
{
    private const int Read = 1, ReadWrite = 3;
    private const long Strings = 5, Symbols = 6, Relocations = 7, RelocationBytes = 8, CallBytes = 2, Calls = 23, Flags = 30, BindNow = 8;
    private const int SymbolBytes = 24, RelocationSize = 24;

    /// <summary>Jump slots and addresses of data, on x64 and on ARM.</summary>
    private static readonly uint[] Slots = [6, 7, 1025, 1026];

    /// <param name="library">loaded just now</param>
    public static void Of(nint library)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
            return;
        // What dlopen returns is a struct link_map, in all C libraries of Linux.
        var loaded = (Loaded*)library;
        nint nothing = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "sched_yield");
        var entries = new Dictionary<long, ulong>();
        for (var entry = (Entry*)loaded->Dynamic; entry->Tag != 0; entry++)
            entries.TryAdd(entry->Tag, entry->Value);
        foreach (var (table, bytes) in new[] { (Calls, CallBytes), (Relocations, RelocationBytes) })
        {
            var relocation = (Relocation*)Address(table);
            for (ulong i = 0; relocation != null && i < entries.GetValueOrDefault(bytes) / RelocationSize; i++, relocation++)
            {
                if (Slots.Contains((uint)relocation->Info) && Name((long)(relocation->Info >> 32)).SequenceEqual("__cxa_atexit"u8))
                    Point((nint*)(loaded->Base + (nint)relocation->Offset), nothing, entries.GetValueOrDefault(Flags));
            }
        }

        // Most C libraries have made them addresses already.
        nint Address(long tag) => !entries.TryGetValue(tag, out ulong value) ? 0
            : (nint)value < loaded->Base ? loaded->Base + (nint)value : (nint)value;

        ReadOnlySpan<byte> Name(long symbol) =>
            MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)Address(Strings) + *(uint*)(Address(Symbols) + symbol * SymbolBytes));
    }

    /// <summary>The loader has made the table of slots read-only where all of them were bound when the library was loaded.</summary>
    private static void Point(nint* slot, nint target, ulong flags)
    {
        nint size = Environment.SystemPageSize, page = (nint)slot / size * size;
        if (Protect(page, size, ReadWrite) != 0)
            return;
        *slot = target;
        if ((flags & BindNow) != 0)
            _ = Protect(page, size, Read);
    }

    /// <summary>The public part of struct link_map of link.h.</summary>
    private readonly record struct Loaded(nint Base, nint Name, nint Dynamic);

    /// <summary>Elf64_Dyn</summary>
    private readonly record struct Entry(long Tag, ulong Value);

    /// <summary>Elf64_Rela</summary>
    private readonly record struct Relocation(ulong Offset, ulong Info, long Addend);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint bytes, int protection);
}
