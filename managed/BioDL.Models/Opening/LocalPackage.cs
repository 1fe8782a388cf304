using BioDL.Core;
using BioDL.Graphs;
using BioDL.Graphs.Files;
using BioDL.Models.Files;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>What belongs to a model on this machine, whatever names it: a zip, a folder, or a file.</summary>
/// <param name="Files">where the files are</param>
/// <param name="Names">which of them belong to it</param>
/// <param name="Open">the file to open; "" for all together</param>
/// <param name="Title">what its file or folder is called, without its ending</param>
internal sealed record LocalPackage(IModelFiles Files, IReadOnlyList<string> Names, string Open, string Title)
{
    private const long GraphLimit = int.MaxValue - 64;

    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>, <see cref="Status.Io"/>,
    /// <see cref="Status.ModelInvalid"/></exception>
    public static LocalPackage Of(string path)
    {
        ModelLocation location = ModelFinder.Find(path);
        IModelFiles files = location.Files;
        string title = TitleOf(path);
        if (location.Chosen is not { } chosen)
            return files.Names.Count > 0 ? new LocalPackage(files, files.Names, "", title) : throw Empty(path);
        return new LocalPackage(files, Together(files, chosen), chosen, title);
    }

    /// <summary>The name of a path or URL for people: its last part, without an ending such as ".bioimage.io.zip".</summary>
    public static string TitleOf(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        foreach (string ending in new[] { ".zip", ".bioimage.io", ".onnx", ".pt", ".pb", ".yaml", ".yml", ".json" })
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                name = name[..^ending.Length];
        }
        return name;
    }

    /// <summary>The files that one file of a folder needs. The folder may hold much else.</summary>
    private static IReadOnlyList<string> Together(IModelFiles files, string chosen)
    {
        switch (Path.GetExtension(chosen).ToLowerInvariant())
        {
            case ".onnx":
                OnnxGraph graph = OnnxReader.Read(files.Read(chosen, GraphLimit), $"{chosen} of {files.Source}");
                return [chosen, .. graph.ExternalFiles.Where(files.Exists).Where(name => name != chosen).Distinct()];
            case ".pt" or ".pth" or ".torchscript":
                return [chosen];
            case ".pb" when !Path.GetFileName(chosen).Equals("saved_model.pb", StringComparison.OrdinalIgnoreCase):
                return [chosen, .. files.Names.Where(name => !name.Contains('/') && name.EndsWith(".json",
                    StringComparison.OrdinalIgnoreCase))];
            case ".yaml" or ".yml":
                byte[] text = files.Read(chosen, DescriptionFiles.Limit);
                IEnumerable<string> named = DescriptionFiles.Of(text, $"{chosen} of {files.Source}").Select(file => file.Source);
                return [chosen, .. named.Where(files.Exists).Where(name => name != chosen).Distinct()];
            default:
                return files.Names;
        }
    }

    private static BioDLException Empty(string path) =>
        new(Status.NotFound, $"There is no file in {path}.", "Give a model's folder or file.");
}
