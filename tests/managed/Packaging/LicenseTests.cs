using System.IO.Compression;
using System.Text.Json;
using BioDL.Tests.Hosts;

namespace BioDL.Tests.Packaging;

/// <summary>What is handed to users carries the licence of every package inside it. The packages are those that NuGet resolved.</summary>
public sealed class LicenseTests
{
    /// <summary>What is published, by the file that a user gets.</summary>
    private static readonly Dictionary<string, string> Projects = new()
    {
        ["libbiodl.so"] = "BioDL.Native", ["biodl.dll"] = "BioDL.Native", ["biodl"] = "BioDL.Cli", ["biodl.exe"] = "BioDL.Cli",
        ["biodl-torch"] = "biodl-torch",
    };

    [Fact]
    public void TheJarCarriesTheLicenceOfEveryPackageInIt()
    {
        using ZipArchive jar = ZipFile.OpenRead(HostProcess.Plugin);
        string[] inside = [.. jar.Entries.Select(entry => entry.Name).Where(Projects.ContainsKey)];
        Assert.NotEmpty(inside);
        Check(inside, package => [.. jar.Entries.Where(entry => In(entry, $"META-INF/licenses/{package}/")).Select(Text)]);
        Assert.Contains("Permission is hereby granted", Text(jar.GetEntry("META-INF/LICENSE")!));
    }

    [Fact]
    public void TheFolderCarriesTheLicenceOfEveryPackageInIt()
    {
        string[] files = [.. Directory.EnumerateFiles(HostProcess.Dist, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file))];
        string[] inside = [.. files.Where(Projects.ContainsKey).Distinct()];
        Assert.True(inside.Length >= 2, string.Join(' ', files));
        Check(inside, package =>
        {
            string folder = Path.Combine(HostProcess.Dist, "licenses", package);
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(File.ReadAllText)] : [];
        });
    }

    private static void Check(string[] files, Func<string, string[]> texts)
    {
        string[] packages = [.. files.Select(file => Projects[file]).SelectMany(PublishedPackages)
            .Append("Microsoft.NETCore.App.Runtime.NativeAOT").Distinct()];
        Assert.Contains("YamlDotNet", packages);
        Assert.Contains(packages, package => package.StartsWith("Microsoft.ML.OnnxRuntime.", StringComparison.Ordinal));
        foreach (string package in packages)
        {
            string folder = package.EndsWith("NativeAOT", StringComparison.Ordinal)
                ? $"{package}.{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}" : package;
            string[] found = texts(folder);
            Assert.True(found.Any(IsLicence), $"no licence of {folder} among {found.Length} texts");
        }
    }

    /// <summary>Names who holds the rights, and what others may do: long enough to be the text rather than its name.</summary>
    private static bool IsLicence(string text) => text.Length > 600
        && text.Contains("copyright", StringComparison.OrdinalIgnoreCase)
        && (text.Contains("permission", StringComparison.OrdinalIgnoreCase)
            || text.Contains("permitted", StringComparison.OrdinalIgnoreCase));

    /// <summary>The packages of a project that have an assembly or a library, as its restore wrote them down.</summary>
    private static IEnumerable<string> PublishedPackages(string project)
    {
        string file = Path.Combine(Repository.Root, "artifacts", "obj", project, "project.assets.json");
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(file));
        foreach (JsonProperty package in assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            bool carries = new[] { "runtime", "native", "runtimeTargets" }.Any(kind => package.Value.TryGetProperty(kind, out _));
            if (package.Value.GetProperty("type").GetString() == "package" && carries)
                yield return package.Name.Split('/')[0];
        }
    }

    private static bool In(ZipArchiveEntry entry, string folder) => entry.FullName.StartsWith(folder, StringComparison.Ordinal)
        && entry.Length > 0;

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
