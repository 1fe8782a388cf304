using System.Text.RegularExpressions;

namespace BioDL.Bindings;

/// <summary>All files that are written, or partly written, from the description.</summary>
internal static partial class GeneratedFiles
{
    /// <param name="root">of the repository</param>
    /// <returns>paths from the root and what should stand there</returns>
    /// <exception cref="InvalidDataException">The description contradicts itself, the headers or Java's constants.</exception>
    public static IReadOnlyList<(string Path, string Text)> Of(string root)
    {
        Description abi = Description.Read(root);
        CheckHeaders(abi, root);
        CheckJavaConstants(abi, root);
        return
        [
            ("managed/BioDL.Native/Interop/Structs.g.cs", CSharpStructs.Write(abi)),
            ("tests/abi/layout.c", CFiles.Layout(abi)),
            ("tests/abi/stub.c", CFiles.Stub(abi)),
            ("native/biodl.symbols", CFiles.Symbols(abi)),
            ("native/jni/tables.h", JniTables.Write(abi)),
            ("native/python/biodl/_abi.py", PythonModule.Write(abi)),
            .. JavaClasses.Write(abi, root),
        ];
    }

    /// <summary>The files that are not as they should be.</summary>
    public static IReadOnlyList<string> Stale(string root) =>
        [.. Of(root).Where(file => Current(root, file.Path) != file.Text).Select(file => file.Path)];

    private static string? Current(string root, string path) =>
        File.Exists(Path.Combine(root, path)) ? File.ReadAllText(Path.Combine(root, path)) : null;

    /// <summary>What the headers have is described; that what is described is so, the C compiler proves (tests/abi/layout.c).</summary>
    private static void CheckHeaders(Description abi, string root)
    {
        HashSet<string> known = [.. abi.Functions.Keys, .. abi.Callbacks.Keys, .. abi.Structs.Keys];
        known.UnionWith(abi.Enums.SelectMany(type => type.Value.Values.Keys.Select(value => $"{type.Key}_{value}")));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "native", "include", "biodl"), "*.h"))
        {
            string header = Comment().Replace(File.ReadAllText(file), "");
            IEnumerable<Group> groups = Declared().Matches(header).SelectMany(match => match.Groups.Values.Skip(1));
            foreach (string name in groups.Where(group => group.Success).Select(group => group.Value).Where(name => !known.Contains(name)))
                throw new InvalidDataException($"{Path.GetFileName(file)} declares {name}, which native/abi/biodl.json lacks");
        }
    }

    private static void CheckJavaConstants(Description abi, string root)
    {
        foreach (EnumType type in abi.Enums.Values.Where(type => type.JavaConstants is not null))
        {
            string text = File.ReadAllText(Path.Combine(root, $"fiji-bridge/src/main/java/org/biodl/jni/{type.JavaConstants}.java"));
            foreach (Match match in JavaConstant().Matches(text))
            {
                if (!type.Values.TryGetValue(match.Groups[1].Value, out int number) || number.ToString() != match.Groups[2].Value)
                    throw new InvalidDataException($"{type.JavaConstants}.java: '{match.Value}' is not what native/abi/biodl.json says");
            }
        }
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    /// <summary>Enumerators, functions, structs and callbacks.</summary>
    [GeneratedRegex(
        @"\b(BIODL_[A-Z0-9_]+) = \d|^BIODL_API [^(]*?(\w+)\(|typedef struct (\w+)\s*\{|\(\*(biodl_\w+_fn)\)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"public static final int (\w+) = (\d+);")]
    private static partial Regex JavaConstant();
}
