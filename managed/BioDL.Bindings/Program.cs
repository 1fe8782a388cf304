using BioDL.Bindings;

// dotnet run --project managed/BioDL.Bindings            write the files that native/abi/biodl.json describes
// dotnet run --project managed/BioDL.Bindings -- check   say which differ, and write nothing
string root = Directory.GetCurrentDirectory();
while (!File.Exists(Path.Combine(root, "native", "abi", "biodl.json")))
    root = Path.GetDirectoryName(root) ?? throw new FileNotFoundException("run this in the repository: no native/abi/biodl.json above");
try
{
    IReadOnlyList<string> stale = GeneratedFiles.Stale(root);
    foreach (string path in stale)
        Console.WriteLine(path);
    if (args is ["check"])
        return stale.Count == 0 ? 0 : 1;
    foreach ((string path, string text) in GeneratedFiles.Of(root).Where(file => stale.Contains(file.Path)))
        File.WriteAllText(Path.Combine(root, path), text);
    return 0;
}
catch (InvalidDataException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
