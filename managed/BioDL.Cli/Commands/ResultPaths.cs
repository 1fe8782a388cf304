using BioDL.Cli.Shell;

namespace BioDL.Cli.Commands;

/// <summary>Where the results of images go, settled before the first one is opened: nothing is overwritten that is needed.</summary>
internal static class ResultPaths
{
    private static readonly string[] Extensions = [".tif", ".tiff"];

    /// <summary>One path for each image and output that is wanted.</summary>
    /// <param name="request">images, and a .tif or a folder</param>
    /// <param name="outputs">names of the outputs; a single one is not named in the file's name</param>
    /// <exception cref="UsageException">One file for several images, two results of one name, one that would replace an input, or one that is there.</exception>
    internal static IReadOnlyList<IReadOnlyList<string>> Of(PredictRequest request, IReadOnlyList<string> outputs)
    {
        string to = request.Out!;
        bool file = !Directory.Exists(to) && !Path.EndsInDirectorySeparator(to) && Extensions.Contains(Path.GetExtension(to).ToLowerInvariant());
        if (file && request.Images.Count > 1)
            throw new UsageException($"--out {to} is one file, but there are {request.Images.Count} images: name a folder");
        string[][] paths = [.. request.Images.Select(image => outputs.Select(output => Target(file ? to : Path.Combine(to, Path.GetFileNameWithoutExtension(image) + ".tif"),
            outputs.Count == 1 ? "" : output)).ToArray())];
        Check(request, request.Images, paths.Zip(request.Images).SelectMany(pair => pair.First.Select(path => (path, pair.Second))));
        return paths;
    }

    /// <exception cref="UsageException">Two results of one name, one that would replace an input, or one that is there.</exception>
    internal static void Check(PredictRequest request, IEnumerable<string> inputs, IEnumerable<(string Path, string From)> results)
    {
        var needed = new HashSet<string>(inputs.Select(OutputPlan.Real), OutputPlan.Paths);
        var from = new Dictionary<string, string>(OutputPlan.Paths);
        foreach ((string path, string source) in results)
        {
            if (needed.Contains(OutputPlan.Real(path)))
                throw new UsageException($"{path} would overwrite an input: name another file or folder");
            if (!from.TryAdd(Path.GetFullPath(path), source))
                throw new UsageException($"{from[Path.GetFullPath(path)]} and {source} would both become {path}: give them different names or folders");
            if (!request.Overwrite && File.Exists(path))
                throw new UsageException($"{path} is there already: name another file or folder, or add --overwrite");
        }
    }

    private static string Target(string path, string output) => output.Length == 0 ? path
        : Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}_{Safe(output)}{Path.GetExtension(path)}");

    // Names of tensors come from model files, which may be anybody's.
    private static string Safe(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')).Trim('.');
}
