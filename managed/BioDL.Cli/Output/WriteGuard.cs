using System.Text;
using BioDL.Cli.Shell;

namespace BioDL.Cli.Output;

/// <summary>
/// What a verb reads and what it will write, settled before the first file is opened: no result replaces an input, by whatever name, nor
/// another result, nor, unless that was asked for, anything that is there already.
/// </summary>
/// <param name="overwrite">files that are there and no inputs may be replaced</param>
internal sealed class WriteGuard(bool overwrite)
{
    /// <summary>Of a name in bytes, on the file systems in use.</summary>
    private const int LongestName = 255;
    private readonly HashSet<string> _inputs = [];
    private readonly Dictionary<string, string> _results = [];

    /// <summary>A file that is read; it need not exist. All inputs come before the first result.</summary>
    internal void Reads(string path) => _inputs.Add(FileIdentity.Of(path));

    /// <summary>A file that will be written.</summary>
    /// <param name="option">that asks for it, for messages</param>
    /// <param name="path">of it</param>
    /// <param name="from">what it is made from, for messages</param>
    /// <exception cref="UsageException">It must not be written; the message names the option and the file.</exception>
    internal void Writes(string option, string path, string from)
    {
        string identity = FileIdentity.Of(path);
        if (_inputs.Contains(identity))
            throw new UsageException($"{option}: {path} would overwrite an input: name another file or folder");
        if (_results.TryGetValue(identity, out string? other))
            throw new UsageException($"{option}: {other} and {from} would both become {path}: give them different names or folders");
        _results.Add(identity, from);
        if (Encoding.UTF8.GetByteCount(Path.GetFileName(path)) > LongestName)
            throw new UsageException($"{option}: {path} has a name of more than {LongestName} bytes: name another file");
        if (Directory.Exists(path))
            throw new UsageException($"{option}: {path} is a folder: name another file");
        if (!overwrite && IsThere(path))
            throw new UsageException($"{option}: {path} is there already: name another file or folder, or add --overwrite");
    }

    // A link that leads nowhere is there, too.
    private static bool IsThere(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
