using System.Globalization;
using System.Xml;

namespace BioDL.Cli.Tiff;

/// <summary>
/// The first Pixels element of OME-XML in a TIFF's ImageDescription: sizes, order, physical sizes. Series, planes in other files and
/// TiffData maps are not followed: the pages of this file are taken in the dimension order.
/// </summary>
internal sealed record OmeDescription(int Channels, int Slices, int Frames, string Order)
{
    internal double PixelWidth { get; private init; }
    internal double PixelHeight { get; private init; }
    internal double PixelDepth { get; private init; }
    internal double FrameInterval { get; private init; }
    internal string Unit { get; private init; } = "";

    /// <summary>One for each channel, "" where it has none; or empty.</summary>
    internal IReadOnlyList<string> ChannelNames { get; private init; } = [];

    /// <returns>null when it is not OME-XML, or XML that cannot be read</returns>
    internal static OmeDescription? Parse(string text)
    {
        if (!text.Contains("<OME", StringComparison.Ordinal))
            return null;
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimEnd('\0')), settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Pixels")
                    return FromPixels(reader) with { ChannelNames = Names(reader) };
            }
        }
        catch (XmlException)
        {
            // a description that is no XML is a description all the same
        }
        return null;
    }

    private static OmeDescription FromPixels(XmlReader pixels)
    {
        string order = pixels.GetAttribute("DimensionOrder") ?? "";
        return new OmeDescription(Size(pixels, "SizeC"), Size(pixels, "SizeZ"), Size(pixels, "SizeT"),
            order.Length == 5 ? order[2..] : "CZT")
        {
            PixelWidth = Number(pixels, "PhysicalSizeX"),
            PixelHeight = Number(pixels, "PhysicalSizeY"),
            PixelDepth = Number(pixels, "PhysicalSizeZ"),
            FrameInterval = Number(pixels, "TimeIncrement"),
            Unit = pixels.GetAttribute("PhysicalSizeXUnit") ?? "µm",
        };
    }

    private static List<string> Names(XmlReader pixels)
    {
        const int Most = 256;
        var names = new List<string>();
        int depth = pixels.Depth;
        while (names.Count < Most && pixels.Read() && pixels.Depth > depth)
        {
            if (pixels.NodeType == XmlNodeType.Element && pixels.LocalName == "Channel")
                names.Add(pixels.GetAttribute("Name") ?? "");
        }
        return names;
    }

    private static int Size(XmlReader pixels, string name) =>
        int.TryParse(pixels.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : 1;

    private static double Number(XmlReader pixels, string name) =>
        double.TryParse(pixels.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) && value > 0 ? value : 0;
}
