using BioDL.Core;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Models.Descriptions;

/// <summary>A description is found under any name, and weights never open without it.</summary>
public class DescriptionNameTests
{
    private const string Steps = "[{id: scale_linear, kwargs: {gain: 3}}]";

    public static TheoryData<string> Names => ["bioimageio.yaml", "rdf.yaml", "model.yaml", "Nuclei.model.yaml", "my model.yml",
        "nuclei.rdf.yaml", "nuclei.bioimageio.yaml", "RDF.YAML", "anything.yaml"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_it_is_called_its_processing_counts(string name)
    {
        using ModelFolder folder = Package(name);
        foreach (string path in (string[])[folder.Path, folder[name], folder["weights.onnx"]])
        {
            using Model model = Model.Open(path);
            Assert.Equal([new ScaleLinear([3], [0])], model.Description.Inputs[0].Preprocessing, Same);
        }
    }

    [Fact]
    public void Texts_of_other_tools_are_no_descriptions()
    {
        using ModelFolder folder = Package("a.model.yaml").With("environment.yaml", "name: x\ndependencies: [python]\n")
            .With("broken.yml", "{[").With("inputs.yaml", "inputs: [a]\n");
        using Model model = Model.Open(folder.Path);
        Assert.Single(model.Description.Inputs[0].Preprocessing);
        File.Delete(folder["a.model.yaml"]);
        using Model bare = Model.Open(folder.Path);
        Assert.Empty(bare.Description.Inputs[0].Preprocessing);
    }

    [Fact]
    public void Of_several_none_is_chosen()
    {
        using ModelFolder folder = Package("a.model.yaml").With("b.model.yaml", Text);
        var error = Assert.Throws<BioDLException>(() => Model.Open(folder.Path));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains("a.model.yaml, b.model.yaml", error.Message);
        Assert.Throws<BioDLException>(() => Model.Open(folder["weights.onnx"]));
        Model.Open(folder["b.model.yaml"]).Dispose();
    }

    [Theory]
    [InlineData("weights: {onnx: {source: weights.onnx}}\ninputs: [\n")]
    [InlineData("format_version: 9.9\nname: x\ninputs: [{name: raw}]\noutputs: []\nweights: {onnx: {source: weights.onnx}}\n")]
    [InlineData("format_version: 0.4.9\ninputs: []\nweights: {onnx: {source: weights.onnx}}\n")]
    public void One_that_is_not_understood_is_an_error_and_no_bare_network(string text)
    {
        using ModelFolder folder = Package("a.model.yaml").With("a.model.yaml", text);
        foreach (string path in (string[])[folder.Path, folder["weights.onnx"]])
            Assert.NotEmpty(Assert.Throws<BioDLException>(() => Model.Open(path)).Hint);
    }

    /// <summary>A folder of downloads: the description of another network is none of this one.</summary>
    [Fact]
    public void A_description_of_another_network_is_not_taken()
    {
        using ModelFolder folder = Package("a.model.yaml").With("other.onnx", Network());
        using Model model = Model.Open(folder["other.onnx"]);
        Assert.Empty(model.Description.Inputs[0].Preprocessing);
    }

    [Fact]
    public void A_micro_sign_of_windows_stays_one_and_is_told()
    {
        using ModelFolder folder = Package("rdf.yaml");
        File.WriteAllBytes(folder["rdf.yaml"], System.Text.Encoding.Latin1.GetBytes(Text.Replace("described", "0.5 µm")));
        using Model model = Model.Open(folder.Path);
        Assert.Equal("0.5 µm", model.Description.Name);
        Assert.Contains("Windows-1252", Assert.Single(model.Description.Notes));
    }

    private static string Text => Described.New(One, OneOut, preprocessing: Steps);

    private const string One = "{type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {min: 8, step: 8}}, "
        + "{type: space, id: x, size: {min: 8, step: 8}}";
    private const string OneOut = "{type: batch}, {type: channel, channel_names: [a]}, "
        + "{type: space, id: y, size: {tensor_id: raw, axis_id: y}}, "
        + "{type: space, id: x, size: {tensor_id: raw, axis_id: x}}";

    private static ModelFolder Package(string name) => new ModelFolder().With("weights.onnx", Network()).With(name, Text);

    private static byte[] Network()
    {
        var network = new NetworkMaker();
        string input = network.Input("raw", NetworkMaker.Float, null, 1, null, null);
        network.Output(network.Node("Conv", [input, network.Weights(1, 1, 3, 3)], ("pads", new long[] { 1, 1, 1, 1 })), NetworkMaker.Float,
            [null, 1, null, null]);
        return network.Bytes();
    }

    private static bool Same(PixelOperation a, PixelOperation b) => a.Describe() == b.Describe();
}
