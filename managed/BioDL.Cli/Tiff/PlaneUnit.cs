using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>What is brought into memory at once: one plane of a page, or one sample of a page in separate planes.</summary>
/// <param name="Place">where its page is</param>
/// <param name="Sample">of a page in separate planes, else 0</param>
/// <param name="RawOffset">where the samples lie in the file when they are one uncompressed run, else -1</param>
/// <param name="InPlace">the run is already what the engine reads</param>
internal readonly record struct PlaneUnit(PagePlace Place, int Sample, long RawOffset, bool InPlace)
{
    /// <summary>How a plane gets into memory.</summary>
    internal static PlaneUnit Of(TiffFile file, PixelLayout layout, PagePlace place, int sample)
    {
        TiffPage page = file.Pages[place.Page];
        bool whole = page.RawOffset >= 0 && page.RawBytes >= page.PlaneBytes && page.SideBySide == page.Samples;
        Int128 offset = (Int128)page.RawOffset + place.Beyond;
        if (!whole || offset + page.PlaneBytes > file.Length)
            return new PlaneUnit(place, sample, -1, false);
        bool asItIs = layout.Conversion == PixelConversion.None && !page.Swapped && offset % layout.Type.Size() == 0;
        return new PlaneUnit(place, sample, (long)offset, asItIs);
    }
}
