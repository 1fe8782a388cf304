using System.Globalization;
using BioDL.Core;

namespace BioDL.Cli.Tiff;

/// <summary>
/// Pages of one size and type: the image of a file, or one of its smaller copies, or what a slide has besides. The first series is the
/// image: slides have it on page 1, with its pyramid, label and overview on other pages.
/// </summary>
/// <param name="Pages">of the file, in its order</param>
internal sealed record PageSeries(IReadOnlyList<int> Pages)
{
    // Hamamatsu's slides, and the tags by which programs say what their pages are in words of their own.
    private const int Ndpi = 65420, FluoView = 34361, Andor = 4864;

    /// <summary>All series, in the order of their first pages; reduced copies by themselves.</summary>
    internal static IReadOnlyList<PageSeries> All(TiffFile file) =>
    [
        .. Enumerable.Range(0, file.Pages.Count).GroupBy(number => Form(file.Pages[number])).Select(group => new PageSeries([.. group]))
            .OrderBy(series => file.Pages[series.Pages[0]].Reduced),
    ];

    /// <summary>Refuse, or warn of, what is laid out in a way that would be taken for something else.</summary>
    internal static void CheckKind(TiffFile file, LsmInfo? lsm, List<string> warnings)
    {
        bool Has(int tag) => file.Ask("its kind", directory => directory.Has(tag));
        if (!file.IsBig && file.Length > uint.MaxValue && (lsm is not null || Has(Ndpi)))
        {
            throw new BioDLException(Status.Io,
                $"{file.Path}: {(lsm is null ? "NDPI" : "LSM")} files above 4 GB have offsets that TIFF has not",
                "Export the part that you want as TIFF or OME-TIFF from the microscope's program.");
        }
        if (file.Pages.Count > 1 && (Has(FluoView) || Has(Andor)))
            warnings.Add("what this program (FluoView or Andor) says of channels, slices and frames is not read: the pages are "
                + "taken as slices");
    }

    /// <summary>"1200 x 900 pixels (page 3)".</summary>
    internal string Text(TiffFile file)
    {
        TiffPage page = file.Pages[Pages[0]];
        string numbers = Pages.Count == 1 ? $"page {Pages[0] + 1}"
            : string.Create(CultureInfo.InvariantCulture, $"{Pages.Count} pages from page {Pages[0] + 1}");
        return string.Create(CultureInfo.InvariantCulture, $"{page.Width} x {page.Height} pixels ({numbers})");
    }

    private static (long, long, int, SampleFormat, int, Planar, bool) Form(in TiffPage page) =>
        (page.Width, page.Height, page.Bits, page.SampleFormat, page.Samples, page.Planar, page.Reduced);
}
