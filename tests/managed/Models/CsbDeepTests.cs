using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Tests.Graphs;
using BioDL.Tests.Objects.StarConvex;

namespace BioDL.Tests.Models;

/// <summary>What CSBDeep, Noise2Void and StarDist write beside a network, with networks of our own.</summary>
public class CsbDeepTests
{
    [Fact]
    public void Noise2void_brings_its_means_and_deviations_also_as_text()
    {
        using ModelFolder folder = Restoring(channels: 2, outputs: 2)
            .With("config.json", """{"axes": "YXC", "n_channel_in": 2, "n_channel_out": 2, "means": ["10.5", "20"], "stds": ["2", "3"], "n2v_perc_pix": 1.5, "structN2Vmask": null}""");
        using Model model = Model.Open(folder.Path);
        var steps = Assert.IsType<FixedZeroMeanUnitVariance>(Assert.Single(model.Description.Inputs[0].Preprocessing));
        Assert.Equal([10.5, 20, 2, 3, 0], [.. steps.Mean, .. steps.Std, steps.Epsilon]);
        Assert.Equal(("CSBDeep N2V", ModelTask.Denoise, true),
            (model.Description.Format, model.Description.Task, model.Description.Outputs[0].RestoresInput));
    }

    [Fact]
    public void Noise2void_without_numbers_takes_those_of_the_image()
    {
        using ModelFolder folder = Restoring(1, 1)
            .With("meta.json", """{"type": "N2V", "axes": "YXC", "axes_div_by": [4, 4, 1], "tile_overlap": [8, 8, 0]}""");
        using Model model = Model.Open(folder["meta.json"]);
        Assert.Equal([new ZeroMeanUnitVariance(StatisticAxes.Slices | StatisticAxes.Samples, 0)],
            model.Description.Inputs[0].Preprocessing);
        Assert.Equal((new AxisSizes(4, 4), 8), (model.Description.Inputs[0].Y, model.Description.Outputs[0].Halo.X));
    }

    [Fact]
    public void A_probabilistic_network_has_spreads_behind_its_values()
    {
        using ModelFolder folder = Restoring(1, 2)
            .With("config.json", """{"axes": "YXC", "n_channel_in": 1, "n_channel_out": 1, "probabilistic": true}""");
        using Model model = Model.Open(folder.Path);
        OutputTensor output = Assert.Single(model.Description.Outputs);
        Assert.Equal((2, 1, true), (output.Channels, output.SpreadChannels, output.RestoresInput));
    }

    [Theory]
    [InlineData("""{"axes": "YXQ"}""", Status.ModelUnsupported, "axis Q")]
    [InlineData("""{"axes": "YXC", "n_channel_in": 3}""", Status.ModelInvalid, "3 input channels")]
    [InlineData("""{"axes": "YXC", "means": [1, 2], "stds": [1]}""", Status.ModelInvalid, "2 means")]
    [InlineData("[1, 2]", Status.ModelInvalid, "no object")]
    [InlineData("{\"axes\": ", Status.ModelInvalid, "not JSON")]
    public void Damaged_or_foreign_metadata_is_told(string config, Status status, string says)
    {
        using ModelFolder folder = Restoring(1, 1).With("config.json", config);
        var error = Assert.Throws<BioDLException>(() => Model.Open(folder.Path));
        Assert.Equal(status, error.Status);
        Assert.Contains(says, error.Message);
    }

    /// <summary>
    /// Fiji's export holds prob and dist in one output at full size, prob with zeros between the grid points and dist repeated. Cut in two
    /// again it must
    /// segment as the network itself does.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stardist_export_for_fiji_segments_as_the_network_itself(bool described)
    {
        using ModelFolder whole = new ModelFolder().With("weights.onnx", Stars(joined: false)), joined = new ModelFolder()
            .With("weights.onnx", Stars(joined: true));
        const string Config = """{"n_dim": 2, "axes": "YXC", "n_rays": 32, "grid": [2, 2], "n_channel_in": 1}""",
            Thresholds = """{"prob": 0.5, "nms": 0.4}""";
        whole.With("config.json", Config).With("thresholds.json", Thresholds);
        if (described)
            joined.With("config.json", Config).With("thresholds.json", Thresholds);
        using Model expected = Model.Open(whole.Path), actual = Model.Open(joined.Path);
        Assert.Equal((32, 2, 2, ModelTask.Segment),
            (actual.Description.StarDist!.Rays, actual.Description.StarDist.GridY, actual.Description.StarDist.GridX,
            actual.Description.Task));
        Assert.Equal(["prob", "dist"], actual.Description.Outputs.Select(output => output.Name));
        using Specimen<ushort> image = Specimens.Nuclei(200, 180);
        SegmentedObjects a = expected.Segment(image.View, new Asked()), b = actual.Segment(image.View, new Asked());
        Assert.NotEmpty(a.Objects);
        Assert.Equal(a.Objects, b.Objects);
        Assert.Equal(a.Vertices, b.Vertices);
        RunPlan plan = actual.Plan([image.View], new RunOptions());
        Assert.Equal([(100, 90, 1), (100, 90, 32)], plan.Outputs.Select(output => (output.Height, output.Width, output.Channels)));
    }

    /// <summary>As StarDist writes bioimage.io packages: one output of 33 channels, whose sizes it gives wrong by an offset.</summary>
    [Fact]
    public void A_described_stardist_export_runs_with_its_one_output_and_segments_with_two()
    {
        using ModelFolder folder = new ModelFolder().With("weights.onnx", Stars(joined: true)).With("rdf.yaml", """
            format_version: 0.4.9
            name: stars
            inputs:
              - {name: input, axes: bcyx, shape: {min: [1, 1, 16, 16], step: [0, 0, 16, 16]}, preprocessing: [{name: scale_range, kwargs: {mode: per_sample, axes: cyx, min_percentile: 1, max_percentile: 99.8}}]}
            outputs:
              - {name: output, axes: bcyx, halo: [0, 0, 6, 6], shape: {reference_tensor: input, scale: [1, 0, 1, 1], offset: [1, 16.5, 1, 1]}}
            weights: {onnx: {source: weights.onnx}}
            config: {stardist: {thresholds: {prob: 0.5, nms: 0.4}, config: {n_dim: 2, n_rays: 32, grid: [2, 2], n_channel_in: 1}}}
            """);
        using Model model = Model.Open(folder.Path);
        OutputTensor output = Assert.Single(model.Description.Outputs);
        Assert.Equal((33, AxisLink.Same, OutputKind.Values), (output.Channels, output.Y, output.Kind));
        Assert.Equal((2, "prob", "dist"),
            (model.Description.StarDist!.GridY, model.Description.StarDist.ProbName, model.Description.StarDist.DistName));
        using Specimen<ushort> image = Specimens.Nuclei(200, 180);
        Assert.NotEmpty(model.Segment(image.View, new Asked()).Objects);
    }

    /// <summary>One convolution.</summary>
    private static ModelFolder Restoring(int channels, int outputs)
    {
        var network = new NetworkMaker();
        string input = network.Input("input", NetworkMaker.Float, null, channels, null, null);
        string result = network.Node("Conv", [input, network.Weights(outputs, channels, 3, 3)], ("pads", new long[] { 1, 1, 1, 1 }));
        network.Output(result, NetworkMaker.Float, [null, outputs, null, null]);
        return new ModelFolder().With("weights.onnx", network.Bytes());
    }

    /// <summary>Bright pixels are probable, and all objects are circles of 6 pixels.</summary>
    private static byte[] Stars(bool joined)
    {
        const int Rays = 32;
        var network = new NetworkMaker();
        string input = network.Input("input", NetworkMaker.Float, null, 1, null, null);
        string small = network.Node("AveragePool", [input], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));
        string logit = network.Node("Conv", [small, network.Floats([8f], 1, 1, 1, 1), network.Floats([-4f], 1)]);
        float[] distances = new float[Rays], none = new float[Rays];
        Array.Fill(distances, 6f);
        string prob = joined ? network.Node("Sigmoid", [logit]) : "prob", dist = joined ? "" : "dist";
        string[] far = [small, network.Floats(none, Rays, 1, 1, 1), network.Floats(distances, Rays)];
        if (!joined)
        {
            network.Add("Sigmoid", [logit], [prob]);
            network.Add("Conv", far, [dist]);
            network.Output(prob);
            network.Output(dist);
            return network.Bytes();
        }
        string sparse = network.Node("ConvTranspose", [prob, network.Floats([1f], 1, 1, 1, 1)], ("strides", new long[] { 2, 2 }),
            ("output_padding", new long[] { 1, 1 }));
        string repeated = network.Node("Resize", [network.Node("Conv", far), "", network.Floats([1, 1, 2, 2], 4)], ("mode", "nearest"),
            ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        network.Output(network.Node("Concat", [sparse, repeated], ("axis", 1)), NetworkMaker.Float, [null, Rays + 1, null, null]);
        return network.Bytes();
    }
}
