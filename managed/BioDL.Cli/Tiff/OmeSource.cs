using System.Xml;
using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Cli.Tiff;

/// <summary>Which image of OME-XML is meant, and on which pages of which files its planes are.</summary>
internal sealed class OmeSource
{
    private readonly TiffSet _set;
    private readonly OmeDescription _ome;
    private readonly string _uuid;

    private OmeSource(TiffSet set, OmeDescription ome, string uuid) => (_set, _ome, _uuid) = (set, ome, uuid);

    /// <summary>The images that can be chosen.</summary>
    internal IReadOnlyList<OmeImage> Images => _ome.Images;

    /// <returns>null when the file has no OME-XML</returns>
    /// <exception cref="BioDLException">Its metadata are in a file that is not beside it.</exception>
    internal static OmeSource? Of(TiffSet set, List<string> warnings)
    {
        if (Parse(set.Named.Description, warnings) is not { } own)
            return null;
        if (own.MetadataFile.Length == 0)
            return new OmeSource(set, own, own.Uuid);
        string path = set.Besides(own.MetadataFile);
        if (!File.Exists(path))
        {
            throw new BioDLException(Status.NotFound, $"{set.Named.Path}: what its pages are is in {Path.GetFileName(path)}, "
                + "which is not beside it", "Copy it into the same folder, or export the image as one file.");
        }
        OmeDescription all = Parse(Text(path), warnings) is { Images.Count: > 0 } found ? found
            : throw new BioDLException(Status.Io, $"{path}: it has no OME-XML with images", "Copy or export it again.");
        return new OmeSource(set, all, own.Uuid);
    }

    /// <summary>OME-XML; what cannot be read as such is a warning.</summary>
    internal static OmeDescription? Parse(string text, List<string> warnings)
    {
        try
        {
            return OmeDescription.Parse(text);
        }
        catch (XmlException error)
        {
            warnings.Add($"its OME-XML cannot be read ({error.Message}): its pages are taken as slices, without a calibration");
            return null;
        }
    }

    /// <summary>The first image of which the named file has a page; else the first.</summary>
    internal int Default
    {
        get
        {
            for (int i = 0; i < Images.Count; i++)
            {
                if (Images[i].Pages.Count == 0 || Images[i].Pages.Any(IsHere))
                    return i;
            }
            return 0;
        }
    }

    /// <summary>Where the planes of an image are.</summary>
    /// <exception cref="BioDLException">A file is missing, or the description does not fit the files.</exception>
    internal PageMap Map(int number, List<string> warnings)
    {
        OmeImage image = Images[number];
        return image.Pages.Count == 0 ? InOrder(number, warnings) : AsDescribed(image, warnings);
    }

    // Without TiffData the pages follow the order of the image, those of several images one after the other.
    private PageMap InOrder(int number, List<string> warnings)
    {
        int[] pages = [.. Enumerable.Range(0, _set.Named.Pages.Count).Where(page => !_set.Named.Pages[page].Reduced)];
        long skip = (long)Images.Take(number).Sum(image => (decimal)Effective(image, _set.Named.Pages[0]).Planes);
        PlaneOrder order = Effective(Images[number], _set.Named.Pages[0]);
        var known = new Dictionary<PlanePosition, PagePlace>();
        for (long plane = 0; plane < order.Planes && skip + plane < pages.Length; plane++)
            known[order.At(plane)] = new PagePlace(0, pages[skip + plane]);
        if (Images.Count == 1 && pages.Length > order.Planes)
            warnings.Add($"the description speaks of {order.Text}, but there are {pages.Length} pages: the others are left out");
        return PageMap.Known(order, known, _set.Named.Path, warnings);
    }

    private PageMap AsDescribed(OmeImage image, List<string> warnings)
    {
        OmePages first = image.Pages[0];
        TiffFile file = _set.Files[FileOf(first)];
        PlaneOrder order = Effective(image, file.Pages[Math.Min(first.Page ?? 0, file.Pages.Count - 1)]);
        PlanePosition start = Start(image, order);
        var known = new Dictionary<PlanePosition, PagePlace>();
        foreach (OmePages pages in image.Pages)
        {
            int number = FileOf(pages), all = _set.Files[number].Pages.Count, page = pages.Page ?? 0;
            long plane = order.Index(Within(order, pages.First, start));
            int count = pages.Count ?? (pages.Page is null ? all : 1);
            for (int i = 0; i < count && page + i < all && plane + i < order.Planes; i++)
                known[order.At(plane + i)] = new PagePlace(number, page + i);
        }
        return PageMap.Known(order, known, _set.Named.Path, warnings);
    }

    // SizeC counts the samples of a page, too; where the two do not fit, what the page has is right.
    private static PlaneOrder Effective(OmeImage image, in TiffPage page)
    {
        int channels = image.Order.Channels, samples = page.Samples, said = image.Channels.Count > 0 ? image.Channels[0].Samples : 0;
        int beside = channels % samples == 0 ? samples : said > 0 && channels % said == 0 ? said : 1;
        return image.Order with { Channels = samples > channels ? 1 : channels / beside };
    }

    /// <summary>Some programs count from 1: an axis whose numbers are 1 to its size.</summary>
    private static PlanePosition Start(OmeImage image, PlaneOrder order)
    {
        int Of(Func<PlanePosition, int> axis, int size) =>
            image.Pages.Min(pages => axis(pages.First)) == 1 && image.Pages.Max(pages => axis(pages.First)) == size ? 1 : 0;
        return new PlanePosition(Of(p => p.Frame, order.Frames), Of(p => p.Slice, order.Slices), Of(p => p.Channel, order.Channels));
    }

    private PlanePosition Within(PlaneOrder order, PlanePosition plane, PlanePosition start)
    {
        var at = new PlanePosition(plane.Frame - start.Frame, plane.Slice - start.Slice, plane.Channel - start.Channel);
        if (at.Frame >= 0 && at.Slice >= 0 && at.Channel >= 0 && at.Frame < order.Frames && at.Slice < order.Slices
            && at.Channel < order.Channels)
            return at;
        throw new BioDLException(Status.Io, $"{_set.Named.Path}: its OME-XML has {order.Text}, and a page for frame {plane.Frame}, slice "
            + $"{plane.Slice}, channel {plane.Channel} (from 0)", "The description is damaged: export the image again.");
    }

    private int FileOf(OmePages pages) => IsHere(pages) ? 0 : _set.Beside(pages.FileName, pages.Uuid);

    // A file may have been renamed since: its UUID tells, or that there is one file only.
    private bool IsHere(OmePages pages) => pages.FileName.Length == 0 || (_uuid.Length > 0 && pages.Uuid == _uuid)
        || pages.FileName == Path.GetFileName(_set.Named.Path) || OneFile;

    private bool OneFile =>
        _ome.Images.SelectMany(image => image.Pages).Select(pages => (pages.FileName, pages.Uuid)).Distinct().Take(2).Count() == 1;

    private static string Text(string path)
    {
        byte[] start = new byte[2];
        FileFacts.RequireRegular(path);
        using (FileStream stream = File.OpenRead(path))
            stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        if (start is not [(byte)'I', (byte)'I'] and not [(byte)'M', (byte)'M'])
            return File.ReadAllText(path);
        using TiffFile file = TiffFile.Read(path);
        return file.Description;
    }
}
