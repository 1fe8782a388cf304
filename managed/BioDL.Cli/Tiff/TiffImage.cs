using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>A TIFF file as an image: a view of its pixels, its axes and its calibration.</summary>
internal sealed class TiffImage : IDisposable
{
    private readonly TiffFile _file;
    private readonly TiffPlanes _planes;

    private TiffImage(TiffFile file, TiffPlanes planes) => (_file, _planes) = (file, planes);

    internal string Path => _file.Path;

    /// <summary>The pixels; valid until this is disposed.</summary>
    internal required ImageView View { get; init; }

    internal required Calibration Calibration { get; init; }

    /// <summary>One for each logical channel, "" where it has none.</summary>
    internal required IReadOnlyList<string> ChannelNames { get; init; }

    /// <summary>The first page, for whoever wants to know how the file is made.</summary>
    internal TiffPage Page => _file.Pages[0];

    /// <summary>True when every plane is read where it lies in the file.</summary>
    internal required bool InPlace { get; init; }

    /// <summary>What was doubtful about the file.</summary>
    internal required IReadOnlyList<string> Warnings { get; init; }

    /// <exception cref="BioDLException">No such file, not a TIFF, damaged, or of a kind that cannot be segmented.</exception>
    internal static TiffImage Open(string path)
    {
        TiffFile file = TiffFile.Read(path);
        try
        {
            return Open(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _planes.Dispose();
        _file.Dispose();
    }

    private static TiffImage Open(TiffFile file)
    {
        var warnings = new List<string>();
        TiffPage first = file.Pages[0];
        CheckPages(file);
        PixelLayout layout = PixelLayout.Of(file.Path, first);
        WarnOfColours(file, first, warnings);

        ImageDescription? imageJ = ImageDescription.Parse(file.Description);
        OmeDescription? ome = imageJ is null ? OmeDescription.Parse(file.Description) : null;
        int images = RawStack.Count(file, imageJ);
        ImageAxes axes = ImageAxes.Of(images, imageJ, ome, layout.Channels, warnings);
        int channels = axes.Channels * layout.Channels;
        PlaneUnit[] units = Units(file, layout, axes);
        long pixel = (long)layout.Type.Size() * layout.Interleaved;
        var planes = new TiffPlanes(file, layout, units, layout.Channels == 1 ? 1 : PlanesPerUnit(first, layout), channels);
        return new TiffImage(file, planes)
        {
            View = new ImageView
            {
                Type = layout.Type, Frames = axes.Frames, Slices = axes.Slices, Channels = channels,
                Height = (int)first.Height, Width = (int)first.Width,
                RowStride = pixel * first.Width, PixelStride = pixel, Planes = planes,
            },
            Calibration = Calibration.Of(first, imageJ, ome), ChannelNames = Names(layout, channels, ome),
            InPlace = units.All(unit => unit.InPlace),
            Warnings = warnings,
        };
    }

    private static string[] Names(PixelLayout layout, int channels, OmeDescription? ome) => layout.Type == PixelType.Argb32
        ? ["red", "green", "blue"]
        : ome?.ChannelNames.Count == channels ? [.. ome.ChannelNames] : [.. Enumerable.Repeat("", channels)];

    private static int PlanesPerUnit(in TiffPage page, PixelLayout layout) => page.Planar == Planar.Chunky ? layout.Channels : 1;

    private static void CheckPages(TiffFile file)
    {
        TiffPage first = file.Pages[0];
        for (int number = 0; number < file.Pages.Count; number++)
        {
            TiffPage page = file.Pages[number];
            bool same = page.Width == first.Width && page.Height == first.Height && page.Bits == first.Bits
                && page.SampleFormat == first.SampleFormat && page.Samples == first.Samples && page.Planar == first.Planar;
            if (!same)
            {
                throw new BioDLException(Status.Io,
                    $"{file.Path}: page {number + 1} has another size or type than page 1 "
                    + $"({page.Width} x {page.Height}, {page.Bits} bits; {first.Width} x {first.Height}, {first.Bits} bits)",
                    "Save the pages as files of their own.");
            }
        }
    }

    // Values are taken as they are stored, as ImageJ and tifffile take them; where that is not what one sees, it is said.
    private static void WarnOfColours(TiffFile file, in TiffPage page, List<string> warnings)
    {
        if (page.Photometric == Photometric.MinIsWhite)
            warnings.Add("the file says that 0 is white (inverted display); the stored values are used, so nuclei must have the "
                + "larger ones");
        if (page.Photometric == Photometric.Palette && !Brightens(file.ReadPalette(0)))
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

    private static PlaneUnit[] Units(TiffFile file, PixelLayout layout, ImageAxes axes)
    {
        bool apart = file.Pages[0].Planar == Planar.Separate && layout.Conversion != PixelConversion.ToArgb;
        int samples = apart ? layout.Channels : 1;
        var units = new List<PlaneUnit>();
        for (int frame = 0; frame < axes.Frames; frame++)
        {
            for (int slice = 0; slice < axes.Slices; slice++)
            {
                for (int channel = 0; channel < axes.Channels; channel++)
                {
                    for (int sample = 0; sample < samples; sample++)
                        units.Add(RawStack.Unit(file, layout, axes.Page(frame, slice, channel), sample));
                }
            }
        }
        return [.. units];
    }
}
