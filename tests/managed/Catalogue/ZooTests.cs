using BioDL.Core;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Opening;
using BioDL.Tests.Graphs;
using BioDL.Tests.Models;

namespace BioDL.Tests.Catalogues;

/// <summary>The online collection: its index in the forms that exist, and packages that are a description with its files beside.</summary>
public sealed class ZooTests : IDisposable
{
    private static readonly string[] BuiltIn = [.. BuiltInModels.Names.Select(name => $"builtin:{name}")];

    private readonly TestCache _cache = new();
    private readonly TestServer _server = new();
    private readonly ModelFolder _model = ModelFolder.Described(new TinyOnnx { Rays = 11 }, "name: tiny\n",
        "name: tiny\nid: brave-newt\ncovers: [cover.png]\ndocumentation: doc.md\n");

    public ZooTests()
    {
        _model.With("cover.png", "png").With("doc.md", "# Tiny");
        Serve("artifacts/brave-newt/files/", "rdf.yaml");
    }

    public void Dispose()
    {
        _server.Dispose();
        _cache.Dispose();
        _model.Dispose();
    }

    private byte[] Description => File.ReadAllBytes(_model["bioimageio.yaml"]);

    [Fact]
    public void The_servers_listing_tells_all_of_a_model()
    {
        Use("artifacts/zoo/children?limit=1000", """
            [{"id": "bioimage-io/brave-newt", "alias": "brave-newt", "type": "model", "manifest": {"name": "Tiny\u001b[31m", "description": "Finds newts.", "license": "CC-BY-4.0",
              "tags": ["stardist", "2d"], "covers": ["cover.png"], "cite": [{"text": "Newt et al.", "doi": "10.1/n"}], "version": "0.1.0",
              "inputs": [{"axes": [{"type": "batch"}, {"type": "channel", "channel_names": ["a", "b"]}, {"type": "space", "id": "y"}, {"type": "space", "id": "x"}]}],
              "weights": {"pytorch_state_dict": {"source": "w.pt"}, "onnx": {"source": "weights.onnx"}}}},
             {"id": "bioimage-io/sad-newt", "alias": "sad-newt", "type": "model", "manifest": {"name": "Sad", "inputs": [{"axes": "bczyx", "shape": {"min": [1, 1, 8, 8, 8]}}], "weights": {"keras_hdf5": {"source": "w.h5"}}}},
             {"id": "bioimage-io/some-data", "alias": "some-data", "type": "dataset", "manifest": {"name": "no model"}}, {"type": "model"}, 7]
            """);
        CatalogueListing listing = _cache.Catalogue.List(online: true);
        Assert.Empty(listing.Warnings);
        CatalogueEntry[] online = [.. listing.Entries.Where(entry => entry.State == ModelState.Online)];
        Assert.Equal(["brave-newt", "sad-newt"], online.Select(entry => entry.Id));
        CatalogueEntry newt = online[0];
        Assert.Equal(("Tiny[31m", "Finds newts.", "CC-BY-4.0", "2D, 2 channels", ModelTask.Segment),
            (newt.Name, newt.Description, newt.Licence, newt.Input, newt.Task));
        Assert.Equal(("Newt et al., 10.1/n", "onnx", true, _server.Url("artifacts/brave-newt/files/cover.png")),
            (newt.Citation, newt.WeightsFormat, newt.Runnable, newt.Cover));
        Assert.Equal(("3D, 1 channel", false), (online[1].Input, online[1].Runnable));
        Assert.Contains("keras_hdf5", online[1].WhyNot);
    }

    [Theory]
    [InlineData("brave-newt")]
    [InlineData("Brave-Newt")]
    [InlineData("bioimage-io/brave-newt")]
    public void A_model_of_the_servers_listing_is_installed_by_its_names(string name)
    {
        Use("artifacts/zoo/children", """{"total": 1, "items": [{"id": "bioimage-io/brave-newt", "alias": "brave-newt", "manifest": {"type": "model", "name": "Tiny"}}]}""");
        Installed(name, "brave-newt");
    }

    [Theory]
    [InlineData("brave-newt")]
    [InlineData("10.5281/zenodo.1")]
    [InlineData("a tiny model")]
    public void A_model_of_the_collection_is_installed_by_its_names(string name)
    {
        Use("collection.json", """
            {"collection": [{"type": "dataset", "id": "d", "rdf_source": "x"},
             {"type": "model", "id": "10.5281/zenodo.1", "nickname": "brave-newt", "name": "A tiny model", "license": "MIT", "tags": ["3d", "denoising"], "covers": ["https://x.example/c.png"],
              "rdf_source": "artifacts/brave-newt/files/rdf.yaml"}]}
            """);
        CatalogueEntry entry = _cache.Catalogue.List(online: true).Entries.Single(entry => entry.State == ModelState.Online);
        Assert.Equal(("3D", ModelTask.Denoise, "https://x.example/c.png"), (entry.Input, entry.Task, entry.Cover));
        Installed(name, "brave-newt");
        using (Model model = Model.Open(_cache.Catalogue.Find("10.5281/zenodo.1")))
            Assert.Equal(11, model.Description.StarDist!.Rays);
        Assert.DoesNotContain(_cache.Catalogue.List(online: true).Entries, other => other.State == ModelState.Online);
    }

    [Fact]
    public void The_index_of_versions_gives_the_newest_and_its_hash()
    {
        string versions = $$"""
            {"count_per_type": {"model": 1}, "items": [{"id": "bioimage-io/brave-newt", "type": "model", "versions": [
              {"version": "v1", "created_at": "2025-07-02", "sha256": "{{Packages.Hash(Description)}}", "source": "{{_server.Url("artifacts/brave-newt/files/rdf.yaml?version=v1")}}"},
              {"version": "v0", "created_at": "2025-07-01", "sha256": "{{new string('0', 64)}}", "source": "{{_server.Url("old")}}"}]}]}
            """;
        Use("index.json", versions);
        Serve("artifacts/brave-newt/files/", "rdf.yaml", "?version=v1");
        Assert.Equal("v1", _cache.Catalogue.List(online: true).Entries[^1].Version);
        Installed("brave-newt", "brave-newt");

        Use("index.json", versions.Replace(Packages.Hash(Description), new string('1', 64)));
        File.SetLastWriteTimeUtc(Directory.GetFiles(Path.Combine(_cache.Folder, "zoo")).Single(), DateTime.UtcNow.AddDays(-1));
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install("brave-newt"));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains(new string('1', 64), error.Message);
    }

    [Fact]
    public void Offline_the_last_known_collection_is_listed_and_installed_models_work()
    {
        Use("collection.json", $$"""{"collection": [{"type": "model", "id": "brave-newt", "name": "Tiny", "rdf_source": "{{_server.Url("artifacts/brave-newt/files/rdf.yaml")}}"}, {"type": "model", "id": "other-newt", "rdf_source": "x"}]}""");
        _cache.Catalogue.Install("brave-newt");
        _server.Dispose();
        CatalogueListing listing = _cache.Catalogue.List(online: true);
        Assert.Contains("could not be asked; this is what it was on", Assert.Single(listing.Warnings));
        Assert.Equal([.. BuiltIn, "brave-newt", "other-newt"], listing.Entries.Select(entry => entry.Id));
        Model.Open(_cache.Catalogue.Find("brave-newt")).Dispose();
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install("other-newt"));
        Assert.Equal(Status.Io, error.Status);
        Assert.NotEmpty(error.Hint);
    }

    [Fact]
    public void A_collection_that_was_never_reached_is_a_warning()
    {
        _cache.Settings = _cache.Settings with { Zoo = [_server.Url("none.json"), "http://127.0.0.1:1/none.json"] };
        CatalogueListing listing = _cache.Catalogue.List(online: true);
        Assert.Contains("none.json", Assert.Single(listing.Warnings));
        Assert.Equal(BuiltIn, listing.Entries.Select(entry => entry.Id));
        Assert.Equal(Status.Io, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install("brave-newt")).Status);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"collection\": 5}")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    public void A_broken_index_is_a_warning_and_the_next_one_is_asked(string json)
    {
        _server.With("bad.json", json);
        _cache.Settings = _cache.Settings with { Zoo = [_server.Url("bad.json")] };
        Assert.Contains("no index of models", Assert.Single(_cache.Catalogue.List(online: true).Warnings));
        _server.With("good.json", """{"collection": [{"type": "model", "id": "a", "rdf_source": "a.yaml"}]}""");
        _cache.Settings = _cache.Settings with { Zoo = [_server.Url("bad.json"), _server.Url("good.json")] };
        Assert.Equal("a", _cache.Catalogue.List(online: true).Entries[^1].Id);
    }

    [Fact]
    public void An_unknown_name_is_no_model()
    {
        Use("collection.json", """{"collection": []}""");
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install("brave-newt")).Status);
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install("./brave-newt")).Status);
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install("brave-newt.zip")).Status);
    }

    [Fact]
    public void A_description_brings_its_files_and_its_picture()
    {
        CatalogueEntry entry = _cache.Catalogue.Install(_server.Url("artifacts/brave-newt/files/rdf.yaml")).Entries.Single();
        Assert.Equal(["bioimageio.yaml", "cover.png", "doc.md", "weights.onnx"],
            Directory.GetFiles(entry.Path).Select(Path.GetFileName).Order());
        Assert.Equal(Description, File.ReadAllBytes(Path.Combine(entry.Path, "bioimageio.yaml")));
        Assert.Empty(_cache.Files("partial"));
    }

    [Fact]
    public void A_broken_description_brings_only_what_is_missing_the_next_time()
    {
        byte[] weights = File.ReadAllBytes(_model["weights.onnx"]);
        _server.With("artifacts/brave-newt/files/weights.onnx",
            asked => asked.Number == 1 ? new Reply(weights) { ETag = "\"w\"", CutAfter = 100 } : Reply.Error(503));
        Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url("artifacts/brave-newt/files/rdf.yaml")));
        int before = _server.For("artifacts/brave-newt/files/weights.onnx").Length;
        _server.With("artifacts/brave-newt/files/weights.onnx", weights, "\"w\"");
        _cache.Catalogue.Install(_server.Url("artifacts/brave-newt/files/rdf.yaml"));
        Assert.True(_server.For("artifacts/brave-newt/files/weights.onnx")[before].From > 0);
        Assert.Empty(_cache.Catalogue.Damage("brave-newt"));
    }

    [Fact]
    public void A_missing_picture_is_a_warning_and_missing_weights_are_an_error()
    {
        _server.With("artifacts/brave-newt/files/cover.png", _ => Reply.Error(404));
        Assert.Contains("cover.png", Assert.Single(_cache.Catalogue.Install(_server.Url("artifacts/brave-newt/files/rdf.yaml")).Warnings));
        _cache.Catalogue.Remove("brave-newt");
        _server.With("artifacts/brave-newt/files/weights.onnx", _ => Reply.Error(404));
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url("artifacts/brave-newt/files/rdf.yaml")));
        Assert.Equal(Status.NotFound, error.Status);
        Assert.Contains("weights.onnx", error.Message);
    }

    [Fact]
    public void Weights_of_another_hash_than_the_description_says_are_refused()
    {
        _server.With("artifacts/brave-newt/files/weights.onnx", new TinyOnnx { Rays = 12 }.Bytes());
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url("artifacts/brave-newt/files/rdf.yaml")));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(error.Message, "[0-9a-f]{64}"));
        Assert.Empty(_cache.Installed);
    }

    [Fact]
    public void Files_that_lie_elsewhere_are_brought_and_named_as_they_lie_here()
    {
        _server.With("far/away.onnx?v=2", File.ReadAllBytes(_model["weights.onnx"]));
        ServeText("moved/rdf.yaml", "source: weights.onnx", $"source: {_server.Url("far/away.onnx?v=2")}");
        CatalogueEntry entry = _cache.Catalogue.Install(_server.Url("moved/rdf.yaml")).Entries.Single();
        Assert.Equal(["0-away.onnx", "bioimageio.yaml"], Directory.GetFiles(entry.Path).Select(Path.GetFileName).Order());
        Assert.Contains("source: \"0-away.onnx\"", File.ReadAllText(Path.Combine(entry.Path, "bioimageio.yaml")));
        using Model model = Model.Open(entry.Path);
        Assert.Equal(11, model.Description.StarDist!.Rays);
    }

    [Theory]
    [InlineData("../../weights.onnx", "leaves its folder")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("file:///etc/passwd", "file")]
    [InlineData("C:\\\\secret.onnx", "backslash")]
    public void Descriptions_that_name_files_elsewhere_are_refused(string name, string says)
    {
        ServeText("hostile/rdf.yaml", "source: weights.onnx", $"source: \"{name}\"");
        Assert.Contains(says, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url("hostile/rdf.yaml"))).Message);
        Assert.Empty(_cache.Installed);
        Assert.DoesNotContain(_server.Requests, request => request.Target.Contains("passwd"));
    }

    [Fact]
    public void Weights_that_cannot_be_run_are_refused_before_they_are_brought()
    {
        ServeText("other/rdf.yaml", "  onnx:\n", "  keras_hdf5:\n");
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url("other/rdf.yaml")));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains("keras_hdf5", error.Message);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void A_new_version_replaces_the_old_one()
    {
        string url = _server.Url("artifacts/brave-newt/files/rdf.yaml");
        string first = _cache.Catalogue.Install(url).Entries.Single().Path;
        using ModelFolder next = ModelFolder.Described(new TinyOnnx { Rays = 13 }, "name: tiny\n", "name: tiny\nid: brave-newt\n");
        _server.With("artifacts/brave-newt/files/rdf.yaml", File.ReadAllBytes(next["bioimageio.yaml"]))
            .With("artifacts/brave-newt/files/weights.onnx", File.ReadAllBytes(next["weights.onnx"]));
        CatalogueEntry entry = _cache.Catalogue.Install(url).Entries.Single();
        Assert.Equal("brave-newt", entry.Id);
        using Model model = Model.Open(_cache.Catalogue.Find("brave-newt"));
        Assert.Equal(13, model.Description.StarDist!.Rays);
        Assert.False(Directory.Exists(first));
        Assert.Single(_cache.Installed);
    }

    private void Installed(string name, string id)
    {
        CatalogueEntry entry = _cache.Catalogue.Install(name).Entries.Single();
        Assert.Equal((id, true, "tiny"), (entry.Id, entry.Runnable, entry.Name));
        Assert.Equal("png", File.ReadAllText(entry.Cover));
        using Model model = Model.Open(_cache.Catalogue.Find(name));
        Assert.Equal(11, model.Description.StarDist!.Rays);
    }

    private void Use(string path, string json)
    {
        _server.With(path, json);
        _cache.Settings = _cache.Settings with { Zoo = [_server.Url(path)] };
    }

    private void Serve(string folder, string description, string query = "")
    {
        _server.With(folder + description + query, Description);
        foreach (string name in new[] { "weights.onnx", "cover.png", "doc.md" })
            _server.With(folder + name + query, File.ReadAllBytes(_model[name]));
    }

    /// <summary>The description with something else in it.</summary>
    private void ServeText(string path, string from, string to)
    {
        string text = File.ReadAllText(_model["bioimageio.yaml"]);
        Assert.Contains(from, text);
        _server.With(path, text.Replace(from, to));
    }
}
