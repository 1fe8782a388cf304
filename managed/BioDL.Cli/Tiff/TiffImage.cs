using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>A TIFF file, or several that belong together, as an image.</summary>
internal sealed class TiffImage : ImageFile
{
    private readonly TiffSet _set;
    private readonly PageMap _map;

    private TiffImage(TiffSet set, PageMap map, TiffPlanes planes) : base(set.Named.Path, planes, set) => (_set, _map) = (set, map);

    /// <summary>The first page, for whoever wants to know how the file is made.</summary>
    internal TiffPage Page => _set.Page(_map.Places[0]);

    /// <summary>True when every plane is read where it lies in the file.</summary>
    internal required bool InPlace { get; init; }

    /// <param name="path">of the file</param>
    /// <param name="series">which image of a file that holds several, from 1; null: the first</param>
    /// <exception cref="BioDLException">No such file, not a TIFF, damaged, or of a kind that cannot be segmented.</exception>
    internal static TiffImage Open(string path, int? series = null)
    {
        var set = new TiffSet(path);
        try
        {
            var warnings = new List<string>();
            return Open(set, TiffContent.Of(set, series, warnings), warnings);
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    private static TiffImage Open(TiffSet set, TiffContent content, List<string> warnings)
    {
        PageMap map = content.Map;
        string path = set.Named.Path;
        TiffPage first = set.Page(map.Places[0]);
        CheckPages(set, map);
        PixelLayout layout = PixelLayout.Of(path, first, packed: map.Shape.Channels == 1);
        WarnOfColours(set.Files[map.Places[0].File], map.Places[0].Page, warnings);
        ValueCalibration values = ValueCalibration.Of(layout, content.ImageJ, path);
        PlaneUnit[] units = Units(set, map, layout);
        int channels = map.Shape.Channels * layout.Channels;
        long pixel = (long)layout.Type.Size() * layout.Interleaved;
        int together = layout.Channels > 1 && first.Planar == Planar.Chunky ? layout.Channels : 1;
        ImageJTags tags = content.ImageJ is null ? new ImageJTags([], [], []) : ImageJTags.Of(set.Named);
        var planes = new TiffPlanes(set.Files, layout, units, together, channels);
        return new TiffImage(set, map, planes)
        {
            View = new ImageView
            {
                Type = layout.Type, Frames = map.Shape.Frames, Slices = map.Shape.Slices, Channels = channels,
                Height = (int)first.Height, Width = (int)first.Width,
                RowStride = pixel * first.Width, PixelStride = pixel, Planes = planes,
                ValueScale = values.Transform.Scale, ValueOffset = values.Transform.Offset,
            },
            Calibration = content.Calibration, Values = values, Channels = Looks(content, layout, tags, channels),
            PlaneLabels = tags.Labels.Count == map.Shape.Planes && layout.Channels == 1 ? tags.Labels : [],
            InPlace = units.All(unit => unit.InPlace), Taken = content.Taken, Warnings = warnings,
            OtherFiles = [.. set.Files.Skip(1).Select(file => file.Path)],
        };
    }

    private static IReadOnlyList<ChannelLook> Looks(TiffContent content, PixelLayout layout, ImageJTags tags, int channels)
    {
        if (layout.Type == PixelType.Argb32)
            return ChannelLook.Rgb;
        if (content.Ome is { } ome)
            return ChannelLook.Of(ome, channels, layout.Channels);
        return tags.Looks(content.Map.Shape with { Channels = channels }, content.ImageJ);
    }

    private static void CheckPages(TiffSet set, PageMap map)
    {
        TiffPage first = set.Page(map.Places[0]);
        foreach (PagePlace place in map.Places)
        {
            TiffPage page = set.Page(place);
            bool same = page.Width == first.Width && page.Height == first.Height && page.Bits == first.Bits
                && page.SampleFormat == first.SampleFormat && page.Samples == first.Samples && page.Planar == first.Planar;
            if (!same)
            {
                throw new BioDLException(Status.Io,
                    $"{set.Files[place.File].Path}: page {place.Page + 1} has another size or type than page {map.Places[0].Page + 1} "
                    + $"({page.Width} x {page.Height}, {page.Bits} bits; {first.Width} x {first.Height}, {first.Bits} bits)",
                    "Save the pages as files of their own.");
            }
        }
    }

    // Values are taken as they are stored, as ImageJ and tifffile take them; where that is not what one sees, it is said.
    private static void WarnOfColours(TiffFile file, int page, List<string> warnings)
    {
        Photometric photometric = file.Pages[page].Photometric;
        if (photometric == Photometric.MinIsWhite)
            warnings.Add("the file says that 0 is white (inverted display); the stored values are used, so nuclei must have the "
                + "larger ones");
        if (photometric == Photometric.Palette && !Brightens(file.ReadPalette(page)))
            warnings.Add("the file has a palette that does not get brighter with the value; the stored values are used as intensities");
    }

    private static bool Brightens(ushort[] palette)
    {
        for (int i = 1; i < 256; i++)
        {
            if (palette[i] + palette[256 + i] + palette[512 + i] < palette[i - 1] + palette[255 + i] + palette[511 + i])
                return false;
        }
        return true;
    }

    private static PlaneUnit[] Units(TiffSet set, PageMap map, PixelLayout layout)
    {
        bool apart = set.Page(map.Places[0]).Planar == Planar.Separate && layout.Conversion != PixelConversion.ToArgb;
        int samples = apart ? layout.Channels : 1;
        return
        [
            .. map.Places.SelectMany(place => Enumerable.Range(0, samples)
                .Select(sample => PlaneUnit.Of(set.Files[place.File], layout, place, sample))),
        ];
    }
}
