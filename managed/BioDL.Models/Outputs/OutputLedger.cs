using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using BioDL.Models.Cache;
using BioDL.Models.Files;

namespace BioDL.Models.Outputs;

/// <summary>
/// Which files are results of ours that nobody has touched since: those may be replaced when a run is repeated, since nothing is lost that
/// cannot be computed again. A line a file, "identity size written changed path", at the end of a text in the cache; the last line of a
/// path counts. A file that was written, replaced, renamed, linked or locked against writing is another file than the line says. A line
/// before the file is moved to its place has * for when it was changed: a program that is ended between the two leaves a result of ours.
/// Where the cache cannot be written or read nothing is known, and nothing is replaced without being asked.
/// </summary>
public sealed class OutputLedger
{
    private const string Moving = "*";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, OutputLedger> Opened = new();
    private readonly CacheFolder _cache;
    private readonly long _limit;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _known = [], _announced = [];
    private string? _text;
    private long _read;

    /// <param name="folder">of the cache</param>
    /// <param name="limit">bytes of the text; older lines are kept in a second text of that size, then forgotten</param>
    internal OutputLedger(string folder, long limit = 4 << 20) => (_cache, _limit) = (new CacheFolder(folder), limit);

    /// <summary>That of this user.</summary>
    public static OutputLedger Default => Opened.GetOrAdd(CacheFolder.OfUser(), folder => new OutputLedger(folder));

    private string Newer => Path.Combine(_cache.Results, "written.txt");

    private string Older => Path.Combine(_cache.Results, "written.old.txt");

    /// <summary>Whether a file is as it was when it was noted.</summary>
    public bool Holds(string path)
    {
        lock (_lock)
        {
            return Line(path) is { } line && Alone(Read)
                && (_known.GetValueOrDefault(KeyOf(line)) == line || _announced.GetValueOrDefault(KeyOf(line)) == Line(path, path));
        }
    }

    /// <summary>Note that a file that was just written is about to be moved to its place.</summary>
    public void Announce(string written, string path) => Add(written, () => Line(written, path));

    /// <summary>Note a file that was just written and is in its place.</summary>
    public void Note(string path) => Add(path, () => Line(path));

    private void Add(string file, Func<string?> told)
    {
        lock (_lock)
        {
            Alone(() =>
            {
                // The clock of file systems ticks slowly, and a change within a tick would show nowhere; this time no later write gives.
                File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
                if (told() is { } line)
                    Append($"\n{line}");
            });
        }
    }

    /// <summary>What is known of a file in one line; null where it is no plain file, or its name has no place in a line.</summary>
    private static string? Line(string path) => Line(path, path, facts => facts.Changed.ToString(CultureInfo.InvariantCulture));

    /// <summary>The same of a file that gets a place, by a move that changes it.</summary>
    private static string? Line(string written, string path) => Line(written, path, _ => Moving);

    private static string? Line(string written, string path, Func<FileFacts, string> changed)
    {
        string full = Path.GetFullPath(path), name = Path.GetFileName(full);
        if (FileFacts.Of(written) is not { Kind: FileKind.Regular } facts || name.Any(char.IsControl))
            return null;
        string folder = FileIdentity.Of(Path.GetDirectoryName(full)!);
        return string.Create(CultureInfo.InvariantCulture,
            $"{facts.Identity ?? "-"} {facts.Size} {facts.Written} {changed(facts)} {folder}/{name}");
    }

    private static string KeyOf(string line) => line.Split(' ', 5)[^1];

    /// <returns>false where the cache cannot be used</returns>
    private bool Alone(Action work)
    {
        try
        {
            using FileLock? alone = FileLock.Take(Path.Combine(_cache.Locks, "results"), Patience);
            if (alone is not null)
                work();
            return alone is not null;
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            return false;
        }
    }

    /// <summary>What was added since the last time, by whichever process.</summary>
    private void Read()
    {
        FileFacts? text = FileFacts.Of(Newer);
        if (_read == 0 || text?.Identity != _text || text?.Size < _read)
        {
            (_text, _read) = (text?.Identity, 0);
            _known.Clear();
            _announced.Clear();
            Learn(Older, 0);
        }
        _read = Learn(Newer, _read);
    }

    private long Learn(string text, long from)
    {
        if (!File.Exists(text))
            return from;
        using FileStream stream = File.OpenRead(text);
        stream.Position = from;
        using var lines = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0)
                continue;
            string key = KeyOf(line);
            _announced.Remove(key);
            (line.EndsWith($" {Moving} {key}", StringComparison.Ordinal) ? _announced : _known)[key] = line;
        }
        return stream.Position;
    }

    private void Append(string line)
    {
        Directory.CreateDirectory(_cache.Results);
        if (File.Exists(Newer) && new FileInfo(Newer).Length >= _limit)
            File.Move(Newer, Older, overwrite: true);
        using var stream = new FileStream(Newer, FileMode.Append);
        stream.Write(Encoding.UTF8.GetBytes(line));
    }
}
