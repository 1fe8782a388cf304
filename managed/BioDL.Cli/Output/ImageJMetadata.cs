using System.Text;
using BioDL.Cli.Tiff;

namespace BioDL.Cli.Output;

/// <summary>
/// ImageJ's private TIFF tags 50838 and 50839 (ij.io.TiffEncoder, TiffDecoder): the image's info, a label for each page, display ranges and
/// lookup tables of channels. Numbers and characters are in the file's byte order, which here is little-endian.
/// </summary>
internal static class ImageJMetadata
{
    private const uint Magic = 0x494A494A, Info = 0x696E666F, Labels = 0x6C61626C, Ranges = 0x72616E67, Luts = 0x6C757473;

    /// <returns>the byte counts (tag 50838) and the bytes (tag 50839)</returns>
    internal static (uint[] Counts, byte[] Bytes) Of(Hyperstack image, IReadOnlyList<(double Low, double High)> ranges, string info)
    {
        var groups = new List<(uint Type, byte[][] Entries)>();
        if (info.Length > 0)
            groups.Add((Info, [Encoding.Unicode.GetBytes(info)]));
        if (image.PlaneLabels.Count == image.Pages || image.Looks.Any(look => look.Name.Length > 0))
            groups.Add((Labels, [.. Enumerable.Range(0, (int)image.Pages).Select(page => Encoding.Unicode.GetBytes(Label(image, page)))]));
        if (!image.IsRgb && (image.Channels > 1 || image.Look(0).Table is not null))
        {
            groups.Add((Ranges, [[.. ranges.SelectMany(range => new[] { range.Low, range.High }).SelectMany(BitConverter.GetBytes)]]));
            groups.Add((Luts, [.. Enumerable.Range(0, image.Channels).Select(channel => Table(image.Look(channel), channel))]));
        }
        var bytes = new MemoryStream();
        bytes.Write(BitConverter.GetBytes(Magic));
        foreach ((uint type, byte[][] entries) in groups)
        {
            bytes.Write(BitConverter.GetBytes(type));
            bytes.Write(BitConverter.GetBytes(entries.Length));
        }
        var counts = new List<uint> { (uint)bytes.Length };
        foreach (byte[] entry in groups.SelectMany(group => group.Entries))
        {
            counts.Add((uint)entry.Length);
            bytes.Write(entry);
        }
        return ([.. counts], bytes.ToArray());
    }

    private static string Label(Hyperstack image, int page) => image.IsRgb ? ""
        : image.PlaneLabels.Count == image.Pages ? image.PlaneLabels[page] : image.Look(page % image.Channels).Name;

    private static byte[] Table(ChannelLook look, int channel) => look.Table ?? ChannelColour.Of(look.Name, channel).LookupTable();
}
