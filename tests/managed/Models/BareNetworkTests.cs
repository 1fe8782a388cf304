using BioDL.Core;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Tests.Cli;
using BioDL.Tests.TensorFlow;

namespace BioDL.Tests.Models;

/// <summary>Networks without a description: what their user may say of them, and what is said to the user.</summary>
public sealed class BareNetworkTests
{
    [Theory]
    [InlineData(NetworkUse.Care, typeof(ScaleRange), true, ModelTask.Denoise)]
    [InlineData(NetworkUse.Noise2Void, typeof(ZeroMeanUnitVariance), true, ModelTask.Denoise)]
    [InlineData(NetworkUse.Denoise, null, false, ModelTask.Denoise)]
    [InlineData(NetworkUse.Stain, null, false, ModelTask.Stain)]
    [InlineData(NetworkUse.Unknown, null, false, ModelTask.Other)]
    public void A_frozen_graph_is_what_its_user_says(NetworkUse use, Type? step, bool restores, ModelTask task)
    {
        using ModelFolder folder = new ModelFolder().With("frozen.pb", Graph());
        using Model model = Model.Open(folder["frozen.pb"], use);
        Assert.Equal(step is null ? [] : [step], model.Description.Inputs[0].Preprocessing.Select(found => found.GetType()));
        Assert.Equal((restores, task), (model.Description.Outputs[0].RestoresInput, model.Description.Task));
    }

    [Fact]
    public void A_model_that_says_itself_what_it_is_stays_that()
    {
        using ModelFolder folder = new ModelFolder().With("frozen.pb", Graph())
            .With("config.json", """{"axes": "YXC", "n_channel_in": 1}""");
        var error = Assert.Throws<BioDLException>(() => Model.Open(folder.Path, NetworkUse.Noise2Void));
        Assert.Equal(Status.InvalidArgument, error.Status);
    }

    [Theory]
    [InlineData("weights_best.h5", true)]
    [InlineData("weights_last.h5", true)]
    [InlineData("model.keras", false)]
    public void Weights_of_keras_are_told_how_to_be_exported(string weights, bool isFolder)
    {
        using ModelFolder folder = new ModelFolder().With(weights, "\x89HDF\r\n");
        if (isFolder)
            folder.With("config.json", """{"n_dim": 2, "axes": "YXC", "n_rays": 32, "grid": [2, 2]}""")
                .With("thresholds.json", """{"prob": 0.5, "nms": 0.4}""");
        foreach (string path in (string[])[folder.Path, folder[weights], .. isFolder ? [folder["config.json"]] : Array.Empty<string>()])
        {
            var error = Assert.Throws<BioDLException>(() => Model.Open(path));
            Assert.Contains(weights, error.Message);
            Assert.Contains("export_TF()", error.Hint);
        }
    }

    [Fact]
    public void The_command_line_denoises_with_what_it_is_told()
    {
        using ModelFolder folder = new ModelFolder().With("frozen.pb", Graph());
        var refused = CliRun.Run("denoise", folder["no.tif"], "--model", folder["frozen.pb"], "--out", folder["out.tif"]);
        Assert.Contains("--task", refused.Error);
        var told = CliRun.Run("denoise", folder["no.tif"], "--model", folder["frozen.pb"], "--out", folder["out.tif"], "--task", "care");
        Assert.DoesNotContain("does not restore", told.Error);
        Assert.Contains("no.tif", told.Error);
        Assert.Contains("--task takes", CliRun.Run("run", "a.tif", "--model", "m", "--out", "o.tif", "--task", "x").Error);
    }

    /// <summary>Info describes whatever can be opened, and explains what cannot.</summary>
    [Fact]
    public void Info_takes_graphs_archives_and_names()
    {
        using ModelFolder folder = new ModelFolder().With("frozen.pb", Graph()).With("net.pt", "PK").With("weights_best.h5", "x");
        var (code, output, error) = CliRun.Run("info", folder["frozen.pb"]);
        Assert.True(code == 0, error);
        Assert.Contains("tensorflow_frozen_graph", output);
        Assert.Contains("bioimageio.yaml", CliRun.Run("info", folder["net.pt"]).Error);
        Assert.Contains("export_TF", CliRun.Run("info", folder["weights_best.h5"]).Error);
        Assert.Contains("installed model", CliRun.Run("info", "no-such-shark").Error);
    }

    private static byte[] Graph()
    {
        var weights = new Nd(1, 1, 1, 1);
        Array.Fill(weights.Values, 3);
        return new TinyGraph().Input("input", -1, -1, -1, 1).Floats("kernel", weights)
            .Node("made", "Conv2D", ["input", "kernel"], ("strides", new[] { 1, 1, 1, 1 }), ("padding", "SAME"),
                ("data_format", "NHWC")).Bytes;
    }
}
