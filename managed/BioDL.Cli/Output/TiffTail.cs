using System.Text;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Cli.Output;

/// <summary>
/// The directories of a little-endian TIFF file (TIFF 6.0, BigTIFF) whose pixels lie one page after the other from <see
/// cref="PixelsStart"/>. They follow the pixels, so that they can be written when all is known.
/// </summary>
internal static class TiffTail
{
    /// <summary>Behind either kind of header, and a good place to map.</summary>
    internal const long PixelsStart = 64;

    private const int Description = 270, MetadataCounts = 50838, Metadata = 50839;

    private enum Kind : ushort { Ascii = 2, Byte = 1, Short = 3, Long = 4, Rational = 5, Long8 = 16 }

    private sealed record Field(int Tag, Kind Kind, long Count, byte[] Value);

    internal static void Write(Stream file, Hyperstack image, bool big, IReadOnlyList<(double Low, double High)> ranges, string info)
    {
        string description = ImageJDescription.Of(image, ranges[0].Low, ranges[0].High);
        (uint[] counts, byte[] metadata) = ImageJMetadata.Of(image, ranges, info);
        file.Position = file.Length + (file.Length & 1);
        long first = 0, linkAt = 0;
        for (long page = 0; page < image.Pages; page++)
        {
            List<Field> fields = Page(image, page, big);
            if (page == 0)
            {
                byte[] text = [.. Encoding.ASCII.GetBytes(description), 0];
                fields.Add(new Field(Description, Kind.Ascii, text.Length, text));
                // A header of nothing would lie in the entry itself, where readers look for the place of the bytes.
                if (counts.Length > 1)
                    fields.AddRange([new Field(MetadataCounts, Kind.Long, counts.Length, [.. counts.SelectMany(BitConverter.GetBytes)]),
                        new Field(Metadata, Kind.Byte, metadata.Length, metadata)]);
            }
            long at = Directory(file, fields, big, out long next);
            if (page == 0)
                first = at;
            else
                Patch(file, linkAt, at, big);
            linkAt = next;
        }
        byte[] header = big ? [(byte)'I', (byte)'I', 43, 0, 8, 0, 0, 0, .. BitConverter.GetBytes(first)]
            : [(byte)'I', (byte)'I', 42, 0, .. BitConverter.GetBytes((uint)first)];
        file.Position = 0;
        file.Write(header);
    }

    private static List<Field> Page(Hyperstack image, long page, bool big)
    {
        Calibration calibration = image.Calibration;
        ushort bits = (ushort)(image.Type.Size() * 8);
        byte[] shorts = [.. Enumerable.Repeat(BitConverter.GetBytes(bits), image.Samples).SelectMany(b => b)];
        var fields = new List<Field>
        {
            Long(256, image.Width), Long(257, image.Height), new(258, Kind.Short, image.Samples, shorts), Short(259, (int)Compression.None),
            Short(262, (int)(image.IsRgb ? Photometric.Rgb : Photometric.MinIsBlack)),
            Offset(273, PixelsStart + page * (long)image.PageBytes, big),
            Short(277, image.Samples), Long(278, image.Height), Offset(279, (long)image.PageBytes, big), Short(284, (int)Planar.Chunky),
            Short(339, (int)(image.Type == PixelType.Float32 ? SampleFormat.Float : SampleFormat.Unsigned)),
        };
        if (calibration.HasSize)
            fields.AddRange([Rational(282, 1 / calibration.PixelWidth), Rational(283, 1 / calibration.PixelHeight),
                Short(296, (int)calibration.ResolutionUnit)]);
        return fields;
    }

    // Values that do not fit into their entry lie before the directory.
    private static long Directory(Stream file, List<Field> fields, bool big, out long link)
    {
        int inline = big ? 8 : 4;
        fields.Sort((a, b) => a.Tag.CompareTo(b.Tag));
        long[] places = new long[fields.Count];
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Value.Length <= inline)
                continue;
            places[i] = Even(file);
            file.Write(fields[i].Value);
        }
        long start = Even(file);
        Number(file, fields.Count, big ? 8 : 2);
        for (int i = 0; i < fields.Count; i++)
        {
            Number(file, fields[i].Tag, 2);
            Number(file, (int)fields[i].Kind, 2);
            Number(file, fields[i].Count, inline);
            byte[] value = places[i] != 0 ? BitConverter.GetBytes(places[i]) : fields[i].Value;
            Array.Resize(ref value, inline);
            file.Write(value);
        }
        link = file.Position;
        Number(file, 0, inline);
        return start;
    }

    private static long Even(Stream file)
    {
        if ((file.Position & 1) != 0)
            file.WriteByte(0);
        return file.Position;
    }

    private static void Patch(Stream file, long at, long value, bool big)
    {
        long end = file.Position;
        file.Position = at;
        Number(file, value, big ? 8 : 4);
        file.Position = end;
    }

    private static void Number(Stream file, long value, int bytes) => file.Write(BitConverter.GetBytes(value).AsSpan(0, bytes));

    private static Field Short(int tag, int value) => new(tag, Kind.Short, 1, BitConverter.GetBytes((ushort)value));

    private static Field Long(int tag, long value) => new(tag, Kind.Long, 1, BitConverter.GetBytes((uint)value));

    private static Field Offset(int tag, long value, bool big) => big ? new(tag, Kind.Long8, 1, BitConverter.GetBytes(value))
        : Long(tag, value);

    private static Field Rational(int tag, double value)
    {
        (uint numerator, uint denominator) = Fraction.Of(value);
        return new Field(tag, Kind.Rational, 1, [.. BitConverter.GetBytes(numerator), .. BitConverter.GetBytes(denominator)]);
    }
}
