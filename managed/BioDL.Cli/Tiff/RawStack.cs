using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>
/// Pages that lie uncompressed in one run. ImageJ writes stacks above 4 GB as one page that is followed by the pixels of all others, and
/// says in its description how many there are.
/// </summary>
internal static class RawStack
{
    /// <summary>Images in the file: its pages, or more where ImageJ's raw stack has one page for all.</summary>
    /// <exception cref="BioDLException">The file is shorter than ImageJ says.</exception>
    internal static int Count(TiffFile file, ImageDescription? imageJ)
    {
        int claimed = imageJ?.Count("images") ?? 1;
        TiffPage first = file.Pages[0];
        if (file.Pages.Count > 1 || claimed == 1 || first.RawOffset < 0)
            return file.Pages.Count;
        if (first.RawOffset + first.PlaneBytes * claimed > file.Length)
            throw new BioDLException(Status.Io, $"{file.Path}: ImageJ wrote {claimed} images, but the file ends before the last",
                "The file is cut short: copy or export it again.");
        return claimed;
    }

    /// <summary>Where an image of the file is and how it gets into memory.</summary>
    internal static PlaneUnit Unit(TiffFile file, PixelLayout layout, int image, int sample)
    {
        int number = Math.Min(image, file.Pages.Count - 1);
        TiffPage page = file.Pages[number];
        long beyond = image - number;
        bool whole = page.RawOffset >= 0 && page.RawBytes >= page.PlaneBytes && page.SideBySide == page.Samples;
        Int128 offset = page.RawOffset + page.PlaneBytes * beyond;
        if (!whole || offset + page.PlaneBytes > file.Length)
            return new PlaneUnit(number, sample, -1, false);
        bool asItIs = layout.Conversion == PixelConversion.None && !page.Swapped && offset % layout.Type.Size() == 0;
        return new PlaneUnit(number, sample, (long)offset, asItIs);
    }
}
