using System.Buffers.Binary;
using System.Text;

namespace BioDL.Cli.Tiff;

/// <summary>
/// ImageJ's private tags 50838 and 50839 (ij.io.TiffDecoder): labels of planes, lookup tables and display ranges of channels, in the file's
/// byte order.
/// </summary>
/// <param name="Labels">one a plane; "" where it has none</param>
/// <param name="Tables">one a channel, 768 bytes each</param>
/// <param name="Ranges">one a channel</param>
internal sealed record ImageJTags(IReadOnlyList<string> Labels, IReadOnlyList<byte[]> Tables, IReadOnlyList<(double, double)> Ranges)
{
    private const int Magic = 0x494A494A, LabelType = 0x6C61626C, RangeType = 0x72616E67, TableType = 0x6C757473, MostHeader = 804;

    /// <returns>empty lists when the file has none, or what it has makes no sense: the pixels do not depend on it</returns>
    internal static ImageJTags Of(TiffFile file) => file.Ask("ImageJ's labels and colours", directory =>
    {
        long[] counts = directory.Numbers(Tag.ImageJCounts);
        byte[] bytes = directory.Bytes(Tag.ImageJMetadata);
        var tags = new Reading(bytes, directory.IsBigEndian);
        List<string> labels = [];
        List<byte[]> tables = [];
        List<(double, double)> ranges = [];
        if (counts.Length == 0 || counts[0] is < 12 or > MostHeader || counts.Any(count => count > bytes.Length)
            || counts.Sum() > bytes.Length || tags.Whole(0) != Magic)
            return new ImageJTags([], [], []);
        int place = (int)counts[0], next = 1;
        for (int at = 4; at + 8 <= counts[0]; at += 8)
        {
            for (int i = 0; i < tags.Whole(at + 4) && next < counts.Length; i++)
            {
                int length = (int)counts[next++];
                switch (tags.Whole(at))
                {
                    case LabelType: labels.Add(tags.Text(place, length)); break;
                    case TableType when length == 768: tables.Add(bytes[place..(place + length)]); break;
                    case RangeType: ranges.AddRange(tags.Pairs(place, length)); break;
                    default: break;
                }
                place += length;
            }
        }
        return new ImageJTags(labels, tables, ranges);
    });

    /// <summary>What they say of the channels of an image.</summary>
    /// <param name="order">of its planes</param>
    /// <param name="imageJ">the display range of an image of one channel</param>
    internal ChannelLook[] Looks(PlaneOrder order, ImageDescription? imageJ)
    {
        var looks = new ChannelLook[order.Channels];
        for (int channel = 0; channel < looks.Length; channel++)
        {
            (double Low, double High)? range = channel < Ranges.Count ? Ranges[channel] : null;
            if (range is null && looks.Length == 1 && imageJ?.Optional("min") is { } low && imageJ.Optional("max") is { } high
                && high > low)
                range = (low, high);
            looks[channel] = new ChannelLook(Name(order, channel), Tables.Count == looks.Length ? Tables[channel] : null, range);
        }
        return looks;
    }

    // A label belongs to a plane: it names a channel when all planes of the channel have it.
    private string Name(PlaneOrder order, int channel)
    {
        if (Labels.Count != order.Planes)
            return "";
        string first = Labels[channel];
        for (int i = channel; i < Labels.Count; i += order.Channels)
        {
            if (Labels[i] != first)
                return "";
        }
        return first;
    }

    private readonly struct Reading(byte[] bytes, bool bigEndian)
    {
        internal int Whole(int at) => at + 4 > bytes.Length ? 0
            : bigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at))
            : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

        internal string Text(int at, int length) =>
            (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes, at, length);

        internal IEnumerable<(double, double)> Pairs(int at, int length)
        {
            for (int i = at; i + 16 <= at + length; i += 16)
                yield return (Real(i), Real(i + 8));
        }

        private double Real(int at) => bigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(at))
            : BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at));
    }
}
