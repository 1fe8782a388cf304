using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>
/// The planes of TIFF files. Uncompressed ones in this machine's byte order are read where they lie, through a mapping of the file; a file
/// must not be cut short by another program meanwhile. Others are decoded at first use, and as many as the image has channels are kept.
/// </summary>
internal sealed unsafe class TiffPlanes : IPlanes, IDisposable
{
    // Mappings above this are given back to the system after each tile, so that memory in use does not grow with the image.
    private const long ReleaseBytes = 64L << 20;
    private readonly IReadOnlyList<TiffFile> _files;
    private readonly FileMapping?[] _maps;
    private readonly PixelLayout _layout;
    private readonly PlaneUnit[] _units;
    private readonly int _planesPerUnit;
    private readonly int _kept;
    private readonly List<DecodedPlane> _decoded = [];
    private readonly Lock _gate = new();
    private long _clock;

    /// <param name="files">stay open as long as this lives, and belong to the caller</param>
    /// <param name="layout">of all their pages</param>
    /// <param name="units">in the order of the planes; each holds <paramref name="planesPerUnit"/> planes, interleaved</param>
    /// <param name="planesPerUnit">samples side by side that the engine sees as channels</param>
    /// <param name="channels">of the image</param>
    internal TiffPlanes(IReadOnlyList<TiffFile> files, PixelLayout layout, PlaneUnit[] units, int planesPerUnit, int channels)
    {
        (_files, _layout, _units, _planesPerUnit) = (files, layout, units, planesPerUnit);
        _kept = Math.Max(1, channels / planesPerUnit);
        _maps = new FileMapping?[files.Count];
        try
        {
            foreach (int number in units.Where(unit => unit.InPlace).Select(unit => unit.Place.File).Distinct())
                _maps[number] = new FileMapping(files[number].Handle);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public byte* Lock(long plane)
    {
        PlaneUnit unit = _units[plane / _planesPerUnit];
        long sample = plane % _planesPerUnit * _layout.Type.Size();
        if (unit.InPlace)
            return _maps[unit.Place.File]!.Data + unit.RawOffset + sample;
        lock (_gate)
        {
            DecodedPlane decoded = Find(unit) ?? Decode(unit);
            decoded.Users++;
            decoded.LastUse = ++_clock;
            return decoded.Memory.Data + sample;
        }
    }

    public void Unlock(long plane, byte* start, bool written)
    {
        PlaneUnit unit = _units[plane / _planesPerUnit];
        if (unit.InPlace)
        {
            long bytes = _layout.PresentedBytes(PageOf(unit));
            if (bytes > ReleaseBytes)
                MappedMemory.Release(_maps[unit.Place.File]!.Data + unit.RawOffset, bytes);
            return;
        }
        lock (_gate)
        {
            DecodedPlane? decoded = Find(unit);
            if (decoded is null)
                return;
            decoded.Users--;
            decoded.Memory.Release();
        }
    }

    public void Dispose()
    {
        foreach (DecodedPlane decoded in _decoded)
            decoded.Memory.Dispose();
        _decoded.Clear();
        foreach (FileMapping? map in _maps)
            map?.Dispose();
    }

    private TiffPage PageOf(PlaneUnit unit) => _files[unit.Place.File].Pages[unit.Place.Page];

    private DecodedPlane? Find(PlaneUnit unit) => _decoded.Find(decoded => decoded.Unit == unit);

    private DecodedPlane Decode(PlaneUnit unit)
    {
        while (_decoded.Count >= _kept && _decoded.Where(decoded => decoded.Users == 0).MinBy(decoded => decoded.LastUse) is { } oldest)
        {
            oldest.Memory.Dispose();
            _decoded.Remove(oldest);
        }
        TiffPage page = PageOf(unit);
        TiffFile file = _files[unit.Place.File];
        long presented = _layout.PresentedBytes(page), stored = (long)page.PlaneBytes, bytes = Math.Max(presented, stored);
        var memory = new PlaneMemory(bytes);
        try
        {
            if (_layout.Conversion == PixelConversion.ToArgb && page.Planar == Planar.Separate)
            {
                JoinColours(unit, page, (uint*)memory.Data);
            }
            else
            {
                byte* samples = memory.Data + (bytes - stored);
                if (unit.RawOffset >= 0)
                    file.ReadRun(unit.Place.Page, unit.RawOffset, samples);
                else
                    file.ReadPlane(unit.Place.Page, unit.Sample, samples);
                PixelLayout.Convert(memory.Data, bytes - stored, page, _layout.Conversion);
            }
        }
        catch
        {
            memory.Dispose();
            throw;
        }
        var entry = new DecodedPlane(unit, memory);
        _decoded.Add(entry);
        return entry;
    }

    // 8-bit RGB in separate planes: one colour after the other into its byte of 0xAARRGGBB.
    private void JoinColours(PlaneUnit unit, in TiffPage page, uint* into)
    {
        long count = page.Width * page.Height;
        for (long i = 0; i < count; i++)
            into[i] = 0xFF000000u;
        using var colour = new PlaneMemory(count);
        for (int sample = 0; sample < 3; sample++)
        {
            _files[unit.Place.File].ReadPlane(unit.Place.Page, sample, colour.Data);
            int shift = 16 - 8 * sample;
            for (long i = 0; i < count; i++)
                into[i] |= (uint)colour.Data[i] << shift;
        }
    }

    private sealed class DecodedPlane(PlaneUnit unit, PlaneMemory memory)
    {
        internal PlaneUnit Unit => unit;
        internal PlaneMemory Memory => memory;
        internal int Users { get; set; }
        internal long LastUse { get; set; }
    }
}
