using BioDL.Cli.Shell;

namespace BioDL.Cli.Commands;

/// <summary>Where the results of one image go.</summary>
internal sealed record ImageTargets(string Image, string Labels, string? Objects, string? Rois)
{
    internal IEnumerable<string> Outputs => new[] { Labels, Objects, Rois }.OfType<string>();
}

/// <summary>Which file becomes which, settled before the first image is opened: nothing is overwritten that is needed.</summary>
/// <param name="Images">in the order given</param>
/// <param name="Table">one table for all images; null: a table an image, or none</param>
internal sealed record OutputPlan(IReadOnlyList<ImageTargets> Images, string? Table)
{
    internal static readonly StringComparer Paths = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <exception cref="UsageException">Options that do not go together, two results of one name, or a result that would replace an input.</exception>
    internal static OutputPlan Of(string[] images, string labels, string? objects, string? rois)
    {
        bool oneTable = objects is not null && IsFile(objects, ".csv");
        ImageTargets[] targets =
        [
            .. images.Select(image => new ImageTargets(image, Target("--labels", labels, image, images.Length, ".tif", ".tiff"),
                objects is null || oneTable ? null : Target("--objects", objects, image, images.Length, ".csv"),
                rois is null ? null : Target("--rois", rois, image, images.Length, ".zip"))),
        ];
        var plan = new OutputPlan(targets, oneTable ? objects : null);
        plan.Check();
        return plan;
    }

    private static string Target(string option, string path, string image, int images, params string[] extensions)
    {
        if (!IsFile(path, extensions))
            return Path.Combine(path, Path.GetFileNameWithoutExtension(image) + extensions[0]);
        return images == 1 ? path : throw new UsageException($"{option} {path} is one file, but there are {images} images: name a folder");
    }

    private static bool IsFile(string path, params string[] extensions) =>
        !Directory.Exists(path) && !Path.EndsInDirectorySeparator(path) && extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    private void Check()
    {
        var inputs = new HashSet<string>(Images.Select(target => Real(target.Image)), Paths);
        var from = new Dictionary<string, string>(Paths);
        foreach (ImageTargets target in Images)
        {
            foreach (string output in target.Outputs)
            {
                if (inputs.Contains(Real(output)))
                    throw new UsageException($"{output} would overwrite an input image: name another file or folder");
                if (!from.TryAdd(Path.GetFullPath(output), target.Image))
                    throw new UsageException($"{from[Path.GetFullPath(output)]} and {target.Image} would both become {output}: give them different names or folders");
            }
        }
        if (Table is not null && (inputs.Contains(Real(Table)) || from.ContainsKey(Path.GetFullPath(Table))))
            throw new UsageException($"--objects {Table} names a file that is an input or another result");
    }

    // Two names of one file are one file.
    internal static string Real(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full; // it does not exist, or cannot be asked: opening it will say so
        }
    }
}
