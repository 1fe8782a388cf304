using BioDL.Core;
using BioDL.Models.Cache;

namespace BioDL.Tests.Catalogues;

/// <summary>Networks that are kept because making them takes long: used when whole, made anew when not, and never in the way.</summary>
public sealed class ModelCacheTests : IDisposable
{
    private readonly TestCache _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void A_network_is_made_once()
    {
        int made = 0;
        byte[] first = _cache.Networks.Network("a", () => Bytes(1000, ++made)),
            second = _cache.Networks.Network("a", () => Bytes(1000, ++made));
        Assert.Equal(1, made);
        Assert.Equal(first, second);
        Assert.NotEqual(first, _cache.Networks.Network("b", () => Bytes(1000, ++made)));
        Assert.Equal(2, made);
    }

    [Fact]
    public void A_network_lies_under_the_hash_of_its_bytes()
    {
        byte[] bytes = _cache.Networks.Network("key", () => Bytes(10, 1));
        string hash = Disk.Hash(bytes);
        Assert.Equal([$"imported/{Disk.Hash("key")}.json", $"objects/{hash[..2]}/{hash}"],
            _cache.Files().Select(path => path.Replace('\\', '/')));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("emptied")]
    [InlineData("deleted")]
    [InlineData("record")]
    public void A_damaged_network_is_made_anew(string damage)
    {
        byte[] bytes = _cache.Networks.Network("key", () => Bytes(1000, 1));
        string path = new CacheFolder(_cache.Folder).Object(Disk.Hash(bytes));
        byte[] other = [.. bytes];
        other[500] ^= 1;
        switch (damage)
        {
            case "cut": File.WriteAllBytes(path, bytes[..500]); break;
            case "changed": File.WriteAllBytes(path, other); break;
            case "emptied": File.WriteAllBytes(path, []); break;
            case "deleted": File.Delete(path); break;
            default:
                File.WriteAllText(Directory.GetFiles(Path.Combine(_cache.Folder, "imported")).Single(),
                "{\"object\": \"../../../etc/passwd\"}"); break;
        }
        int made = 0;
        Assert.Equal(bytes, _cache.Networks.Network("key", () => { made++; return Bytes(1000, 1); }));
        Assert.Equal(bytes, _cache.Networks.Network("key", () => { made++; return Bytes(1000, 1); }));
        Assert.Equal(1, made);
    }

    [Fact]
    public void What_making_throws_is_thrown_and_nothing_is_kept()
    {
        Assert.Throws<BioDLException>(() => _cache.Networks.Network("key", () => throw new BioDLException(Status.ModelInvalid, "broken")));
        Assert.Empty(_cache.Files());
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_a_warning()
    {
        // A file in the folder's place: also root cannot write there.
        File.WriteAllText(_cache.Beside("file"), "");
        _cache.Settings = _cache.Settings with { Folder = Path.Combine(_cache.Beside("file"), "cache") };
        ModelCache networks = _cache.Networks;
        Assert.Equal(Bytes(100, 1), networks.Network("key", () => Bytes(100, 1)));
        Assert.Contains(_cache.Folder, networks.Warning);
    }

    [SkippableFact]
    public void A_full_disk_is_called_full()
    {
        Skip.If(!OperatingSystem.IsLinux(), "/dev/full is a disk that is full");
        var error = Assert.Throws<IOException>(() => File.WriteAllBytes("/dev/full", new byte[10]));
        Assert.Contains("The disk is full", Disk.Failed("/cache", error).Message);
        Assert.Throws<BioDLException>(() => Disk.CheckRoom(Path.GetTempPath(), long.MaxValue));
    }

    [Fact]
    public void A_busy_cache_is_a_warning()
    {
        using FileLock held = FileLock.TryTake(CacheCleaner.StoreLock(new CacheFolder(_cache.Folder)))!;
        _cache.Settings = _cache.Settings with { LockTimeout = TimeSpan.FromMilliseconds(100) };
        ModelCache networks = _cache.Networks;
        Assert.Equal(Bytes(100, 1), networks.Network("key", () => Bytes(100, 1)));
        Assert.Contains("in use", networks.Warning);
    }

    [Fact]
    public void Above_the_limit_the_network_unused_for_longest_goes_first()
    {
        _cache.Settings = _cache.Settings with { Limit = 3500 };
        foreach (string key in new[] { "a", "b", "c" })
        {
            _cache.Networks.Network(key, () => Bytes(1000, key[0]));
            Thread.Sleep(20);
        }
        _cache.Networks.Network("a", () => throw new InvalidOperationException("a is kept"));
        Thread.Sleep(20);
        _cache.Networks.Network("d", () => Bytes(1000, 'd'));
        foreach (string key in new[] { "a", "c", "d" })
            _cache.Networks.Network(key, () => throw new InvalidOperationException($"{key} is kept"));
        int made = 0;
        _cache.Networks.Network("b", () => Bytes(1000, ++made));
        Assert.Equal(1, made);
    }

    [Fact]
    public void Many_threads_want_the_same_networks()
    {
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(Bytes(50_000, i % 4), _cache.Networks.Network($"{i % 4}", () => Bytes(50_000, i % 4))));
        Assert.Equal(8, _cache.Files().Length);
    }

    [Fact]
    public void What_killed_processes_left_is_removed()
    {
        var cache = new CacheFolder(_cache.Folder);
        string dead = Path.Combine(cache.Staging, Guid.NewGuid().ToString("N")), orphan = cache.Object(Disk.Hash("orphan"));
        Directory.CreateDirectory(Path.Combine(dead, "package"));
        File.WriteAllText(dead + ".lock", "");
        Directory.CreateDirectory(Path.Combine(orphan, "model"));
        File.WriteAllText(Path.Combine(orphan, "model", "weights.onnx"), "");
        using var alive = new Staging(cache);
        _cache.Networks.Network("key", () => Bytes(10, 1));
        Assert.False(Directory.Exists(dead) || File.Exists(dead + ".lock") || Directory.Exists(orphan));
        Assert.True(Directory.Exists(alive.Package));
    }

    [Theory]
    [InlineData("1000", 1000L)]
    [InlineData("500M", 500L << 20)]
    [InlineData("1.5g", 3L << 29)]
    [InlineData("2 GiB", null)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("-1", null)]
    [InlineData("much", null)]
    [InlineData("", null)]
    public void Sizes_are_read(string text, long? bytes) => Assert.Equal(bytes, CacheFolder.ParseSize(text));

    private static byte[] Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
