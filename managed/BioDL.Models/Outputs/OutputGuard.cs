using System.Text;
using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Models.Outputs;

/// <summary>
/// What a program reads and what it will write, settled before it runs: no result replaces an input, by whatever name, nor another result,
/// nor, unless that was asked for, anything that is there already but an earlier result that nobody has touched since
/// (<see cref="OutputLedger"/>).
/// </summary>
/// <param name="overwrite">files that are there and no inputs may be replaced</param>
public sealed class OutputGuard(bool overwrite)
{
    /// <summary>Of a name in bytes, on the file systems in use.</summary>
    private const int LongestName = 255;
    private readonly HashSet<string> _inputs = [];
    private readonly HashSet<string> _inputFolders = [];
    private readonly Dictionary<string, string> _results = [];

    /// <summary>All of it at once.</summary>
    /// <param name="outputs">that will be written</param>
    /// <param name="inputs">that are read</param>
    /// <param name="overwrite">as for the guard</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: one must not be written.</exception>
    public static void Check(IEnumerable<string> outputs, IEnumerable<string> inputs, bool overwrite)
    {
        var guard = new OutputGuard(overwrite);
        foreach (string input in inputs)
            guard.Reads(input);
        foreach (string output in outputs)
            guard.Writes(output, output);
    }

    /// <summary>
    /// A file that is read, or a folder of which any file may be read; it need not exist. All inputs come before the first result.
    /// </summary>
    public void Reads(string path)
    {
        string identity = FileIdentity.Of(path);
        _inputs.Add(identity);
        if (Directory.Exists(path))
            _inputFolders.Add(identity);
    }

    /// <summary>The place of a result that another program writes, or that is there: no other result may have it.</summary>
    /// <param name="path">of it</param>
    /// <param name="from">what it is made from, for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: it must not be written.</exception>
    public void Keeps(string path, string from)
    {
        string identity = FileIdentity.Of(path);
        if (_inputs.Contains(identity))
            throw Refused($"{path} would overwrite an input", AnotherPlace);
        if (_results.TryGetValue(identity, out string? other))
            throw Refused($"{other} and {from} would both become {path}", "Give them different names or folders.");
        _results.Add(identity, from);
        if (Encoding.UTF8.GetByteCount(Path.GetFileName(path)) > LongestName)
            throw Refused($"{path} has a name of more than {LongestName} bytes", "Name another file.");
    }

    /// <summary>A file that will be written.</summary>
    /// <param name="path">of it</param>
    /// <param name="from">what it is made from, for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: it must not be written.</exception>
    public void Writes(string path, string from)
    {
        Keeps(path, from);
        switch (FileFacts.Of(path)?.Kind)
        {
            case null:
                return;
            case FileKind.Folder:
                throw Refused($"{path} is a folder", "Name another file.");
            case FileKind.Regular when OutputLedger.Default.Holds(path):
                return;
            case FileKind.Regular or FileKind.DeadLink when overwrite && !IsInInputFolder(path):
                return;
            case FileKind.Regular or FileKind.DeadLink when overwrite:
                throw Refused($"{path} would overwrite a file of an input folder", AnotherPlace);
            case FileKind.Regular or FileKind.DeadLink:
                throw IsThere(path);
            default:
                throw Refused($"{path} is no file that can be replaced", "Name another file.");
        }
    }

    /// <summary>The refusal of what is there.</summary>
    internal static BioDLException IsThere(string path) =>
        Refused($"{path} is there already", "Name another file or folder, or allow to replace it (--overwrite, overwrite=true).");

    private const string AnotherPlace = "Name another file or folder.";

    private bool IsInInputFolder(string path)
    {
        for (string? folder = Path.GetDirectoryName(Path.GetFullPath(path)); _inputFolders.Count > 0 && folder is not null;
            folder = Path.GetDirectoryName(folder))
        {
            if (_inputFolders.Contains(FileIdentity.Of(folder)))
                return true;
        }
        return false;
    }

    private static BioDLException Refused(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
