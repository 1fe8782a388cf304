using System.Text.Json;
using BioDL.Models.Files;

namespace BioDL.Cli.Journals;

/// <summary>A file as it was at some time: two states that are equal are taken for the same content, as make and rsync take them.</summary>
/// <param name="Path">full</param>
/// <param name="Size">bytes</param>
/// <param name="Written">when its content was last written, in nanoseconds</param>
internal readonly record struct FileState(string Path, long Size, long Written)
{
    /// <summary>Whether the file is still as it was.</summary>
    internal bool Holds => Of(Path) == this;

    /// <returns>null when it is no file, or not there</returns>
    internal static FileState? Of(string path) => FileFacts.Of(path) is { Kind: FileKind.Regular } facts
        ? new FileState(System.IO.Path.GetFullPath(path), facts.Size, facts.Written) : null;

    /// <summary>Of a file, or of all files of a folder and the folders in it, in the order of their names.</summary>
    internal static IEnumerable<FileState> All(string path) => !Directory.Exists(path) ? new[] { Of(path) }.OfType<FileState>()
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Of).OfType<FileState>();

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("path", Path);
        json.WriteNumber("bytes", Size);
        json.WriteNumber("written", Written);
        json.WriteEndObject();
    }

    /// <exception cref="KeyNotFoundException">It is none.</exception>
    internal static FileState Read(JsonElement json) => new(
        json.GetProperty("path").GetString() ?? "", json.GetProperty("bytes").GetInt64(), json.GetProperty("written").GetInt64());
}
