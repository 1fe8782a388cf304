using BioDL.Core;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue;
using BioDL.Models.Catalogue.Libtorch;
using BioDL.Torch.Worker;

namespace BioDL.Tests.Catalogues;

/// <summary>Installing libtorch from packages of known content, and what is done to its shim for an older libstdc++.</summary>
public class LibtorchTests
{
    private static readonly string Packages = Path.Combine(Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"));

    [SkippableFact]
    public void A_folder_of_packages_gives_libtorch_and_nothing_else_does()
    {
        Skip.IfNot(LibtorchPackage.All.All(package => File.Exists(Path.Combine(Packages, package.Path))),
            "./build.sh torch brings the packages");
        using var cache = new TestCache();
        CatalogueSettings settings = cache.Settings with { Packages = Packages };
        var listing = new ModelCatalogue(settings).Install("libtorch");
        Assert.Equal(("libtorch", TorchLibrary.Version), (listing.Entries[0].Id, listing.Entries[0].Version));
        Assert.InRange(listing.Entries[0].Bytes, 400L << 20, 500L << 20);
        Assert.True(TorchLibrary.IsLibtorch(LibtorchInstaller.FolderOf(settings)));
        Assert.Contains("already", new ModelCatalogue(settings).Install("libtorch").Warnings[0]);
        Assert.Equal("libtorch", new ModelCatalogue(settings).Remove("libtorch"));
        Assert.False(Directory.Exists(LibtorchInstaller.FolderOf(settings)));
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => new ModelCatalogue(settings).Remove("libtorch")).Status);
    }

    [Fact]
    public void Other_content_is_refused_and_nothing_stays()
    {
        using var cache = new TestCache();
        string packages = cache.Beside("packages");
        CatalogueSettings settings = cache.Settings with { Packages = packages };
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => new ModelCatalogue(settings).Install("libtorch")).Status);
        string file = Path.Combine(packages, LibtorchPackage.All[0].Path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "PK");
        var error = Assert.Throws<BioDLException>(() => new ModelCatalogue(settings).Install("libtorch"));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains(LibtorchPackage.All[0].Sha256, error.Message);
        Assert.False(Directory.Exists(LibtorchInstaller.FolderOf(settings)));
    }

    [SkippableFact]
    public void One_version_becomes_weak_and_nothing_else_changes()
    {
        string libc = "/lib/x86_64-linux-gnu/libm.so.6";
        Skip.IfNot(File.Exists(libc), $"there is no {libc}");
        byte[] before = File.ReadAllBytes(libc), after = [.. before];
        Assert.False(ElfVersions.Relax(after, "GLIBC_99.9"));
        Assert.Equal(before, after);
        Assert.True(ElfVersions.Relax(after, "GLIBC_2.2.5"));
        int[] changed = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];
        Assert.Single(changed);
        Assert.Equal(2, after[changed[0]] ^ before[changed[0]]);
        Assert.True(ElfVersions.Relax(after, "GLIBC_2.2.5"));
    }

    [Fact]
    public void Damaged_libraries_are_refused()
    {
        byte[] whole = File.ReadAllBytes("/bin/true");
        var random = new Random(5);
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = round % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int i = 0; i < 4 && damaged.Length > 64; i++)
                damaged[round % 2 == 0 ? random.Next(64) : random.Next(damaged.Length - 2048, damaged.Length) is var at && at > 0
                    ? at : 0] = (byte)random.Next(256);
            try
            {
                ElfVersions.Relax(damaged, "GLIBC_2.34");
            }
            catch (InvalidDataException)
            {
                continue;
            }
        }
    }
}
