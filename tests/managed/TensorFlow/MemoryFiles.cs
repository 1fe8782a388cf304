using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Tests.TensorFlow;

/// <summary>Files of a model that a test has made or damaged.</summary>
internal sealed class MemoryFiles(params (string Name, byte[] Bytes)[] files) : IModelFiles
{
    private readonly SortedDictionary<string, byte[]> _files =
        new(files.ToDictionary(file => file.Name, file => file.Bytes), StringComparer.Ordinal);

    public string Source => "memory";

    public string? Folder => null;

    public IReadOnlyList<string> Names => [.. _files.Keys];

    public bool Exists(string name) => _files.ContainsKey(name);

    public byte[] Read(string name, long limit)
    {
        if (!_files.TryGetValue(name, out byte[]? bytes))
            throw new BioDLException(Status.NotFound, $"There is no file {name}.");
        Assert.True(bytes.Length <= limit);
        return bytes;
    }

    public IModelFiles Inner(string name) => throw new NotSupportedException();
}
