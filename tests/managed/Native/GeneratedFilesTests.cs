using BioDL.Bindings;

namespace BioDL.Tests.Native;

/// <summary>What native/abi/biodl.json describes, what was made of it, and the headers say the same.</summary>
public sealed class GeneratedFilesTests : IDisposable
{
    private const string Json = "native/abi/biodl.json";
    private readonly string _root = Directory.CreateTempSubdirectory("biodl-abi-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void CommittedFilesAreWhatTheDescriptionMakes() => Assert.Empty(GeneratedFiles.Stale(Repository.Root));

    [Fact]
    public void AChangedFileIsNamed()
    {
        Copy();
        foreach ((string path, string text) in GeneratedFiles.Of(_root))
        {
            string file = Path.Combine(_root, path);
            int within = text.LastIndexOf(';') is var semicolon and >= 0 ? semicolon : text.Length / 2;
            bool partly = path.EndsWith(".java", StringComparison.Ordinal);
            string changed = partly ? text.Replace("// </generated>", "int more;\n// </generated>") : text[..within] + text[(within + 1)..];
            File.WriteAllText(file, changed);
            Assert.Equal([path], GeneratedFiles.Stale(_root));
            File.WriteAllText(file, text);
        }
    }

    [Theory]
    [InlineData("\"size\": 112, \"fields\"", "\"size\": 120, \"fields\"", "pinned")]
    [InlineData("\"double percentile_low\", ", "", "pinned")]
    [InlineData("\"int32_t rays\", ", "", "reserved")]
    [InlineData("\"text sha256\",", "\"long sha256\",", "not a type")]
    [InlineData("{ \"abi\": 2, \"size\": 168", "{ \"abi\": 1, \"size\": 168", "not between")]
    [InlineData("\"CANCELLED\": 310", "\"CANCELLED\": 311", "BioDLException.java")]
    [InlineData("\"biodl_run\": {", "\"biodl_walk\": {", "run.h declares biodl_run")]
    [InlineData("\"DOWNLOAD\": 6, ", "", "progress.h declares BIODL_STAGE_DOWNLOAD")]
    public void ContradictionsAreErrors(string from, string to, string named)
    {
        Copy();
        string file = Path.Combine(_root, Json), text = File.ReadAllText(file);
        Assert.Contains(from, text);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(file, text[..at] + to + text[(at + from.Length)..]);
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => { GeneratedFiles.Of(_root); }).Message);
    }

    private void Copy()
    {
        IEnumerable<string> headers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "native/include/biodl"), "*.h");
        IEnumerable<string> made = GeneratedFiles.Of(Repository.Root).Select(file => file.Path);
        string[] constants = ["Progress", "BioDLException"];
        IEnumerable<string> java = constants.Select(name => $"fiji-bridge/src/main/java/org/biodl/jni/{name}.java");
        foreach (string path in headers.Select(file => Path.GetRelativePath(Repository.Root, file)).Concat(made).Concat(java).Append(Json))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, path))!);
            File.Copy(Path.Combine(Repository.Root, path), Path.Combine(_root, path), overwrite: true);
        }
    }
}
