namespace BioDL.Cli.Tiff;

/// <summary>
/// Which page is which frame, slice and channel. ImageJ and OME say so in the description; the pages of any other file are slices.
/// </summary>
/// <param name="Frames">T</param>
/// <param name="Slices">Z</param>
/// <param name="Channels">C in pages; a page may hold more channels as samples</param>
/// <param name="Order">the axes from the fastest, such as "CZT"</param>
internal sealed record ImageAxes(int Frames, int Slices, int Channels, string Order)
{
    /// <param name="pages">images in the file</param>
    /// <param name="imageJ">what ImageJ says, if anything</param>
    /// <param name="ome">what OME says, if anything</param>
    /// <param name="samples">channels within one page</param>
    /// <param name="warnings">gets a line when the description does not fit the file</param>
    internal static ImageAxes Of(int pages, ImageDescription? imageJ, OmeDescription? ome, int samples, List<string> warnings)
    {
        ImageAxes axes = imageJ is not null ? OfImageJ(pages, imageJ)
            : ome is not null ? new ImageAxes(ome.Frames, ome.Slices, Math.Max(1, ome.Channels / samples), ome.Order)
            : new ImageAxes(1, pages, 1, "CZT");
        if ((long)axes.Frames * axes.Slices * axes.Channels == pages && IsOrder(axes.Order))
            return axes;
        warnings.Add($"the description speaks of {axes.Frames} frames, {axes.Slices} slices and {axes.Channels} channels, "
            + $"but there are {pages} pages: they are taken as slices");
        return new ImageAxes(1, pages, 1, "CZT");
    }

    /// <summary>The page of a frame, slice and channel.</summary>
    internal int Page(int frame, int slice, int channel)
    {
        int page = 0, step = 1;
        foreach (char axis in Order)
        {
            (int index, int size) = axis switch { 'C' => (channel, Channels), 'Z' => (slice, Slices), _ => (frame, Frames) };
            page += index * step;
            step *= size;
        }
        return page;
    }

    private static ImageAxes OfImageJ(int pages, ImageDescription imageJ)
    {
        int channels = imageJ.Count("channels"), slices = imageJ.Count("slices"), frames = imageJ.Count("frames");
        // A plain stack says how many images it has and nothing else.
        return (long)channels * slices * frames == 1 ? new ImageAxes(1, pages, 1, "CZT") : new ImageAxes(frames, slices, channels, "CZT");
    }

    private static bool IsOrder(string order) => order.Length == 3 && order.Contains('C') && order.Contains('Z') && order.Contains('T');
}
