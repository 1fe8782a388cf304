using System.Globalization;
using System.IO.Compression;
using BioDL.Core.Objects.StarConvex;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Output;

/// <summary>
/// The objects of an image as a ROI set that ImageJ's ROI Manager opens: a zip with one polygon an object, in the order of the objects.
/// A ROI is called as the plugin calls it, "Object 12" or in a series "Object 12 z3 t1", and carries its label and probability as
/// properties.
/// </summary>
internal static class RoiSet
{
    /// <param name="file">the zip, moved to its place</param>
    /// <param name="result">the objects</param>
    /// <param name="channels">of the image that was segmented: with more than one, ImageJ opens it as a hyperstack</param>
    internal static void Write(SafeFile file, SegmentedObjects result, int channels) => file.Write(stream =>
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        for (int i = 0; i < result.Objects.Length; i++)
        {
            SegmentedObject item = result.Objects[i];
            string name = Name(result, item), properties = $"Label: {item.Label}\n" + PolygonRoi.Property("Probability", item.Probability);
            byte[] roi =
                PolygonRoi.Encode(result.Vertices.AsSpan(i * result.Rays * 2, result.Rays * 2), name, Position(result, item, channels),
                    properties);
            using Stream entry = zip.CreateEntry($"{name}.roi", CompressionLevel.Fastest).Open();
            entry.Write(roi);
        }
    });

    private static string Name(SegmentedObjects result, in SegmentedObject item)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"Object {item.Label}");
        if (result.Slices > 1)
            name += string.Create(CultureInfo.InvariantCulture, $" z{item.Slice + 1}");
        if (result.Frames > 1)
            name += string.Create(CultureInfo.InvariantCulture, $" t{item.Frame + 1}");
        return name;
    }

    // A ROI belongs to all channels, and to no slice of an image that has one: measuring any channel measures that channel.
    private static RoiPosition Position(SegmentedObjects result, in SegmentedObject item, int channels)
    {
        if (result.Frames == 1 && result.Slices == 1)
            return default;
        if (channels > 1 || (result.Frames > 1 && result.Slices > 1))
            return new RoiPosition(0, item.Slice + 1, item.Frame + 1);
        return new RoiPosition(item.Frame + item.Slice + 1, 0, 0);
    }
}
