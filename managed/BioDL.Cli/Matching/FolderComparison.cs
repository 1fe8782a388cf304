using BioDL.Core;
using BioDL.Core.Objects.Matching;

namespace BioDL.Cli.Matching;

/// <summary>The counts of one image pair, by IoU threshold.</summary>
internal sealed record ImageScore(string Name, MatchCounts[] Counts);

/// <summary>Label images of two folders, paired by file name and compared.</summary>
internal sealed record FolderComparison(IReadOnlyList<ImageScore> Images)
{
    /// <summary>0.50, 0.55, ... 0.90.</summary>
    internal static readonly double[] Thresholds = [.. Enumerable.Range(0, 9).Select(step => (50 + 5 * step) / 100.0)];

    /// <param name="referenceFolder">the truth</param>
    /// <param name="labelsFolder">what is measured</param>
    /// <param name="cancel">asked between images</param>
    /// <exception cref="BioDLException">A folder or a partner is missing, an image is unreadable, or a pair differs in size.</exception>
    internal static FolderComparison Of(string referenceFolder, string labelsFolder, CancellationToken cancel)
    {
        SortedDictionary<string, string> references = Files(referenceFolder), labels = Files(labelsFolder);
        foreach ((string name, string path) in references)
            RequirePartner(labels.ContainsKey(name), path, labelsFolder);
        foreach ((string name, string path) in labels)
            RequirePartner(references.ContainsKey(name), path, referenceFolder);
        string[] names = [.. references.Keys];
        var scores = new ImageScore[names.Length];
        try
        {
            Parallel.For(0, names.Length, new ParallelOptions { CancellationToken = cancel },
                i => scores[i] = Compare(names[i], references[names[i]], labels[names[i]]));
        }
        catch (AggregateException error)
        {
            throw error.InnerExceptions.OfType<BioDLException>().FirstOrDefault() ?? error.InnerExceptions[0];
        }
        catch (OperationCanceledException error)
        {
            throw new BioDLException(Status.Cancelled, "the comparison was cancelled", cause: error);
        }
        return new FolderComparison(scores);
    }

    /// <summary>The mean over images of a measure at threshold number <paramref name="threshold"/>.</summary>
    internal double Mean(int threshold, Func<MatchCounts, double> measure) => Images.Average(image => measure(image.Counts[threshold]));

    /// <summary>All objects of the set together.</summary>
    internal MatchCounts Pooled(int threshold) => Images.Aggregate(default(MatchCounts), (sum, image) => sum + image.Counts[threshold]);

    private static ImageScore Compare(string name, string referencePath, string labelsPath)
    {
        List<LabelPlane> references = LabelImage.Read(referencePath), labels = LabelImage.Read(labelsPath);
        if (references.Count != labels.Count)
            throw Different(labelsPath, $"{labels.Count} pages", referencePath, $"{references.Count}");
        var counts = new MatchCounts[Thresholds.Length];
        for (int plane = 0; plane < references.Count; plane++)
        {
            LabelPlane a = references[plane], b = labels[plane];
            if (a.Height != b.Height || a.Width != b.Width)
                throw Different(labelsPath, $"{b.Width} x {b.Height} pixels", referencePath, $"{a.Width} x {a.Height}");
            LabelMatching matching = LabelMatching.Of(a, b);
            for (int i = 0; i < counts.Length; i++)
                counts[i] += matching.At(Thresholds[i]);
        }
        return new ImageScore(name, counts);
    }

    private static SortedDictionary<string, string> Files(string folder)
    {
        if (!Directory.Exists(folder))
            throw new BioDLException(Status.NotFound, $"{folder}: there is no such folder", "Name a folder of label TIFFs.");
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            bool tiff = Path.GetExtension(path).ToLowerInvariant() is ".tif" or ".tiff";
            if (tiff && !Path.GetFileName(path).StartsWith('.') && !files.TryAdd(Path.GetFileNameWithoutExtension(path), path))
                throw new BioDLException(Status.InvalidArgument,
                    $"{path} and {files[Path.GetFileNameWithoutExtension(path)]} have the same name",
                    "Keep one of them.");
        }
        if (files.Count == 0)
            throw new BioDLException(Status.NotFound, $"{folder} holds no TIFF files", "Name a folder of label TIFFs.");
        return files;
    }

    private static void RequirePartner(bool found, string path, string folder)
    {
        if (!found)
            throw new BioDLException(Status.NotFound, $"{path} has no partner of the same name in {folder}",
                "Both folders must hold the same file names; move aside what is not to be compared.");
    }

    private static BioDLException Different(string path, string size, string otherPath, string otherSize) =>
        new(Status.InvalidArgument, $"{path} has {size}, {otherPath} has {otherSize}", "Compare images of the same size.");
}
