namespace BioDL.Tests.Cli;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    internal TestFolder() => Directory.CreateDirectory(Root);

    internal string Root { get; } = Path.Combine(Path.GetTempPath(), $"biodl-test-{Guid.NewGuid():N}");

    internal string File(string name) => Path.Combine(Root, name);

    /// <summary>Everything in it, hidden and temporary files too, as paths relative to it.</summary>
    internal string[] Content() =>
        [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path))
            .Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
