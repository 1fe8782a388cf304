namespace BioDL.Conformance;

/// <summary>The folder of test data beside the repository (or BIODL_SHARED), which is no part of it.</summary>
internal static class SharedData
{
    public static string? Folder { get; } = Find();

    /// <summary>
    /// A file in it. The calling test skips when there is no such folder, and fails when there is but the file is missing.
    /// </summary>
    public static string File(params string[] parts)
    {
        Skip.If(Folder is null, "there is no folder 'shared' beside the repository, and BIODL_SHARED names none");
        string path = Path.Combine([Folder!, .. parts]);
        Assert.True(System.IO.File.Exists(path), $"{path} is missing");
        return path;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("BIODL_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "BioDLNative.sln")))
            {
                string beside = Path.Combine(folder.FullName, "..", "shared");
                return Directory.Exists(beside) ? beside : null;
            }
        return null;
    }
}
