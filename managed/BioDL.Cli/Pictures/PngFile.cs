using System.Buffers.Binary;
using System.IO.Compression;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Cli.Pictures;

/// <summary>
/// PNG (ISO/IEC 15948): grey of 1 to 16 bits, palettes, colours of 8 and 16 bits, interlaced or not. Grey below 8 bits is stretched to 8; a
/// palette gives its colours, or grey where all of them are. Opacity is no intensity and left out, with a warning where it hides something.
/// The values are those in the file: gamma and colour profiles are not applied, as in ImageJ.
/// </summary>
internal sealed unsafe class PngFile
{
    // Deflate makes at most so many bytes of one.
    private const long MostExpansion = 1032;
    private readonly PngHeader _header;
    private readonly byte[] _palette;
    private readonly bool _greyPalette;
    private readonly PlaneMemory _memory;
    private bool _hides;

    private PngFile(PngHeader header, byte[] palette, PlaneMemory memory)
    {
        (_header, _palette, _memory) = (header, palette, memory);
        _greyPalette = IsGrey(palette);
    }

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <exception cref="InvalidDataException">Damaged, or no PNG; the message says what.</exception>
    internal static ImageFile Open(string path)
    {
        using FileStream file = File.OpenRead(path);
        var chunks = new PngChunks(file);
        PngHeader header = PngHeader.Of(chunks.Header);
        if (header.RowBytes(header.Width) * (Int128)header.Height > (Int128)file.Length * MostExpansion)
            throw new InvalidDataException($"it claims {header.Width} x {header.Height} pixels, which cannot be in a file of "
                + $"{file.Length} bytes");
        if (header.HasPalette && chunks.Palette.Length == 0)
            throw new InvalidDataException("its palette is missing");
        PictureForm form = Form(header, chunks.Palette);
        var memory = new PlaneMemory(form.Bytes);
        try
        {
            var png = new PngFile(header, chunks.Palette, memory);
            using (var pixels = new ZLibStream(chunks.Pixels(), CompressionMode.Decompress))
                png.Decode(pixels);
            List<string> warnings = [];
            if (png._hides || chunks.HasTransparency)
                warnings.Add("its transparency is left out: the colours below it are used");
            if (chunks.Frames > 1)
                warnings.Add($"it is a film of {chunks.Frames} frames, of which the first is taken");
            return Picture.Of(path, memory, form, warnings);
        }
        catch (Exception error)
        {
            memory.Dispose();
            throw error is EndOfStreamException ? new InvalidDataException("it is cut short", error) : error;
        }
    }

    private static PictureForm Form(PngHeader header, byte[] palette)
    {
        bool colours = header.HasPalette ? !IsGrey(palette) : header.Samples >= 3;
        PixelType type = header.Bits == 16 ? PixelType.UInt16 : colours ? PixelType.Argb32 : PixelType.UInt8;
        return new PictureForm(type, colours ? 3 : 1, header.Height, header.Width);
    }

    private static bool IsGrey(byte[] palette)
    {
        for (int i = 0; i + 3 <= palette.Length; i += 3)
        {
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2])
                return false;
        }
        return true;
    }

    private void Decode(Stream pixels)
    {
        foreach ((int x0, int y0, int dx, int dy) in PngHeader.Passes(_header.Interlaced))
        {
            int width = (_header.Width - x0 + dx - 1) / dx, height = (_header.Height - y0 + dy - 1) / dy;
            if (width <= 0 || height <= 0)
                continue;
            int bytes = checked((int)_header.RowBytes(width));
            byte[] row = new byte[bytes], above = new byte[bytes];
            for (int y = 0; y < height; y++)
            {
                int filter = pixels.ReadByte();
                pixels.ReadExactly(row);
                PngFilter.Undo(filter, row, above, _header.PixelBytes);
                for (int x = 0; x < width; x++)
                    Put(row, x, (long)(y0 + y * dy) * _header.Width + x0 + (long)x * dx);
                (row, above) = (above, row);
            }
        }
    }

    /// <summary>Pixel x of a row as a pixel of the image.</summary>
    private void Put(byte[] row, int x, long at)
    {
        int samples = _header.Samples, first = x * samples;
        bool opacity = _header.HasOpacity;
        if (_header.Bits == 16)
        {
            int channels = opacity ? samples - 1 : samples;
            for (int c = 0; c < channels; c++)
                ((ushort*)_memory.Data)[at * channels + c] = BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(2 * (first + c)));
            _hides |= opacity && BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(2 * (first + channels))) != ushort.MaxValue;
            return;
        }
        _hides |= opacity && row[first + samples - 1] != byte.MaxValue;
        if (samples >= 3)
            Colour(at, row.AsSpan(first, 3));
        else if (!_header.HasPalette)
            _memory.Data[at] = _header.Bits == 8 ? row[first] : (byte)(_header.Packed(row, x) * 255 / ((1 << _header.Bits) - 1));
        else
            Palette(at, _header.Bits == 8 ? row[x] : _header.Packed(row, x));
    }

    private void Palette(long at, int index)
    {
        if (3 * index + 3 > _palette.Length)
            throw new InvalidDataException($"a pixel has the colour {index} of a palette of {_palette.Length / 3}");
        if (_greyPalette)
            _memory.Data[at] = _palette[3 * index];
        else
            Colour(at, _palette.AsSpan(3 * index, 3));
    }

    private void Colour(long at, ReadOnlySpan<byte> colour) =>
        ((uint*)_memory.Data)[at] = 0xFF000000u | (uint)colour[0] << 16 | (uint)colour[1] << 8 | colour[2];
}
