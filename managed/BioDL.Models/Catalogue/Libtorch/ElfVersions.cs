using System.Buffers.Binary;
using System.Text;

namespace BioDL.Models.Catalogue.Libtorch;

/// <summary>
/// The versions of symbols that a 64-bit ELF library asks of others (its section .gnu.version_r). A library built with a newer compiler may
/// ask for a version of which it
/// uses nothing; marked as weak, the loader accepts that it is missing. (System V ABI, Linux Standard Base 5.0, 10.7.)
/// </summary>
internal static class ElfVersions
{
    private const int SectionBytes = 64;
    private const uint VersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>Mark a version as weak.</summary>
    /// <param name="library">the bytes of a library; changed in place</param>
    /// <param name="version">such as "GLIBCXX_3.4.32"</param>
    /// <returns>false when the library does not ask for that version</returns>
    /// <exception cref="InvalidDataException">It is no 64-bit little-endian ELF file, or damaged.</exception>
    public static bool Relax(byte[] library, string version)
    {
        if (library.Length < SectionBytes
            || !library.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("It is no 64-bit ELF library.");
        try
        {
            return Find(library, Encoding.ASCII.GetBytes(version + "\0"));
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("Its tables lie outside of it.", error);
        }
    }

    private static bool Find(byte[] library, byte[] version)
    {
        int sections = Place(library, 0x28), count = Half(library, 0x3c);
        for (int i = 0; i < count; i++)
        {
            int section = checked(sections + i * SectionBytes);
            if (Word(library, section + 4) == VersionNeeds)
                return Find(library, section, Place(library, checked(sections + (int)Word(library, section + 0x28) * SectionBytes + 0x18)),
                    version);
        }
        return false;
    }

    /// <summary>Each library that is needed has a list of versions; both lists are chained by distances.</summary>
    private static bool Find(byte[] library, int section, int names, byte[] version)
    {
        int need = Place(library, section + 0x18);
        for (uint needs = Word(library, section + 0x2c); needs > 0; needs--)
        {
            int entry = checked(need + (int)Word(library, need + 8));
            for (int versions = Half(library, need + 2); versions > 0; versions--)
            {
                if (library.AsSpan(checked(names + (int)Word(library, entry + 8))).StartsWith(version))
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(entry + 4), (ushort)(Half(library, entry + 4) | Weak));
                    return true;
                }
                entry = checked(entry + (int)Word(library, entry + 12));
            }
            need = checked(need + (int)Word(library, need + 12));
        }
        return false;
    }

    private static ushort Half(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static int Place(byte[] bytes, int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
}
