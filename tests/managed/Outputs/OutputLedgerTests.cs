using BioDL.Core;
using BioDL.Models.Outputs;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Outputs;

/// <summary>What may be replaced without being asked: what was written here and is as it was written; never anything else.</summary>
public sealed class OutputLedgerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_held_exactly_as_long_as_nobody_but_us_has_touched_it()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            string root = _folder.File($"{seed}");
            Directory.CreateDirectory(root);
            var ledger = new OutputLedger(Path.Combine(root, "cache"), limit: 2000);
            bool[] ours = new bool[4];
            for (int step = 0; step < 60; step++)
            {
                int which = random.Next(ours.Length), deed = random.Next(_deeds.Length + 4);
                string path = Path.Combine(root, $"result {which}.tif");
                if (deed >= _deeds.Length || !File.Exists(path))
                {
                    File.WriteAllText(path, "computed");
                    ledger.Note(path);
                    ours[which] = true;
                }
                else
                {
                    _deeds[deed](path);
                    ours[which] = false;
                }
                for (int i = 0; i < ours.Length; i++)
                    Assert.True(ours[i] == ledger.Holds(Path.Combine(root, $"result {i}.tif")), $"{seed}, step {step}, file {i}, {deed}");
            }
        }
    }

    [Fact]
    public void A_file_of_the_same_name_in_a_copied_folder_or_under_another_name_is_not_ours()
    {
        var ledger = new OutputLedger(_folder.File("cache"));
        string first = _folder.File("first.tif"), second = _folder.File("second.tif");
        File.WriteAllText(first, "computed");
        ledger.Note(first);
        File.Copy(first, second);
        File.SetLastWriteTimeUtc(second, File.GetLastWriteTimeUtc(first));
        Assert.False(ledger.Holds(second));
        File.Move(first, second, overwrite: true);
        Assert.False(ledger.Holds(second));
        Assert.False(ledger.Holds(first));
    }

    /// <summary>A program that is ended by force may be ended between any two steps.</summary>
    [Fact]
    public void A_result_that_was_moved_and_not_noted_is_ours_until_it_is_touched()
    {
        string cache = _folder.File("cache"), path = _folder.File("a.tif"), written = _folder.File(".tmp");
        foreach (bool before in new[] { false, true })
        {
            foreach (Action<string> deed in _deeds)
            {
                File.Delete(path);
                if (before)
                {
                    File.WriteAllText(path, "an older one");
                    new OutputLedger(cache).Note(path);
                }
                File.WriteAllText(written, "computed");
                new OutputLedger(cache).Announce(written, path);
                Assert.Equal(before, new OutputLedger(cache).Holds(path));
                File.Move(written, path, overwrite: true);
                Assert.True(new OutputLedger(cache).Holds(path));
                string content = File.ReadAllText(path);
                deed(path);
                Assert.False(new OutputLedger(cache).Holds(path) && !(File.Exists(path) && File.ReadAllText(path) == content));
            }
        }
        File.WriteAllText(path, "somebody's");
        Assert.False(new OutputLedger(cache).Holds(path));
    }

    [Fact]
    public void Several_processes_note_and_ask_at_once_and_lose_nothing()
    {
        string cache = _folder.File("cache");
        string[] paths = [.. Enumerable.Range(0, 80).Select(i => _folder.File($"{i}.tif"))];
        Parallel.ForEach(paths, new ParallelOptions { MaxDegreeOfParallelism = 8 }, path =>
        {
            File.WriteAllText(path, path);
            new OutputLedger(cache).Note(path);
            Assert.True(new OutputLedger(cache).Holds(path));
        });
        Assert.All(paths, path => Assert.True(new OutputLedger(cache).Holds(path)));
    }

    [Fact]
    public void A_damaged_text_is_no_reason_to_fail_or_to_replace_anything()
    {
        string cache = _folder.File("cache"), path = _folder.File("a.tif"), text = Path.Combine(cache, "results", "written.txt");
        File.WriteAllText(path, "computed");
        new OutputLedger(cache).Note(path);
        File.AppendAllText(text, "\n1@2");
        File.AppendAllBytes(text, [0xff, 0xfe, 0, 10, 32, 32, 32, 32, 32]);
        Assert.True(new OutputLedger(cache).Holds(path));
        File.WriteAllText(path, "by hand");
        Assert.False(new OutputLedger(cache).Holds(path));
        new OutputLedger(cache).Note(path);
        Assert.True(new OutputLedger(cache).Holds(path));
    }

    [Fact]
    public void Where_the_cache_cannot_be_used_nothing_is_held_and_nothing_fails()
    {
        string path = _folder.File("a.tif"), cache = _folder.File("cache");
        File.WriteAllText(path, "computed");
        File.WriteAllText(cache, "no folder");
        new OutputLedger(cache).Note(path);
        Assert.False(new OutputLedger(cache).Holds(path));
    }

    [Fact]
    public void A_run_may_replace_its_own_result_but_never_what_was_made_by_hand_meanwhile()
    {
        string path = _folder.File("labels.tif");
        Write("first");
        new OutputGuard(overwrite: false).Writes(path, "image");
        Write("second");
        Assert.Equal("second", File.ReadAllText(path));
        using (var file = new SafeFile(path, overwrite: false))
        {
            File.WriteAllText(path, "by hand");
            Assert.Contains("is there already", Assert.Throws<BioDLException>(() => file.Write(stream => stream.WriteByte(1))).Message,
                StringComparison.Ordinal);
        }
        Assert.Equal("by hand", File.ReadAllText(path));
        Assert.Contains("is there already",
            Assert.Throws<BioDLException>(() => new OutputGuard(overwrite: false).Writes(path, "image")).Message, StringComparison.Ordinal);
        Assert.Equal(["labels.tif"], _folder.Content());

        void Write(string text)
        {
            using var file = new SafeFile(path, overwrite: false);
            file.Write(stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void A_file_of_a_folder_that_is_read_is_not_replaced_and_a_device_never()
    {
        string model = Directory.CreateDirectory(_folder.File("model")).FullName, weights = Path.Combine(model, "weights.onnx");
        File.WriteAllText(weights, "weights");
        string linked = Directory.CreateSymbolicLink(_folder.File("linked"), model).FullName;
        var guard = new OutputGuard(overwrite: true);
        guard.Reads(linked);
        Assert.Contains("an input folder", Assert.Throws<BioDLException>(() => guard.Writes(weights, "image")).Message,
            StringComparison.Ordinal);
        guard.Writes(Path.Combine(model, "new.tif"), "image");
        if (OperatingSystem.IsLinux())
            Assert.Throws<BioDLException>(() => guard.Writes("/dev/null", "image"));
    }

    private static readonly Action<string>[] _deeds =
    [
        path => File.WriteAllText(path, "by hand!"),
        path => File.AppendAllText(path, " "),
        path =>
        {
            File.AppendAllText(path, "x");
            using FileStream file = File.OpenWrite(path);
            file.SetLength(file.Length - 1);
        },
        path => File.SetLastWriteTimeUtc(path, DateTime.UtcNow),
        path =>
        {
            // Another of the same size and time in its place.
            DateTime time = File.GetLastWriteTimeUtc(path);
            File.WriteAllText(path + ".new", File.ReadAllText(path));
            File.Move(path + ".new", path, overwrite: true);
            File.SetLastWriteTimeUtc(path, time);
        },
        File.Delete,
    ];
}
