namespace BioDL.Tests;

/// <summary>Where this repository lies.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BioDLNative.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("the tests do not run inside the repository");
    }
}
