using System.Buffers.Binary;

namespace BioDL.Models.Files;

/// <summary>
/// The chain of directories in a TIFF file (TIFF 6.0 and BigTIFF, either byte order). Nothing in the file is believed: every place is
/// compared with
/// its length before it is read. Used by one thread at a time.
/// </summary>
public sealed class TiffStructure
{
    private readonly Stream _file;
    private readonly long _first;

    /// <param name="file">is read at any place, and stays the caller's</param>
    /// <exception cref="InvalidDataException">It is no TIFF file.</exception>
    public TiffStructure(Stream file)
    {
        _file = file;
        Length = file.Length;
        Span<byte> head = stackalloc byte[16];
        Read(0, head[..8]);
        IsBigEndian = head[0] == (byte)'M';
        int version = (int)Number(head[2..4]);
        if (head[0] != head[1] || head[0] is not ((byte)'M' or (byte)'I') || version is not (42 or 43))
            throw new InvalidDataException("it is no TIFF file");
        IsBig = version == 43;
        if (IsBig)
            Read(0, head);
        if (IsBig && Number(head[4..6]) != 8)
            throw new InvalidDataException("its offsets are not of 8 bytes");
        _first = Place(IsBig ? head[8..16] : head[4..8]);
    }

    /// <summary>Bytes of the whole file.</summary>
    public long Length { get; }

    /// <summary>Numbers and pixels have their high byte first.</summary>
    public bool IsBigEndian { get; }

    /// <summary>BigTIFF: offsets of 8 bytes instead of 4.</summary>
    public bool IsBig { get; }

    /// <summary>All directories in the order of the file, at least one.</summary>
    /// <exception cref="InvalidDataException">The chain breaks off or leads in a circle.</exception>
    public IEnumerable<TiffDirectory> Directories()
    {
        if (_first == 0)
            throw new InvalidDataException("it has no pages");
        var seen = new HashSet<long>();
        for (long at = _first; at != 0;)
        {
            if (!seen.Add(at))
                throw new InvalidDataException($"its list of pages leads in a circle after page {seen.Count}");
            var directory = new TiffDirectory(this, at);
            yield return directory;
            at = directory.Next;
        }
    }

    /// <summary>The directory at a place where one was found.</summary>
    public TiffDirectory Directory(long at) => new(this, at);

    /// <exception cref="InvalidDataException">The file ends before.</exception>
    internal void Read(long at, Span<byte> into)
    {
        if (at < 0 || at > Length - into.Length)
            throw new InvalidDataException($"it ends before byte {(Int128)at + into.Length}");
        _file.Position = at;
        _file.ReadExactly(into);
    }

    /// <summary>The number in 1, 2, 4 or 8 bytes.</summary>
    internal ulong Number(ReadOnlySpan<byte> bytes) => (bytes.Length, IsBigEndian) switch
    {
        (1, _) => bytes[0],
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    /// <summary>A number that is a count or an offset, at most what a file can have.</summary>
    internal long Place(ReadOnlySpan<byte> bytes) =>
        Number(bytes) is <= long.MaxValue / 2 and ulong value ? (long)value
        : throw new InvalidDataException("an offset in it makes no sense");
}
