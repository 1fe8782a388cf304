using BioDL.Cli.Pictures;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Cli.Training;

/// <summary>Many image files of which few are open at a time: a training set has more files than a process may hold open.</summary>
internal sealed class ImageFolder : IDisposable
{
    private const int MostOpen = 8;

    private readonly LinkedList<(string Path, ImageFile File)> _open = new();

    /// <summary>A view that opens its file when a plane is asked for.</summary>
    /// <exception cref="Core.BioDLException">As <see cref="ImageFiles.Open"/>.</exception>
    internal (ImageView View, ImageFile About) View(string path)
    {
        ImageFile file = Open(path);
        return (file.View with { Planes = new Planes(this, path) }, file);
    }

    public void Dispose()
    {
        foreach ((_, ImageFile file) in _open)
            file.Dispose();
        _open.Clear();
    }

    private ImageFile Open(string path)
    {
        for (var node = _open.First; node is not null; node = node.Next)
        {
            if (node.Value.Path != path)
                continue;
            _open.Remove(node);
            _open.AddFirst(node);
            return node.Value.File;
        }
        ImageFile file = ImageFiles.Open(path);
        _open.AddFirst((path, file));
        if (_open.Count > MostOpen)
        {
            _open.Last!.Value.File.Dispose();
            _open.RemoveLast();
        }
        return file;
    }

    // Planes are locked one at a time, so the file of a locked plane is the one that was opened last.
    private sealed unsafe class Planes(ImageFolder folder, string path) : IPlanes
    {
        public byte* Lock(long plane) => folder.Open(path).View.Planes.Lock(plane);

        public void Unlock(long plane, byte* start, bool written) => folder.Open(path).View.Planes.Unlock(plane, start, written);
    }
}
