using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>
/// Where the parts of a model without a bioimage.io description lie. All layouts that exporters and users make of them are known.
/// </summary>
/// <param name="Weights">the network; its file is one of <paramref name="WeightsFiles"/></param>
/// <param name="WeightsFiles">the package, or a zip file in it</param>
/// <param name="Package">the package</param>
/// <param name="Name">what users know the model by</param>
internal sealed record CsbDeepLayout(WeightsDraft Weights, IModelFiles WeightsFiles, IModelFiles Package, string Name)
{
    public const string SavedModel = "saved_model.pb";
    private const string ExportedZip = "TF_SavedModel.zip";
    private static readonly string[] Telling = [CsbDeepMetadata.Config, CsbDeepMetadata.Meta, CsbDeepMetadata.Thresholds, SavedModel];

    public static CsbDeepLayout? Of(ModelLocation location)
    {
        IModelFiles files = location.Files;
        string? chosen = location.Chosen;
        bool fits = chosen is null || Telling.Contains(chosen) || BareOnnxReader.IsOnnx(chosen) || IsGraph(chosen) || IsZip(chosen)
            || chosen.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (!fits || files is EmbeddedFiles)
            return null;
        string name = NameOf(files, chosen);
        foreach (string file in Candidates(files, chosen))
        {
            if (BareOnnxReader.IsOnnx(file))
                return new CsbDeepLayout(new WeightsDraft(WeightsDraft.Onnx, file), files, files, name);
            if (!IsZip(file))
                return new CsbDeepLayout(new WeightsDraft(file.EndsWith(SavedModel, StringComparison.Ordinal) ? WeightsDraft.SavedModel
                    : WeightsDraft.FrozenGraph, file), files, files, name);
            IModelFiles inner = files.Inner(file);
            if (SavedModelIn(inner) is { } graph && !DescriptionFinder.Describes(inner))
                return new CsbDeepLayout(new WeightsDraft(WeightsDraft.SavedModel, graph), inner, files, name);
        }
        return null;
    }

    /// <summary>
    /// A zip file that was chosen and holds a network alone, in a folder that describes it: then the folder is the model. Only under the
    /// name that
    /// exporters give such a file, or as the only one there, so that a folder of downloads describes nothing.
    /// </summary>
    public static ModelLocation WithMetadataBeside(ModelLocation location)
    {
        string path = location.Files.Source;
        if (location.Files.Folder is not null || !IsZip(path) || !File.Exists(path) || DescriptionFinder.Describes(location.Files)
            || SavedModelIn(location.Files) is null)
            return location;
        var folder = new FolderFiles(Path.GetDirectoryName(path)!, path);
        string name = Path.GetFileName(path);
        bool own = name == ExportedZip || folder.Names.Count(file => !file.Contains('/') && IsZip(file)) == 1;
        return own && (DescriptionFinder.Describes(folder) || folder.Exists(CsbDeepMetadata.Config))
            ? new ModelLocation(folder, name) : location;
    }

    /// <summary>What the JSON files say: those of the package first, then those beside the network, then those in its zip file.</summary>
    public CsbDeepMetadata Metadata(DescriptionErrors errors)
    {
        var metadata = new CsbDeepMetadata();
        string beside = Weights.File[..(Weights.File.LastIndexOf('/') + 1)], named = Path.ChangeExtension(Weights.File, ".json");
        foreach (var (files, folder) in new[] { (Package, ""), (WeightsFiles, beside), (WeightsFiles, "") }.Distinct())
        {
            foreach (string name in (string[])[CsbDeepMetadata.Config, CsbDeepMetadata.Meta, CsbDeepMetadata.Thresholds])
                metadata = metadata.With(files, folder + name, errors);
        }
        return metadata.With(WeightsFiles, named, errors);
    }

    /// <summary>A SavedModel at the top, or in the only folder that has one.</summary>
    public static string? SavedModelIn(IModelFiles files)
    {
        if (files.Exists(SavedModel))
            return SavedModel;
        string[] deeper = [.. files.Names.Where(name => name.EndsWith("/" + SavedModel, StringComparison.Ordinal))];
        return deeper.Length == 1 ? deeper[0] : null;
    }

    private static IEnumerable<string> Candidates(IModelFiles files, string? chosen)
    {
        bool Top(string name) => !name.Contains('/');
        if (chosen is not null && !chosen.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return [chosen];
        var found = new List<string>();
        if (files.Exists(BareOnnxReader.Usual))
            found.Add(BareOnnxReader.Usual);
        if (SavedModelIn(files) is { } graph)
            found.Add(graph);
        // More than a few are a folder of models, not a model.
        string[] zips = [.. files.Names.Where(name => Top(name) && IsZip(name))],
            graphs = [.. files.Names.Where(name => Top(name) && IsGraph(name) && name != SavedModel)];
        if (zips.Length == 1 || zips.Contains(ExportedZip))
            found.Add(zips.Contains(ExportedZip) ? ExportedZip : zips[0]);
        if (graphs.Length == 1)
            found.Add(graphs[0]);
        return found;
    }

    private static string NameOf(IModelFiles files, string? chosen)
    {
        string path = files.Folder ?? files.Source;
        string name = Path.GetFileNameWithoutExtension(path.TrimEnd('/', '\\'));
        return files.Folder is not null ? Path.GetFileName(path.TrimEnd('/', '\\')) : name.Length > 0 ? name : chosen ?? "";
    }

    private static bool IsZip(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool IsGraph(string name) => name.EndsWith(".pb", StringComparison.OrdinalIgnoreCase);
}
