using BioDL.Cli.Output;
using BioDL.Cli.Shell;
using BioDL.Models.Files;
using BioDL.Models.Outputs;

namespace BioDL.Tests.Cli;

/// <summary>Two paths are one file when what is written through the one is read through the other, whatever links lie between.</summary>
public sealed class FileIdentityTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Paths_are_one_file_exactly_when_a_write_through_one_is_seen_through_the_other()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "hard links are told on Linux only");
        for (int seed = 0; seed < 40; seed++)
        {
            string[] paths = Maze(new Random(seed), _folder.File($"{seed}"));
            foreach (string first in paths)
            {
                foreach (string second in paths)
                    Assert.True(Same(first, second) == (FileIdentity.Of(first) == FileIdentity.Of(second)),
                        $"seed {seed}: {first} and {second}");
            }
        }
    }

    [Fact]
    public void A_result_is_refused_on_an_input_a_folder_another_result_and_what_is_there()
    {
        string input = _folder.File("in.tif"), there = _folder.File("there.tif"), linked = _folder.File("linked");
        File.WriteAllText(input, "");
        File.WriteAllText(there, "");
        Directory.CreateSymbolicLink(linked, _folder.Root);
        Refuses(new WriteGuard(overwrite: true), Path.Combine(linked, "in.tif"), "would overwrite an input");
        Refuses(new WriteGuard(overwrite: true), _folder.Root, "is a folder");
        Refuses(new WriteGuard(overwrite: false), there, "is there already");
        Refuses(new WriteGuard(overwrite: true), _folder.File(new string('x', 252) + ".tif"), "more than 255 bytes");
        var guard = new WriteGuard(overwrite: true);
        guard.Writes("--out", _folder.File("new.tif"), "one");
        Assert.Contains("one and two would both become",
            Assert.Throws<UsageException>(() => guard.Writes("--out", Path.Combine(linked, "new.tif"), "two")).Message,
            StringComparison.Ordinal);

        void Refuses(WriteGuard guard, string path, string why)
        {
            guard.Reads(input);
            string message = Assert.Throws<UsageException>(() => guard.Writes("--rois", path, "from")).Message;
            Assert.StartsWith("--rois: ", message, StringComparison.Ordinal);
            Assert.Contains(why, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_there_and_what_appears_meanwhile_is_not_replaced()
    {
        string link = _folder.File("link.tif"), late = _folder.File("late.tif");
        File.CreateSymbolicLink(link, _folder.File("nowhere"));
        Assert.Contains("there already",
            Assert.Throws<UsageException>(() => new WriteGuard(overwrite: false).Writes("--out", link, "x")).Message,
            StringComparison.Ordinal);
        using (var file = new SafeFile(late, overwrite: false))
        {
            File.WriteAllText(late, "of somebody else");
            Assert.Throws<BioDL.Core.BioDLException>(() => file.Write(stream => stream.WriteByte(1)));
        }
        Assert.Equal("of somebody else", File.ReadAllText(late));
        Assert.Equal(["late.tif", "link.tif"], _folder.Content());
    }

    [Theory, InlineData(218), InlineData(219), InlineData(255)]
    public void Names_may_be_as_long_as_names_can_be(int bytes)
    {
        string path = _folder.File(new string('n', bytes));
        using (var file = new SafeFile(path, overwrite: false))
            file.Write(stream => stream.WriteByte(1));
        Assert.Equal(1, new FileInfo(path).Length);
    }

    /// <summary>Folders, files, links to either, hard links, and names of what is not there.</summary>
    private static string[] Maze(Random random, string root)
    {
        var folders = new List<string> { root };
        var files = new List<string>();
        Directory.CreateDirectory(root);
        for (int i = 0; i < 12; i++)
        {
            string at = Path.Combine(folders[random.Next(folders.Count)], $"n{random.Next(6)}");
            if (File.Exists(at) || Directory.Exists(at) || new FileInfo(at).LinkTarget is not null)
                continue;
            switch (random.Next(5))
            {
                case 0: folders.Add(Directory.CreateDirectory(at).FullName); break;
                case 1: folders.Add(Directory.CreateSymbolicLink(at, folders[random.Next(folders.Count)]).FullName); break;
                case 2 when files.Count > 0: files.Add(File.CreateSymbolicLink(at, files[random.Next(files.Count)]).FullName); break;
                case 3 when files.Count > 0: HardLink(files[random.Next(files.Count)], at); files.Add(at); break;
                default: File.WriteAllText(at, ""); files.Add(at); break;
            }
        }
        return [.. files, .. folders.Select(folder => Path.Combine(folder, "not there yet"))];
    }

    private static bool Same(string first, string second)
    {
        bool there = File.Exists(first);
        string token = Guid.NewGuid().ToString();
        File.WriteAllText(first, token);
        bool same = File.Exists(second) && File.ReadAllText(second) == token;
        if (!there)
            File.Delete(first);
        return same;
    }

    private static void HardLink(string from, string to)
    {
        using var process = System.Diagnostics.Process.Start("ln", [from, to]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
