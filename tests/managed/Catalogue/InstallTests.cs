using System.IO.Compression;
using BioDL.Conformance;
using BioDL.Core;
using BioDL.Models;
using BioDL.Models.Catalogue;
using BioDL.Models.Descriptions;
using BioDL.Models.Opening;
using BioDL.Tests.Files;
using BioDL.Tests.Graphs;
using BioDL.Tests.Models;
using BioDL.Tests.Objects.StarConvex;

namespace BioDL.Tests.Catalogues;

/// <summary>Models from files and folders into the cache.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly TestCache _cache = new();

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData("folder")]
    [InlineData("description")]
    [InlineData("zip")]
    [InlineData("zip with a folder in it")]
    [InlineData("zip of another name")]
    public void A_package_is_installed_and_opens_by_its_id(string kind)
    {
        using ModelFolder package = ModelFolder.Described(new TinyOnnx { Rays = 12 });
        CatalogueListing listing = _cache.Catalogue.Install(Source(package, kind), new InstallOptions { Name = "tiny-model" });
        Assert.Empty(listing.Warnings);
        CatalogueEntry entry = Assert.Single(listing.Entries);
        Assert.Equal(("tiny-model", "tiny", "MIT", "2D, 1 channel", ModelState.Installed, true),
            (entry.Id, entry.Name, entry.Licence, entry.Input, entry.State, entry.Runnable));
        Assert.Equal(new FileInfo(package["weights.onnx"]).Length + new FileInfo(package["bioimageio.yaml"]).Length, entry.Bytes);
        Assert.Equal(entry, _cache.Installed.Single(),
            (one, other) => one!.Path == other!.Path && one.Citation == other.Citation && one.Sha256 == other.Sha256);

        Directory.Delete(package.Path, recursive: true);
        using (Model model = Model.Open(_cache.Catalogue.Find("Tiny-Model")))
            Assert.Equal(12, model.Description.StarDist!.Rays);
        Directory.CreateDirectory(package.Path);
        Assert.Empty(_cache.Files("staging"));
        Assert.Empty(_cache.Catalogue.Damage("tiny-model"));
    }

    [Fact]
    public void A_bare_network_leaves_its_folder_behind()
    {
        using ModelFolder folder = new ModelFolder().With("some net.onnx", new TinyOnnx { Rays = 9 }.Bytes())
            .With("diary.txt", "not for others");
        CatalogueEntry entry = _cache.Catalogue.Install(folder["some net.onnx"]).Entries.Single();
        Assert.Equal(("some-net", "some net"), (entry.Id, entry.Name));
        Assert.DoesNotContain(_cache.Files(), path => path.Contains("diary"));
        using Model model = Model.Open(entry.Path);
        Assert.Equal(9, model.Description.StarDist!.Rays);
    }

    [Fact]
    public void The_same_package_is_kept_once()
    {
        using ModelFolder package = ModelFolder.Described(new TinyOnnx());
        _cache.Catalogue.Install(package.Path, new InstallOptions { Name = "one" });
        _cache.Catalogue.Install(Source(package, "zip"), new InstallOptions { Name = "two" });
        Assert.Contains("already", Assert.Single(_cache.Catalogue.Install(package.Path, new InstallOptions { Name = "two" }).Warnings));
        Assert.Equal(["one", "two"], _cache.Installed.Select(entry => entry.Id));
        Assert.Equal(2, _cache.Files("objects").Length);
        _cache.Catalogue.Remove("one");
        Model.Open(_cache.Catalogue.Find("two")).Dispose();
        _cache.Catalogue.Remove("two");
        Assert.Empty(_cache.Files());
        Assert.Null(_cache.Catalogue.Find("two"));
    }

    [Fact]
    public void Another_model_of_the_same_file_name_does_not_replace_the_first()
    {
        using ModelFolder first = new ModelFolder().With("net.onnx", new TinyOnnx { Rays = 9 }.Bytes()), second = new ModelFolder()
            .With("net.onnx", new TinyOnnx { Rays = 10 }.Bytes());
        Assert.Equal("net", _cache.Catalogue.Install(first["net.onnx"]).Entries.Single().Id);
        Assert.Equal("net-2", _cache.Catalogue.Install(second["net.onnx"]).Entries.Single().Id);
        Assert.Equal("net-2", _cache.Catalogue.Install(second["net.onnx"]).Entries.Single().Id);
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(second["net.onnx"], new InstallOptions { Name = "net" }));
        Assert.Equal(Status.InvalidArgument, error.Status);
        error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(second["net.onnx"],
            new InstallOptions { Name = "nuclei-fluo-small" }));
        Assert.Contains("built in", error.Message);
    }

    [Fact]
    public void A_package_that_cannot_be_run_is_refused_with_the_reason_or_kept_when_asked()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx(), "  onnx:\n", "  keras_hdf5:\n");
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(folder.Path));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains("keras_hdf5", error.Message);
        Assert.Contains(folder.Path, error.Message);
        Assert.DoesNotContain("staging", error.Message);
        Assert.Empty(_cache.Files());

        CatalogueListing kept = _cache.Catalogue.Install(folder.Path, new InstallOptions { KeepUnrunnable = true, Name = "kept" });
        Assert.False(kept.Entries.Single().Runnable);
        Assert.Contains("keras_hdf5", kept.Entries.Single().WhyNot);
        Assert.Contains("keras_hdf5", Assert.Single(kept.Warnings));
    }

    [Fact]
    public void A_wrong_hash_is_told_with_both()
    {
        using ModelFolder folder = new ModelFolder().With("net.onnx", new TinyOnnx().Bytes());
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(folder["net.onnx"],
            new InstallOptions { Sha256 = new string('a', 64) }));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(error.Message, "[0-9a-f]{64}"));
        Assert.Equal(Status.InvalidArgument,
            Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(folder["net.onnx"], new InstallOptions { Sha256 = "abc" }))
            .Status);
        string right = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder["net.onnx"])));
        Assert.Single(_cache.Catalogue.Install(folder["net.onnx"], new InstallOptions { Sha256 = right }).Entries);
    }

    [Theory]
    [InlineData("../evil.txt", 0x81A4, 0)]
    [InlineData("/etc/evil.txt", 0x81A4, 0)]
    [InlineData("C:/evil.txt", 0x81A4, 0)]
    [InlineData("a\\..\\evil.txt", 0x81A4, 0)]
    [InlineData("weights.onnx", 0x81A4, 0)]
    [InlineData("Weights.ONNX", 0x81A4, 0)]
    [InlineData("link", 0xA1FF, 0)]
    [InlineData("secret.txt", 0x81A4, 1)]
    public void Hostile_zip_files_are_refused_and_leave_nothing(string name, int mode, int flags)
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        byte[] zip = ZipMaker.Make(new ZipEntry("weights.onnx", File.ReadAllBytes(folder["weights.onnx"])),
            new ZipEntry("bioimageio.yaml", File.ReadAllBytes(folder["bioimageio.yaml"])),
            new ZipEntry(name, "evil"u8.ToArray()) { Mode = mode, Flags = (ushort)flags });
        folder.With("hostile.zip", zip);
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(folder["hostile.zip"]));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains("hostile.zip", error.Message);
        Assert.Empty(_cache.Files());
    }

    [Fact]
    public void A_zip_that_swells_beyond_what_it_says_is_refused()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        folder.With("bomb.zip", ZipMaker.Make(new ZipEntry("weights.onnx", new byte[8 << 20]) { ClaimedLength = 1000 },
            new ZipEntry("bioimageio.yaml", File.ReadAllBytes(folder["bioimageio.yaml"]))));
        Assert.Equal(Status.ModelInvalid, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(folder["bomb.zip"])).Status);
        Assert.Empty(_cache.Files());
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_an_error_that_says_what_to_do()
    {
        File.WriteAllText(_cache.Beside("file"), "");
        _cache.Settings = _cache.Settings with { Folder = Path.Combine(_cache.Beside("file"), "cache") };
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(folder.Path));
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains("BIODL_CACHE", error.Hint);
        Assert.Contains(_cache.Catalogue.List().Entries, entry => entry.State == ModelState.Builtin);
    }

    [Fact]
    public void Damage_is_found_and_installing_again_repairs_it()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        string weights = Path.Combine(_cache.Catalogue.Install(folder.Path, new InstallOptions { Name = "m" }).Entries.Single().Path,
            "weights.onnx");
        byte[] bytes = File.ReadAllBytes(weights);
        File.WriteAllBytes(weights, bytes[..^5]);
        Assert.Contains("weights.onnx", Assert.Single(_cache.Catalogue.Damage("m")));
        _cache.Catalogue.Install(folder.Path, new InstallOptions { Name = "m" });
        Assert.Empty(_cache.Catalogue.Damage("m"));
        Assert.Equal(bytes, File.ReadAllBytes(weights));
    }

    [Fact]
    public void An_open_model_keeps_its_files_when_it_is_removed()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        string path = _cache.Catalogue.Install(folder.Path, new InstallOptions { Name = "m" }).Entries.Single().Path;
        using (Model first = Model.Open(path), second = Model.Open(path))
        {
            first.Dispose();
            _cache.Catalogue.Remove("m");
            Assert.Null(_cache.Catalogue.Find("m"));
            using var image = Specimens.Nuclei(64, 64);
            Assert.Equal(64, second.Segment(image.View, new()).Account.Tile.Y);
        }
        _cache.Networks.Network("something", () => [1]);
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Installed_models_stay_when_the_cache_is_above_its_limit_and_converted_networks_go()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        folder.With("noise.bin", new byte[100_000]);
        _cache.Networks.Network("a", () => new byte[1000]);
        _cache.Settings = _cache.Settings with { Limit = 50_000 };
        Assert.Contains("limit", Assert.Single(_cache.Catalogue.Install(folder.Path, new InstallOptions { Name = "m" }).Warnings));
        Assert.Empty(_cache.Files("imported"));
        Assert.Empty(_cache.Catalogue.Damage("m"));
        Assert.Equal([2], _cache.Networks.Network("b", () => [2]));
        Assert.Empty(_cache.Files("imported"));
    }

    [Fact]
    public void A_damaged_record_is_a_warning_and_can_be_removed()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        _cache.Catalogue.Install(folder.Path, new InstallOptions { Name = "good" });
        _cache.Catalogue.Install(folder.Path, new InstallOptions { Name = "bad" });
        string record = Path.Combine(_cache.Folder, "models", "bad.json");
        File.WriteAllText(record, File.ReadAllText(record)[..100]);
        CatalogueListing listing = _cache.Catalogue.List();
        Assert.Contains("bad.json", Assert.Single(listing.Warnings));
        Assert.Equal(["good"], _cache.Installed.Select(entry => entry.Id));
        _cache.Catalogue.Remove("bad");
        Assert.Empty(_cache.Catalogue.List().Warnings);
        Model.Open(_cache.Catalogue.Find("good")).Dispose();
    }

    [Fact]
    public void What_is_not_there_cannot_be_removed()
    {
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => _cache.Catalogue.Remove("none")).Status);
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => _cache.Catalogue.Remove("../models/x")).Status);
        Assert.Equal(Status.InvalidArgument,
            Assert.Throws<BioDLException>(() => _cache.Catalogue.Remove(BuiltInModels.For(ModelTask.Segment))).Status);
    }

    [Fact]
    public void The_builtin_model_is_listed()
    {
        CatalogueEntry entry = Assert.Single(_cache.Catalogue.List().Entries, entry => entry.Id == BuiltInModels.For(ModelTask.Segment));
        Assert.Equal((entry.Id, ModelState.Builtin, "2D, 1 channel", "MIT", ModelTask.Segment),
            (entry.Id, entry.State, entry.Input, entry.Licence, entry.Task));
        Assert.InRange(entry.Bytes, 1 << 20, 4 << 20);
    }

    [SkippableFact]
    public void The_shared_model_is_installed_whole()
    {
        string folder = Path.GetDirectoryName(SharedData.File("models", "stardist-dsb2018", "bioimageio.yaml"))!;
        CatalogueEntry entry = _cache.Catalogue.Install(Path.Combine(folder, "bioimageio.yaml")).Entries.Single();
        Assert.Equal("BSD-3-Clause", entry.Licence);
        Assert.Equal(["bioimageio.yaml", "test_input.npy", "test_output_dist.npy", "test_output_prob.npy", "weights.onnx"],
            Directory.GetFiles(Path.GetDirectoryName(entry.Path)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_cancel_leaves_nothing()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        Assert.Equal(Status.Cancelled, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(folder.Path, null,
            (in BioDL.Core.Running.Progress _) => false)).Status);
        Assert.Empty(_cache.Files());
    }

    private string Source(ModelFolder package, string kind)
    {
        switch (kind)
        {
            case "folder": return package.Path;
            case "description": return package["bioimageio.yaml"];
            default:
                string zip = _cache.Beside(kind == "zip of another name" ? "download" : "package.zip");
                ZipFile.CreateFromDirectory(package.Path, zip, CompressionLevel.Fastest,
                    includeBaseDirectory: kind == "zip with a folder in it");
                return zip;
        }
    }
}
