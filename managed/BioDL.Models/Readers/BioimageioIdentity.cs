using BioDL.Models.Descriptions;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>What a bioimage.io description says of a model besides its tensors.</summary>
internal static class BioimageioIdentity
{
    public static ModelDescription Of(YamlNode root, string version, DescriptionErrors errors)
    {
        string name = Said(root.Get("name")) ?? "";
        string[] tags = [.. root.Get("tags").Items().Select(tag => tag.Text() ?? "").Where(tag => tag.Length > 0)];
        return new ModelDescription
        {
            Id = Said(root.Get("config", "bioimageio", "nickname")) ?? Said(root.Get("id")) ?? "",
            Name = name, Description = Said(root.Get("description")) ?? "", Source = errors.Source,
            Version = Said(root.Get("version")) ?? Said(root.Get("version_number")) ?? "",
            Licence = Said(root.Get("license")) ?? Said(root.Get("license", "source")) ?? "",
            Citation = string.Join('\n', root.Get("cite").Items().Select(Cite).Where(line => line.Length > 0)),
            Format = version.Length > 0 ? $"bioimage.io {version}" : "bioimage.io",
            Tags = tags, Task = TaskNames.Of(tags, name), MadeFor = MadeForReader.Of(root, tags, errors),
            Covers = [.. root.Get("covers").Items().Select(cover => Said(cover) ?? Said(cover.Get("source")) ?? "")
                .Where(cover => cover.Length > 0)],
        };
    }

    private static string Cite(YamlNode entry) =>
        string.Join(", ", new[] { Said(entry.Get("text")),
            Said(entry.Get("doi")) ?? Said(entry.Get("url")) }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>YAML's null is written as a word.</summary>
    private static string? Said(YamlNode? node) => node.Text() is { Length: > 0 } text && text is not ("null" or "~") ? text.Trim() : null;
}
