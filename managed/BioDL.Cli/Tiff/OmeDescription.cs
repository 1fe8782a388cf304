using System.Globalization;
using System.Xml;

namespace BioDL.Cli.Tiff;

/// <summary>OME-XML as a TIFF's ImageDescription has it: images, and where their planes are.</summary>
/// <param name="Uuid">of the file that it is in; "" when it does not say</param>
/// <param name="MetadataFile">of a file that only points to another one with all of it; else ""</param>
/// <param name="Images">in the order of the document</param>
internal sealed record OmeDescription(string Uuid, string MetadataFile, IReadOnlyList<OmeImage> Images)
{
    internal static bool IsOne(string text) => text.Contains("<OME", StringComparison.Ordinal);

    /// <returns>null when it is not OME-XML, or has no image</returns>
    /// <exception cref="XmlException">It is no XML that can be read.</exception>
    internal static OmeDescription? Parse(string text)
    {
        if (!IsOne(text))
            return null;
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').TrimEnd('\0')), settings);
        string uuid = "", metadata = "", name = "";
        var images = new List<OmeImage>();
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            switch (reader.LocalName)
            {
                case "OME": uuid = reader.GetAttribute("UUID") ?? ""; break;
                case "BinaryOnly": metadata = reader.GetAttribute("MetadataFile") ?? ""; break;
                case "Image": name = reader.GetAttribute("Name") ?? ""; break;
                case "Pixels": images.Add(OmeImage.Read(reader, name)); break;
                default: break;
            }
        }
        return images.Count + metadata.Length > 0 ? new OmeDescription(uuid, metadata, images) : null;
    }
}

/// <summary>A number and its unit.</summary>
internal readonly record struct OmeQuantity(double Value, string Unit);

/// <param name="Name">"" when it has none</param>
/// <param name="Samples">channels that lie side by side in its pages; 0 when it does not say</param>
/// <param name="Colour">0xRRGGBBAA; null when it has none</param>
internal readonly record struct OmeChannel(string Name, int Samples, uint? Colour);

/// <summary>Some pages of a file, and the plane that the first of them is; the others follow in the order of the image.</summary>
/// <param name="Page">of the file, from 0; null: it does not say</param>
/// <param name="First">the plane</param>
/// <param name="Count">of pages; null: it does not say</param>
/// <param name="FileName">"" for the file that the description is in</param>
/// <param name="Uuid">of that file, or ""</param>
internal readonly record struct OmePages(int? Page, PlanePosition First, int? Count, string FileName, string Uuid);

/// <summary>One Pixels element: an image of OME-XML.</summary>
/// <param name="Name">of its Image element</param>
/// <param name="Order">C counts channels, also those that share a page</param>
internal sealed record OmeImage(string Name, PlaneOrder Order)
{
    internal int Width { get; private init; }
    internal int Height { get; private init; }

    /// <summary>From one pixel to the next; null where it does not say.</summary>
    internal OmeQuantity? SizeX { get; private init; }
    internal OmeQuantity? SizeY { get; private init; }
    internal OmeQuantity? SizeZ { get; private init; }

    /// <summary>From one frame to the next.</summary>
    internal OmeQuantity? TimeIncrement { get; private init; }

    internal IReadOnlyList<OmeChannel> Channels { get; private init; } = [];

    /// <summary>Empty: the pages are in the order of the image.</summary>
    internal IReadOnlyList<OmePages> Pages { get; private init; } = [];

    /// <param name="reader">at a Pixels element</param>
    /// <param name="name">of the image</param>
    internal static OmeImage Read(XmlReader reader, string name)
    {
        string order = reader.GetAttribute("DimensionOrder") ?? "XYCZT";
        if (order.Length != 5 || !PlaneOrder.IsOrder(order[2..]))
            throw new XmlException($"the order of dimensions '{order}' makes no sense");
        var image = new OmeImage(name, new PlaneOrder(Size(reader, "SizeT"), Size(reader, "SizeZ"), Size(reader, "SizeC"), order[2..]))
        {
            Width = Size(reader, "SizeX"), Height = Size(reader, "SizeY"),
            SizeX = Quantity(reader, "PhysicalSizeX", "µm"), SizeY = Quantity(reader, "PhysicalSizeY", "µm"),
            SizeZ = Quantity(reader, "PhysicalSizeZ", "µm"), TimeIncrement = Quantity(reader, "TimeIncrement", "s"),
        };
        if (image.Order.Planes > int.MaxValue)
            throw new XmlException($"it claims {image.Order.Planes} planes");
        if (reader.IsEmptyElement)
            return image;
        var channels = new List<OmeChannel>();
        var pages = new List<OmePages>();
        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "Channel")
                channels.Add(new OmeChannel(reader.GetAttribute("Name") ?? "", Whole(reader, "SamplesPerPixel") ?? 0, Colour(reader)));
            else if (reader.LocalName == "TiffData")
                pages.Add(TiffData(reader));
            else if (reader.LocalName == "UUID" && pages.Count > 0)
                pages[^1] = pages[^1] with { FileName = reader.GetAttribute("FileName") ?? "", Uuid = Text(reader) };
        }
        return image with { Channels = channels, Pages = pages };
    }

    private static OmePages TiffData(XmlReader reader)
    {
        var first = new PlanePosition(Whole(reader, "FirstT") ?? 0, Whole(reader, "FirstZ") ?? 0, Whole(reader, "FirstC") ?? 0);
        return new OmePages(Whole(reader, "IFD"), first, Whole(reader, "PlaneCount") ?? Whole(reader, "NumPlanes"), "", "");
    }

    private static string Text(XmlReader reader)
    {
        if (reader.IsEmptyElement || !reader.Read() || reader.NodeType != XmlNodeType.Text)
            return "";
        return reader.Value.Trim();
    }

    private static int Size(XmlReader reader, string name) => Whole(reader, name) is > 0 and int value ? value : 1;

    private static int? Whole(XmlReader reader, string name) =>
        int.TryParse(reader.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static uint? Colour(XmlReader reader) =>
        int.TryParse(reader.GetAttribute("Color"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? unchecked((uint)value) : null;

    private static OmeQuantity? Quantity(XmlReader reader, string name, string unit) =>
        double.TryParse(reader.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) && value > 0 ? new OmeQuantity(value, reader.GetAttribute(name + "Unit") ?? unit) : null;
}
