using BioDL.Core;

namespace BioDL.Cli.Tiff;

/// <summary>Where a plane's pixels are.</summary>
/// <param name="File">number in the set of files; 0 is the one that was named</param>
/// <param name="Page">of that file</param>
/// <param name="Beyond">bytes from the page's first pixel, where the pixels of several planes follow one page</param>
internal readonly record struct PagePlace(int File, int Page, long Beyond = 0);

/// <summary>
/// Which page is which frame, slice and channel: the one way from an image's planes to the pages of its files. A map is whole; of an
/// image that its files do not hold to the end it has what is whole.
/// </summary>
internal sealed class PageMap
{
    private readonly PagePlace[] _places;

    private PageMap(PlaneOrder shape, Func<PlanePosition, PagePlace> place)
    {
        Shape = shape with { Order = "CZT" };
        _places = new PagePlace[checked((int)Shape.Planes)];
        for (int i = 0; i < _places.Length; i++)
            _places[i] = place(Shape.At(i));
    }

    /// <summary>Frames, slices and channels that are all there.</summary>
    internal PlaneOrder Shape { get; }

    /// <summary>One for each plane, in the order of a view's planes: C, then Z, then T.</summary>
    internal IReadOnlyList<PagePlace> Places => _places;

    /// <summary>Pages that follow each other as an order says.</summary>
    internal static PageMap Ordered(PlaneOrder order, IReadOnlyList<PagePlace> pages) =>
        new(order, position => pages[(int)order.Index(position)]);

    /// <summary>Pages that are known by their position; some may be missing, as when an acquisition was stopped.</summary>
    /// <param name="described">what the image is said to have</param>
    /// <param name="pages">those that are there</param>
    /// <param name="path">of the file, for the error</param>
    /// <param name="warnings">gets a line when planes are missing</param>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>: not even the first plane of every channel is there.</exception>
    internal static PageMap Known(PlaneOrder described, Dictionary<PlanePosition, PagePlace> pages, string path, List<string> warnings)
    {
        if (pages.Count == described.Planes)
            return new PageMap(described, position => pages[position]);
        PlaneOrder whole = Whole(described, pages.Keys);
        string there = $"the description speaks of {described.Text}, but there are {pages.Count} pages";
        if (whole.Planes == 0)
        {
            throw new BioDLException(Status.Io, $"{path}: {there}: no slice is whole",
                "Was the acquisition stopped, or is this one file of several? Export the image again.");
        }
        warnings.Add($"{there}: the first {whole.Text} are whole and taken, as of an acquisition that was stopped");
        return new PageMap(whole, position => pages[position]);
    }

    // Frames that are whole are more than anything else what one wants of a series that was stopped; where there are none, slices.
    private static PlaneOrder Whole(PlaneOrder described, IReadOnlyCollection<PlanePosition> there)
    {
        (int t, int z, int c) = (described.Frames, described.Slices, described.Channels);
        int frames = Leading(there, position => position.Frame, (long)z * c);
        if (frames > 0)
            return described with { Frames = frames };
        int slices = Leading(there, position => position.Slice, (long)t * c);
        if (slices > 0)
            return described with { Slices = slices };
        int channels = Leading(there, position => position.Channel, (long)t * z);
        if (channels > 0)
            return described with { Channels = channels };
        return described with { Frames = 1, Slices = Leading([.. there.Where(position => position.Frame == 0)], p => p.Slice, c) };
    }

    /// <summary>How many indices of an axis, from the first on, have all their planes.</summary>
    private static int Leading(IReadOnlyCollection<PlanePosition> there, Func<PlanePosition, int> axis, long planes)
    {
        HashSet<int> whole = [.. there.GroupBy(axis).Where(group => group.LongCount() == planes).Select(group => group.Key)];
        int leading = 0;
        while (whole.Contains(leading))
            leading++;
        return leading;
    }
}
