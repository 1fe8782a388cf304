using BioDL.Core;
using BioDL.Models.Cache;

namespace BioDL.Cli.Journals;

/// <summary>
/// What was done in a folder of results: a text of one JSON object a line, that programs on any machine add to at its end. A line that was
/// cut off by the end of its program is no line, and the next one begins anew. Each part of a job array has a text of its own, since not
/// every file system of a cluster locks files for several machines; read are all of them.
/// </summary>
internal sealed class Journal
{
    private const string Stem = "biodl-journal", Extension = ".jsonl";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly string _path;

    /// <param name="folder">of the results; need not be there</param>
    /// <param name="part">of the images, such as "3-of-16"; null: all</param>
    internal Journal(string folder, string? part) =>
        (_folder, _path) = (folder, Path.Combine(folder, part is null ? Stem + Extension : $"{Stem}.{part}{Extension}"));

    /// <summary>The last word on each first file that was made.</summary>
    internal Dictionary<string, JournalEntry> Read()
    {
        var entries = new Dictionary<string, JournalEntry>();
        if (!Directory.Exists(_folder))
            return entries;
        foreach (string text in Directory.EnumerateFiles(_folder, $"{Stem}*{Extension}"))
            foreach (string line in Lines(text))
                if (JournalEntry.Parse(line) is { Wrote: [var first, ..] } entry && !IsOlder(entry, entries.GetValueOrDefault(first.Path)))
                    entries[first.Path] = entry;
        return entries;
    }

    /// <exception cref="BioDLException"><see cref="Status.Io"/>: it cannot be written, or another program holds it for ever.</exception>
    internal void Add(string line)
    {
        try
        {
            using FileLock text = FileLock.Take(_path, Patience) ?? throw new IOException("another program holds it");
            text.AppendLine(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{_path} cannot be written: {error.Message}",
                "The results are there; without the journal they would be made again.", error);
        }
    }

    // Of lines in several texts, the one whose file was written later.
    private static bool IsOlder(JournalEntry entry, JournalEntry? other) => other is not null
        && entry.Wrote[0].Written < other.Wrote[0].Written;

    private static IEnumerable<string> Lines(string path)
    {
        // Others may add to it meanwhile.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line)
            yield return line;
    }
}
