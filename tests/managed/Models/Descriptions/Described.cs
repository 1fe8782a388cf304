using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Models.Files;
using BioDL.Models.Opening;
using BioDL.Models.Readers;
using BioDL.Models.Runtime;

namespace BioDL.Tests.Models.Descriptions;

/// <summary>A description in text and a network of which only the tensors count: what becomes of them.</summary>
internal sealed record Described(ModelDraft Draft, IReadOnlyList<InputTensor> Inputs, IReadOnlyList<OutputTensor> Outputs)
{
    public InputTensor Input => Assert.Single(Inputs);

    public OutputTensor Output => Assert.Single(Outputs);

    /// <param name="text">bioimageio.yaml</param>
    /// <param name="inputs">the network's; null: one called "net_in" without a known shape</param>
    /// <param name="outputs">likewise, "net_out"</param>
    /// <param name="facts">what the graph would tell; null: nothing</param>
    public static Described Of(string text, NetworkTensor[]? inputs = null, NetworkTensor[]? outputs = null, NetworkFacts? facts = null)
    {
        using ModelFolder folder = new ModelFolder().With("bioimageio.yaml", text).With("weights.onnx", "not read here");
        ModelDraft draft = new BioimageioReader().Read(new ModelLocation(new FolderFiles(folder.Path, "the package"), null))!;
        var network = new LoadedNetwork
        {
            Format = "onnx", Engine = InstalledEngines.Onnx, Sha256 = "", Read = () =>
                [], Inputs = inputs ?? [new NetworkTensor("net_in", null)], Outputs = outputs ?? [new NetworkTensor("net_out", null)],
        };
        facts ??= new NetworkFacts { BytesPerPixel = 1 };
        var join = new TensorJoin(draft, network, new DescriptionErrors("the package"));
        IReadOnlyList<InputTensor> given = join.Inputs(facts);
        return new Described(draft, given, join.Outputs(given, facts));
    }

    public static BioDLException Fails(string text, NetworkTensor[]? inputs = null, NetworkTensor[]? outputs = null,
        NetworkFacts? facts = null)
    {
        var error = Assert.Throws<BioDLException>(() => Of(text, inputs, outputs, facts));
        Assert.Contains("the package", error.Message);
        Assert.NotEmpty(error.Hint);
        return error;
    }

    /// <summary>Format 0.5 with one input "raw" and one output "out"; each part is one line in YAML's flow style.</summary>
    public static string New(string inputAxes = Plane, string outputAxes = SamePlane, string preprocessing = "[]", string postprocessing = "[]", string more = "") => $$"""
        format_version: 0.5.4
        type: model
        name: described
        inputs:
          - {id: raw, axes: [{{inputAxes}}], preprocessing: {{preprocessing}} }
        outputs:
          - {id: out, axes: [{{outputAxes}}], postprocessing: {{postprocessing}} }
        weights: {onnx: {source: weights.onnx} }
        {{more}}
        """;

    /// <summary>Format 0.4 likewise.</summary>
    public static string Old(string axes = "bcyx", string inputShape = "[1, 3, 64, 96]", string outputShape = "[1, 3, 64, 96]",
        string preprocessing = "[]",
        string postprocessing = "[]", string halo = "null") => $$"""
        format_version: 0.4.10
        type: model
        name: described
        inputs:
          - {name: raw, axes: {{axes}}, data_type: float32, shape: {{inputShape}}, preprocessing: {{preprocessing}} }
        outputs:
          - {name: out, axes: {{axes}}, data_type: float32, shape: {{outputShape}}, halo: {{halo}}, postprocessing: {{postprocessing}} }
        weights: {onnx: {source: weights.onnx} }
        """;

    public const string Batch = "{type: batch}", Three = "{type: channel, channel_names: [r, g, b]}";
    public const string Plane = Batch + ", " + Three
        + ", {type: space, id: y, size: {min: 16, step: 8}}, {type: space, id: x, size: {min: 32, step: 16}}";
    public const string SamePlane = Batch + ", " + Three
        + ", {type: space, id: y, size: {tensor_id: raw, axis_id: y}}, {type: space, id: x, size: {tensor_id: raw, axis_id: x}}";
}
