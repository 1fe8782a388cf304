using BioDL.Core;

namespace BioDL.Cli.Tiff;

/// <summary>
/// What of a TIFF file is its image: which pages are which planes, and what ImageJ, OME or the microscope's program say of them.
/// </summary>
/// <param name="Map">from planes to pages</param>
/// <param name="Calibration">of the image</param>
internal sealed record TiffContent(PageMap Map, Calibration Calibration)
{
    /// <summary>Null when ImageJ did not write it.</summary>
    internal ImageDescription? ImageJ { get; private init; }

    /// <summary>Null when the file has no OME-XML.</summary>
    internal OmeImage? Ome { get; private init; }

    /// <summary>Which image of several it is; "" when there is one.</summary>
    internal string Taken { get; private init; } = "";

    /// <param name="set">the file, and those that it names</param>
    /// <param name="series">which image of several, from 1; null: the first</param>
    /// <param name="warnings">gets what is doubtful, and what is left out</param>
    /// <exception cref="BioDLException">The pages cannot be told apart, or there is no such series.</exception>
    internal static TiffContent Of(TiffSet set, int? series, List<string> warnings)
    {
        TiffFile file = set.Named;
        ImageDescription? imageJ = ImageDescription.Parse(file.Description);
        TiffContent content = imageJ is null && OmeSource.Of(set, warnings) is { } ome ? OfOme(set, ome, series, warnings)
            : OfPages(file, imageJ, series, warnings);
        TiffPage first = set.Page(content.Map.Places[0]);
        if (first.Levels > 0)
            warnings.Add($"each page has {first.Levels} smaller copies (a pyramid), which are left out");
        return content;
    }

    private static TiffContent OfOme(TiffSet set, OmeSource ome, int? series, List<string> warnings)
    {
        int count = ome.Images.Count, chosen = Chosen(set.Named, series, ome.Default, [.. ome.Images.Select(Text)], warnings);
        PageMap map = ome.Map(chosen, warnings);
        TiffPage first = set.Page(map.Places[0]);
        return new TiffContent(map, CalibrationReader.Of(ome.Images[chosen], CalibrationReader.Of(first, null, ""), warnings))
        {
            Ome = ome.Images[chosen], Taken = count > 1 ? $"image {chosen + 1} of {count}: {Text(ome.Images[chosen])}" : "",
        };
    }

    private static TiffContent OfPages(TiffFile file, ImageDescription? imageJ, int? series, List<string> warnings)
    {
        LsmInfo? lsm = LsmInfo.Of(file);
        PageSeries.CheckKind(file, lsm, warnings);
        IReadOnlyList<PageSeries> all = PageSeries.All(file);
        string[] texts = [.. all.Select(one => one.Text(file))];
        // The thumbnails of LSM files are known not to be meant.
        int chosen = Chosen(file, series, 0, texts, lsm is null ? warnings : []);
        PageSeries taken = all[chosen];
        PagePlace[] pages = HiddenPlanes.Of(file, imageJ, warnings) ?? [.. taken.Pages.Select(page => new PagePlace(0, page))];
        TiffPage first = file.Pages[pages[0].Page];
        return new TiffContent(Ordered(file.Path, pages, Order(pages.Length, imageJ, lsm), imageJ, warnings),
            lsm?.Calibration ?? CalibrationReader.Of(first, imageJ, file.Description))
        {
            ImageJ = imageJ, Taken = all.Count > 1 && lsm is null ? $"image {chosen + 1} of {all.Count}: {texts[chosen]}" : "",
        };
    }

    /// <summary>
    /// The number of the image that is taken; where nobody chose among several it is said which, and how to take another.
    /// </summary>
    private static int Chosen(TiffFile file, int? series, int otherwise, string[] images, List<string> warnings)
    {
        const int Most = 8;
        IEnumerable<string> list = images.Take(Most).Select((text, i) => $"{i + 1}: {text}");
        string all = string.Join("; ", images.Length > Most ? list.Append("...") : list);
        if (series is { } number)
        {
            return number <= images.Length ? number - 1 : throw new BioDLException(Status.InvalidArgument,
                $"--series {number}: {file.Path} has {images.Length} image(s): {all}", $"Choose from 1 to {images.Length}.");
        }
        if (images.Length > 1)
            warnings.Add($"image {otherwise + 1} of {images.Length} is taken, --series takes another one ({all})");
        return otherwise;
    }

    private static PlaneOrder Order(int pages, ImageDescription? imageJ, LsmInfo? lsm)
    {
        var stack = new PlaneOrder(1, pages, 1);
        if (lsm is not null && (long)lsm.Frames * lsm.Slices == pages)
            return new PlaneOrder(lsm.Frames, lsm.Slices, 1);
        if (imageJ is null)
            return stack;
        var described = new PlaneOrder(imageJ.Count("frames"), imageJ.Count("slices"), imageJ.Count("channels"));
        // A plain stack says how many images it has and nothing else.
        return described.Planes > 1 ? described : stack with { Slices = Math.Max(pages, imageJ.Count("images")) };
    }

    private static PageMap Ordered(string path, PagePlace[] pages, PlaneOrder order, ImageDescription? imageJ, List<string> warnings)
    {
        if (order.Planes == pages.Length)
            return PageMap.Ordered(order, pages);
        if (order.Planes > pages.Length && imageJ is not null)
        {
            Dictionary<PlanePosition, PagePlace> known = [];
            for (int i = 0; i < pages.Length; i++)
                known[order.At(i)] = pages[i];
            return PageMap.Known(order, known, path, warnings);
        }
        warnings.Add($"the description speaks of {order.Text}, but there are {pages.Length} pages: they are taken as slices");
        return PageMap.Ordered(new PlaneOrder(1, pages.Length, 1), pages);
    }

    private static string Text(OmeImage image) =>
        $"{(image.Name.Length > 0 ? $"'{image.Name}', " : "")}{image.Width} x {image.Height} pixels, {image.Order.Text}";
}
