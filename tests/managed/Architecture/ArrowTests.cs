using System.Reflection;

namespace BioDL.Tests.Architecture;

/// <summary>
/// Arrows never point up, between projects and between folders inside one: told by what the compiled types need, whatever their files say.
/// </summary>
public class ArrowTests
{
    private const string Root = "BioDL.";

    /// <summary>The assemblies whose names differ from their projects'.</summary>
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["Native"] = OperatingSystem.IsWindows() ? "biodl" : "libbiodl",
        ["Cli"] = "biodl"
    };

    private static readonly Dictionary<string, HashSet<string>> Projects = AllowedArrows.Parse(AllowedArrows.Projects),
        Folders = AllowedArrows.Parse(AllowedArrows.Folders);

    private static readonly Lazy<IReadOnlyList<Arrow>> Found =
        new(() => [.. Projects.Keys.SelectMany(Types).SelectMany(Arrows).Distinct()]);

    private sealed record Arrow(string From, string To, string Types)
    {
        public bool Crosses => Project(From) != Project(To);

        public override string ToString() => $"{From} -> {To}: {Types}";
    }

    public static TheoryData<string> EveryProject => [.. Projects.Keys];

    public static TheoryData<string> ProjectsOfFolders => [.. Folders.Keys.Select(Project).Distinct()];

    [Theory]
    [MemberData(nameof(EveryProject))]
    public void Projects_need_only_those_below_them(string project) =>
        Assert.DoesNotContain(Found.Value,
            arrow => arrow.Crosses && Project(arrow.From) == project && !Projects[project].Contains(Project(arrow.To)));

    [Theory]
    [MemberData(nameof(ProjectsOfFolders))]
    public void Folders_need_only_those_below_them(string project) =>
        Assert.DoesNotContain(Found.Value,
            arrow => !arrow.Crosses && Project(arrow.From) == project
                && !(Folders.TryGetValue(arrow.From, out HashSet<string>? allowed) && allowed.Contains(arrow.To)));

    /// <summary>What nobody uses any more is taken out of the list, so that it stays the picture of what is.</summary>
    [Fact]
    public void Every_allowed_arrow_is_there()
    {
        HashSet<(string, string)> projects =
            [.. Found.Value.Where(arrow => arrow.Crosses).Select(arrow => (Project(arrow.From), Project(arrow.To)))];
        HashSet<(string, string)> folders = [.. Found.Value.Where(arrow => !arrow.Crosses).Select(arrow => (arrow.From, arrow.To))];
        Assert.Empty(from line in Projects from to in line.Value where !projects.Contains((line.Key, to)) select $"{line.Key} -> {to}");
        Assert.Empty(from line in Folders from to in line.Value where !folders.Contains((line.Key, to)) select $"{line.Key} -> {to}");
    }

    [Theory]
    [InlineData(AllowedArrows.Projects)]
    [InlineData(AllowedArrows.Folders)]
    public void Allowed_arrows_make_no_circle(string arrows)
    {
        Dictionary<string, HashSet<string>> left = AllowedArrows.Parse(arrows);
        while (left.Keys.FirstOrDefault(name => !left[name].Overlaps(left.Keys)) is { } lowest)
            left.Remove(lowest);
        Assert.Empty(left);
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "managed"), "*.cs", SearchOption.AllDirectories))
        {
            string folder = Path.GetRelativePath(Path.Combine(Repository.Root, "managed"), Path.GetDirectoryName(file)!)
                .Replace(Path.DirectorySeparatorChar, '.');
            // The worker is a program, whose file has the name that its folder has.
            folder = folder.Replace("biodl-torch", "BioDL.Torch.Worker", StringComparison.Ordinal);
            string? declared = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
            if (declared is not null)
                Assert.Equal($"{file}: namespace {folder};", $"{file}: {declared}");
        }
    }

    private static string Project(string folder) => folder.Split('.')[0];

    private static IEnumerable<Type> Types(string project) => Assembly.Load(Renamed.GetValueOrDefault(project, Root + project)).GetTypes()
        .Where(type => type.DeclaringType is null && type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true);

    private static IEnumerable<Arrow> Arrows(Type type) =>
        from needed in TypeReferences.Of(type)
        where needed.Namespace != type.Namespace
        select new Arrow(type.Namespace![Root.Length..], needed.Namespace![Root.Length..], $"{type.Name} needs {needed.Name}");
}
