namespace BioDL.Fuzz;

/// <summary>A model's files in memory.</summary>
/// <param name="Kind">what figures count it as, such as "bioimage.io 0.5"</param>
/// <param name="Files">by name; a single file with the name "" is a file of its own rather than a folder</param>
internal sealed record Package(string Kind, IReadOnlyDictionary<string, byte[]> Files)
{
    internal Package With(string name, byte[] bytes)
    {
        var files = new Dictionary<string, byte[]>(Files) { [name] = bytes };
        return this with { Files = files };
    }

    internal Package Without(string name)
    {
        var files = new Dictionary<string, byte[]>(Files);
        files.Remove(name);
        return this with { Files = files };
    }

    /// <summary>Write it as a folder, and as it is when it is one file.</summary>
    /// <returns>what to open</returns>
    internal string Write(string folder, string file)
    {
        if (Files.TryGetValue("", out byte[]? alone))
        {
            string path = Path.Combine(folder, file);
            File.WriteAllBytes(path, alone);
            return path;
        }
        foreach ((string name, byte[] bytes) in Files)
        {
            string path = Path.GetFullPath(Path.Combine(folder, name));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
        return folder;
    }
}
