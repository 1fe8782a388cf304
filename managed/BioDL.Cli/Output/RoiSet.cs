using System.Globalization;
using System.IO.Compression;
using BioDL.Core.Segmentation;

namespace BioDL.Cli.Output;

/// <summary>
/// The objects of an image as a ROI set that ImageJ's ROI Manager opens: a zip with one polygon an object, in the order of the objects.
/// A ROI is called LABEL-Y-X, or PLANE-LABEL-Y-X in a series, and carries its label and probability as properties.
/// </summary>
internal static class RoiSet
{
    /// <param name="path">of the zip</param>
    /// <param name="result">the objects</param>
    /// <param name="channels">of the image that was segmented: with more than one, ImageJ opens it as a hyperstack</param>
    internal static void Write(string path, SegmentResult result, int channels) => SafeFile.Write(path, stream =>
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        for (int i = 0; i < result.Objects.Length; i++)
        {
            SegmentedObject item = result.Objects[i];
            string name = Name(result, item), properties = $"Label: {item.Label}\n" + PolygonRoi.Property("Probability", item.Probability);
            byte[] roi = PolygonRoi.Encode(result.Vertices.AsSpan(i * result.Rays * 2, result.Rays * 2), name, Position(result, item, channels), properties);
            using Stream entry = zip.CreateEntry($"{name}.roi", CompressionLevel.Fastest).Open();
            entry.Write(roi);
        }
    });

    private static string Name(SegmentResult result, in SegmentedObject item)
    {
        int y = Math.Max(0, (int)MathF.Round(item.CenterY)), x = Math.Max(0, (int)MathF.Round(item.CenterX));
        string own = string.Create(CultureInfo.InvariantCulture, $"{item.Label:D4}-{y:D4}-{x:D4}");
        long plane = (long)item.Frame * result.Slices + item.Slice + 1;
        return (long)result.Frames * result.Slices == 1 ? own : string.Create(CultureInfo.InvariantCulture, $"{plane:D4}-{own}");
    }

    private static RoiPosition Position(SegmentResult result, in SegmentedObject item, int channels)
    {
        if (channels > 1 || (result.Frames > 1 && result.Slices > 1))
            return new RoiPosition(0, item.Slice + 1, item.Frame + 1);
        return result.Frames * result.Slices == 1 ? default : new RoiPosition(item.Frame + item.Slice + 1, 0, 0);
    }
}
