using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>A model that is part of this library.</summary>
internal sealed class EmbeddedFiles(string name) : IModelFiles
{
    public const string Prefix = "builtin:";

    public string Source => Prefix + name;

    public string? Folder => null;

    /// <summary>Names of all built-in models.</summary>
    public static IEnumerable<string> Names => typeof(EmbeddedFiles).Assembly.GetManifestResourceNames()
        .Select(resource => resource.Split('/')).Where(parts => parts is ["builtin", _, _]).Select(parts => parts[1]).Distinct();

    /// <summary>A built-in model has files and no folders.</summary>
    IReadOnlyList<string> IModelFiles.Names => [.. typeof(EmbeddedFiles).Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Resource(""), StringComparison.Ordinal)).Select(resource => resource[Resource("").Length..])
        .Order(StringComparer.Ordinal)];

    public bool Exists(string file) => typeof(EmbeddedFiles).Assembly.GetManifestResourceInfo(Resource(file)) is not null;

    public byte[] Read(string file, long limit)
    {
        using Stream stream = typeof(EmbeddedFiles).Assembly.GetManifestResourceStream(Resource(file))
            ?? throw new BioDLException(Status.NotFound, $"There is no built-in model \"{name}\".",
                $"Built in: {string.Join(", ", Names)}.");
        if (stream.Length > limit)
            throw FolderFiles.TooLarge(Source, stream.Length, limit);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    public IModelFiles Inner(string file) => ZipFiles.Of(Read(file, SafeZip.MaximumLength), $"{file} in {Source}");

    private string Resource(string file) => $"builtin/{name}/{file}";
}
