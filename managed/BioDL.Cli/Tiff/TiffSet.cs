using BioDL.Core;

namespace BioDL.Cli.Tiff;

/// <summary>The TIFF file that was named, and those beside it that hold more of the same image.</summary>
internal sealed class TiffSet : IDisposable
{
    private readonly List<TiffFile> _files = [];
    private readonly Dictionary<string, int> _numbers = [];

    /// <param name="path">of the file that was named</param>
    /// <exception cref="BioDLException">No such file, not a TIFF, or damaged.</exception>
    internal TiffSet(string path)
    {
        _files.Add(TiffFile.Read(path));
        _numbers[Path.GetFileName(path)] = 0;
    }

    /// <summary>The first is the one that was named.</summary>
    internal IReadOnlyList<TiffFile> Files => _files;

    internal TiffFile Named => _files[0];

    internal TiffPage Page(PagePlace place) => _files[place.File].Pages[place.Page];

    /// <summary>Open a file in the same folder.</summary>
    /// <param name="name">of it; a path is not followed</param>
    /// <param name="uuid">that it has if it is OME-TIFF; "" when that is not known</param>
    /// <returns>its number</returns>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>: it is not there; the message names it.</exception>
    internal int Beside(string name, string uuid)
    {
        string plain = Plain(name);
        if (_numbers.TryGetValue(plain, out int number))
            return number;
        string path = Besides(plain);
        if (!File.Exists(path))
        {
            throw new BioDLException(Status.NotFound, $"{Named.Path}: a part of the image is in {plain}, which is not beside it",
                "Copy all files of the set into one folder under their own names, or export the image as one file.");
        }
        TiffFile file = TiffFile.Read(path);
        _files.Add(file);
        RequireUuid(file, uuid);
        return _numbers[plain] = _files.Count - 1;
    }

    /// <summary>The path of a file in the same folder, there or not.</summary>
    internal string Besides(string name) => Path.Combine(Path.GetDirectoryName(Named.Path) ?? "", Plain(name));

    public void Dispose() => _files.ForEach(file => file.Dispose());

    // Descriptions come from anywhere: they lead to no other folder.
    private static string Plain(string name) => Path.GetFileName(name.Replace('\\', '/'));

    private void RequireUuid(TiffFile file, string uuid)
    {
        if (uuid.Length == 0 || OmeSource.Parse(file.Description, []) is not { Uuid.Length: > 0 } other || other.Uuid == uuid)
            return;
        throw new BioDLException(Status.Io, $"{file.Path} is not the file that {Named.Path} speaks of: it is {other.Uuid}, not {uuid}",
            "Give the files of the set their own names again.");
    }
}
