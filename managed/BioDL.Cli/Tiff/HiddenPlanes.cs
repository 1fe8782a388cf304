using System.Text.Json;
using BioDL.Core;

namespace BioDL.Cli.Tiff;

/// <summary>
/// Files of one page with the pixels of several planes behind it, one after the other: ImageJ's stacks above 4 GB, MetaMorph's STK,
/// IPLab's and NIH Image's stacks, what tifffile writes as "truncated". Who does not know them sees the first plane only.
/// </summary>
internal static class HiddenPlanes
{
    // MetaMorph's tags of one value a plane: UIC2 (times and positions) and UIC3 (wavelengths).
    private const int Uic2 = 33629, Uic3 = 33630, IpLab = 34122, NihImage = 43314, NihPlanesAt = 260;

    /// <summary>The planes of a file of one page.</summary>
    /// <returns>null when there are no others behind the first</returns>
    /// <exception cref="BioDLException">There are, but they cannot be found; or the file ends before ImageJ's last.</exception>
    internal static PagePlace[]? Of(TiffFile file, ImageDescription? imageJ, List<string> warnings)
    {
        if (file.Pages.Count > 1)
            return null;
        (string who, long claimed) = Claim(file, imageJ);
        if (claimed <= 1)
            return null;
        TiffPage page = file.Pages[0];
        if (page.RawOffset < 0 || page.RawBytes < page.PlaneBytes || page.Planes > 1)
        {
            return imageJ is not null ? null : throw new BioDLException(Status.Io,
                $"{file.Path}: {who} wrote {claimed} planes behind one page, and they are compressed or in parts that cannot be found",
                "Save it as a TIFF with one page a plane, in MetaMorph or in ImageJ.");
        }
        long stride = imageJ is not null ? (long)page.PlaneBytes : page.RawBytes, there = (file.Length - page.RawOffset) / stride;
        if (there < claimed && imageJ is not null)
        {
            throw new BioDLException(Status.Io, $"{file.Path}: ImageJ wrote {claimed} images, but the file ends before the last",
                "The file is cut short: copy or export it again.");
        }
        if (there < claimed)
            warnings.Add($"{who} speaks of {claimed} planes, but the file ends after {there}: these are taken");
        return [.. Enumerable.Range(0, (int)Math.Min(claimed, there)).Select(plane => new PagePlace(0, 0, plane * stride))];
    }

    private static (string Who, long Planes) Claim(TiffFile file, ImageDescription? imageJ) =>
        imageJ is not null ? ("ImageJ", imageJ.Count("images")) : file.Ask("the number of its planes", directory =>
        {
            long metaMorph = Math.Max(directory.Count(Uic2), directory.Count(Uic3));
            if (metaMorph > 0)
                return ("MetaMorph (STK)", metaMorph);
            if (directory.Number(IpLab, 0) is > 1 and long ipLab)
                return ("IPLab", ipLab);
            byte[] nih = directory.Bytes(NihImage);
            if (nih.Length >= NihPlanesAt + 2)
                return ("NIH Image", nih[NihPlanesAt] << 8 | nih[NihPlanesAt + 1]);
            return ("tifffile", Truncated(file));
        });

    /// <summary>Planes by tifffile's {"shape": [4, 96, 96], "truncated": true}.</summary>
    private static long Truncated(TiffFile file)
    {
        if (!file.Description.StartsWith('{') || !file.Description.Contains("\"truncated\"", StringComparison.Ordinal))
            return 1;
        try
        {
            using JsonDocument json = JsonDocument.Parse(file.Description);
            JsonElement root = json.RootElement;
            if (!root.TryGetProperty("truncated", out JsonElement cut) || cut.ValueKind != JsonValueKind.True)
                return 1;
            Int128 values = 1;
            foreach (JsonElement size in root.GetProperty("shape").EnumerateArray())
                values = checked(values * size.GetInt64());
            TiffPage page = file.Pages[0];
            return (long)(values / (page.Width * page.Height * page.Samples));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or OverflowException)
        {
            throw new InvalidDataException("its description says that it is truncated, and not how many planes there are", error);
        }
    }
}
