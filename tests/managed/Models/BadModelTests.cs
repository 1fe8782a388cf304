using BioDL.Core;
using BioDL.Models;
using BioDL.Tests.Graphs;
using BioDL.Tests.Objects.StarConvex;

namespace BioDL.Tests.Models;

/// <summary>Model files are untrusted: each of these gives one of our errors, and says what is wrong.</summary>
public class BadModelTests
{
    [Theory]
    [InlineData("/no/such/folder", "/no/such/folder")]
    [InlineData("builtin:unknown", "builtin:unknown")]
    [InlineData("a\0b", "a?b")]
    public void A_missing_model_is_named(string path, string named) => Expect(path, Status.NotFound, named);

    [Fact]
    public void An_empty_folder_holds_no_model()
    {
        using var folder = new ModelFolder();
        Expect(folder.Path, Status.NotFound, folder.Path);
    }

    [Fact]
    public void A_truncated_network_is_invalid()
    {
        byte[] whole = new TinyOnnx().Bytes();
        using ModelFolder folder = new ModelFolder().With("weights.onnx", whole[..(whole.Length / 2)]);
        Expect(folder.Path, Status.ModelInvalid, "weights.onnx");
    }

    [Theory]
    [InlineData("picture.tif", "II*")]
    [InlineData("weights.h5", "HDF")]
    public void A_file_of_another_kind_is_unsupported(string name, string content)
    {
        using ModelFolder folder = new ModelFolder().With(name, content);
        Expect(folder[name], Status.ModelUnsupported, name);
    }

    [Fact]
    public void Text_named_onnx_is_invalid()
    {
        using ModelFolder folder = new ModelFolder().With("x.onnx", "this is no network at all");
        Expect(folder["x.onnx"], Status.ModelInvalid, "x.onnx");
    }

    [Fact]
    public void A_changed_network_is_told_by_both_hashes()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx { Distance = 5 });
        folder.With("weights.onnx", new TinyOnnx { Distance = 7 }.Bytes());
        BioDLException error = Expect(folder.Path, Status.ModelInvalid, "SHA-256");
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(error.Message, "[0-9a-f]{64}"));
    }

    [Fact]
    public void A_network_with_other_outputs_opens_but_does_not_segment()
    {
        using ModelFolder folder = new ModelFolder().With("weights.onnx", new TinyOnnx { Prob = "mask", Dist = "flow" }.Bytes());
        Assert.Contains("is no StarDist model", NotSegmenting(folder.Path).Message);
    }

    [Theory]
    [InlineData("n_rays: 8", "n_rays: 32", "32 rays")]
    [InlineData("grid: [1, 1]", "grid: [2, 2]", "grid of 2 x 2")]
    [InlineData("n_channel_in: 1", "n_channel_in: 3", null)]
    [InlineData("channel_names: [a]", "channel_names: [a, b, c]", "3 input channels")]
    [InlineData("- id: prob", "- id: probability", "\"probability\"")]
    [InlineData("min_percentile: 2.0", "min_percentile: 99.5", "99.5")]
    [InlineData("prob: 0.25", "prob: 25", "25")]
    [InlineData("halo: 4", "halo: 1000000", "halo")]
    [InlineData("step: 8", "step: 100000", "step")]
    [InlineData("min: 16", "min: 100000000", "smallest size")]
    [InlineData("source: weights.onnx", "source: ../../etc/passwd", "../../etc/passwd")]
    [InlineData("name: tiny", "name: &a [*a, *a]", "alias")]
    [InlineData("name: tiny", "name: [", "YAML")]
    public void A_description_that_does_not_fit_is_invalid(string from, string to, string? says)
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx(), from, to);
        if (says is not null)
            Expect(folder.Path, Status.ModelInvalid, says);
        else
            Model.Open(folder.Path).Dispose();  // the axes are more telling than the configuration
    }

    [Theory]
    [InlineData("id: scale_range", "id: local_contrast", "local_contrast")]
    [InlineData("- {type: channel, channel_names: [a]}", "- {type: time, size: 1}", "time")]
    [InlineData("  onnx:\n", "  keras_hdf5:\n", "keras_hdf5")]
    [InlineData("source: weights.onnx", "source: https://example.org/other.onnx", "https://example.org/other.onnx")]
    public void A_description_of_something_else_is_unsupported(string from, string to, string says)
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx(), from, to);
        Expect(folder.Path, Status.ModelUnsupported, says);
    }

    [Fact]
    public void A_star_convex_network_of_another_normalisation_opens_but_does_not_segment()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx(),
            "id: scale_range\n        kwargs: {axes: [channel, y, x], min_percentile: 2.0, max_percentile: 99.0}",
            "id: zero_mean_unit_variance");
        Assert.Contains("zero_mean_unit_variance", NotSegmenting(folder.Path).Message);
    }

    [Fact]
    public void Deep_nesting_is_refused_before_it_can_overflow_the_stack()
    {
        using ModelFolder folder = new ModelFolder().With("weights.onnx", new TinyOnnx().Bytes())
            .With("bioimageio.yaml", "a: " + new string('[', 200_000));
        Expect(folder.Path, Status.ModelInvalid, "nested");
    }

    [Fact]
    public void A_huge_description_is_refused_before_it_is_read()
    {
        using ModelFolder folder = new ModelFolder().With("weights.onnx", new TinyOnnx().Bytes())
            .With("bioimageio.yaml", new string('#', 2 << 20));
        Expect(folder.Path, Status.ModelInvalid, "bytes");
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("missing.bin")]
    public void Weights_outside_the_folder_are_refused(string external)
    {
        using ModelFolder folder = new ModelFolder().With("weights.onnx", new TinyOnnx { External = external }.Bytes());
        Expect(folder.Path, Status.ModelInvalid, external);
    }

    [Fact]
    public void A_network_of_one_size_segments_images_of_any()
    {
        using ModelFolder folder = new ModelFolder().With("weights.onnx", new TinyOnnx { Side = 64 }.Bytes());
        using Model model = Model.Open(folder.Path);
        using var image = Specimens.Nuclei(90, 150);
        Assert.Equal(6, model.Segment(image.View, new()).Account.Tiles);
    }

    [Fact]
    public void A_network_that_is_not_what_its_file_claims_fails_clearly_at_the_first_run()
    {
        using ModelFolder folder = new ModelFolder().With("weights.onnx", new TinyOnnx { Rays = 8, ClaimedRays = 16 }.Bytes());
        using Model model = Model.Open(folder.Path);
        using var image = Specimens.Nuclei(64, 64);
        var error = Assert.Throws<BioDLException>(() => model.Segment(image.View, new()));
        Assert.Equal(Status.ModelInvalid, error.Status);
    }

    [Fact]
    public void Weights_changed_while_open_are_not_run()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        using Model model = Model.Open(folder.Path);
        folder.With("weights.onnx", new TinyOnnx { Distance = 9 }.Bytes());
        using var image = Specimens.Nuclei(64, 64);
        Assert.Equal(Status.ModelInvalid, Assert.Throws<BioDLException>(() => model.Segment(image.View, new())).Status);
    }

    private static BioDLException NotSegmenting(string path)
    {
        using Model model = Model.Open(path);
        Assert.Null(model.Description.StarDist);
        using var image = Specimens.Nuclei(64, 64);
        var error = Assert.Throws<BioDLException>(() => model.Segment(image.View, new()));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains("BioDL Run Model", error.Hint);
        return error;
    }

    private static BioDLException Expect(string path, Status status, string says)
    {
        var error = Assert.Throws<BioDLException>(() => Model.Open(path));
        Assert.Equal(status, error.Status);
        Assert.Contains(says, error.Message);
        Assert.NotEmpty(error.Hint);
        return error;
    }
}
