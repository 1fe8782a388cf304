using System.Buffers.Binary;
using System.Text;

namespace BioDL.Cli.Pictures;

/// <summary>A PNG's IHDR.</summary>
/// <param name="Width">pixels along X</param>
/// <param name="Height">pixels along Y</param>
/// <param name="Bits">of a sample</param>
/// <param name="Samples">of a pixel, opacity included</param>
/// <param name="HasPalette">its one sample is the number of a colour</param>
/// <param name="Interlaced">in the seven passes of Adam7</param>
internal sealed record PngHeader(int Width, int Height, int Bits, int Samples, bool HasPalette, bool Interlaced)
{
    private const int Grey = 0, Rgb = 2, Indexed = 3, GreyAlpha = 4, Rgba = 6;

    /// <summary>The last sample says how opaque the pixel is.</summary>
    internal bool HasOpacity => Samples is 2 or 4;

    /// <summary>From a byte to the same one of the pixel before; 1 where pixels share a byte.</summary>
    internal int PixelBytes => Math.Max(1, Samples * Bits / 8);

    internal long RowBytes(int width) => ((long)width * Samples * Bits + 7) / 8;

    /// <summary>A pixel of less than a byte; the first is in the highest bits.</summary>
    internal int Packed(byte[] row, int x) => row[(long)x * Bits / 8] >> (8 - Bits - x * Bits % 8) & ((1 << Bits) - 1);

    /// <summary>Where the first pixel of each pass lies, and from one to the next.</summary>
    internal static (int X, int Y, int Across, int Down)[] Passes(bool interlaced) => interlaced
        ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)] : [(0, 0, 1, 1)];

    /// <exception cref="InvalidDataException">It makes no sense.</exception>
    internal static PngHeader Of(ReadOnlySpan<byte> bytes)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(bytes), height = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]);
        (int bits, int kind) = (bytes[8], bytes[9]);
        int samples = kind switch { Grey or Indexed => 1, GreyAlpha => 2, Rgb => 3, Rgba => 4, _ => 0 };
        bool known = kind switch
        {
            Grey => bits is 1 or 2 or 4 or 8 or 16,
            Indexed => bits is 1 or 2 or 4 or 8,
            _ => samples > 0 && bits is 8 or 16,
        };
        if (width <= 0 || height <= 0 || !known || bytes[10] != 0 || bytes[11] != 0 || bytes[12] > 1)
            throw new InvalidDataException($"its header makes no sense ({width} x {height} pixels, {bits} bits, colour type {kind})");
        return new PngHeader(width, height, bits, samples, kind == Indexed, bytes[12] == 1);
    }
}

/// <summary>The filters that PNG puts before Deflate.</summary>
internal static class PngFilter
{
    /// <param name="filter">0 to 4</param>
    /// <param name="row">filtered, and then as it was</param>
    /// <param name="above">the row before it, or zeros</param>
    /// <param name="pixel">bytes to the pixel before</param>
    internal static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        if (filter is < 0 or > 4)
            throw new InvalidDataException($"a row has the unknown filter {filter}");
        for (int i = 0; i < row.Length && filter != 0; i++)
        {
            int left = i < pixel ? 0 : row[i - pixel], corner = i < pixel ? 0 : above[i - pixel];
            int guess = filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            row[i] = (byte)(row[i] + guess);
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int a = Math.Abs(above - corner), b = Math.Abs(left - corner), c = Math.Abs(left + above - 2 * corner);
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }
}

/// <summary>The chunks of a PNG: what comes before the pixels, and the pixels as one stream.</summary>
internal sealed class PngChunks
{
    private const int MostPalette = 768;
    private readonly FileStream _file;
    private int _left;

    /// <summary>Read on to the first pixels.</summary>
    /// <exception cref="InvalidDataException">It is no PNG, or cut short.</exception>
    internal PngChunks(FileStream file)
    {
        _file = file;
        _file.Position = PngFile.Signature.Length;
        string name = Next();
        if (name != "IHDR" || _left != Header.Length)
            throw new InvalidDataException("it is no PNG");
        _file.ReadExactly(Header);
        _left = 0;
        while ((name = Next()) != "IDAT")
            Read(name);
    }

    internal byte[] Header { get; } = new byte[13];

    /// <summary>Reds, greens and blues in turn; empty when there is none.</summary>
    internal byte[] Palette { get; private set; } = [];

    /// <summary>A colour, or colours of the palette, are transparent.</summary>
    internal bool HasTransparency { get; private set; }

    /// <summary>Of an animated PNG.</summary>
    internal long Frames { get; private set; } = 1;

    /// <summary>What is in all IDAT chunks.</summary>
    internal Stream Pixels() => new Content(this);

    private void Read(string name)
    {
        byte[] bytes = name is "PLTE" or "acTL" && _left is >= 4 and <= MostPalette ? new byte[_left] : [];
        _file.ReadExactly(bytes);
        _left -= bytes.Length;
        if (name == "PLTE")
            Palette = bytes;
        else if (name == "acTL" && bytes.Length > 0)
            Frames = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        HasTransparency |= name == "tRNS";
    }

    /// <summary>Go to the content of the next chunk, past what is left of this one and its checksum.</summary>
    private string Next()
    {
        Span<byte> head = stackalloc byte[8];
        if (_file.Position > PngFile.Signature.Length)
            _file.Position += _left + 4;
        if (_file.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException("it is cut short");
        _left = BinaryPrimitives.ReadInt32BigEndian(head);
        if (_left < 0 || _left > _file.Length - _file.Position)
            throw new InvalidDataException("it is cut short, or a part of it claims more bytes than it has");
        return Encoding.ASCII.GetString(head[4..]);
    }

    private sealed class Content(PngChunks chunks) : Stream
    {
        private bool _ended;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            while (chunks._left == 0 && !_ended)
                _ended = chunks.Next() != "IDAT";
            if (_ended)
                return 0;
            int read = chunks._file.Read(buffer[..Math.Min(buffer.Length, chunks._left)]);
            chunks._left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
