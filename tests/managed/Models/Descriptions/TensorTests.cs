using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Models.Descriptions;
using BioDL.Models.Opening;

namespace BioDL.Tests.Models.Descriptions;

/// <summary>Which tensor is meant, what its values are, and which command a model is for.</summary>
public class TensorTests
{
    private const string Two = """
        format_version: 0.5.4
        inputs:
          - {id: a, axes: [{type: batch}, {type: space, id: y, size: 16}, {type: space, size: 16}]}
          - {id: b, axes: [{type: batch}, {type: space, id: y, size: {tensor_id: a, axis_id: y}}, {type: space, size: {tensor_id: a, axis_id: x}}], optional: OPTIONAL}
        outputs:
          - {id: c, axes: [{type: batch}, {type: space, id: y, size: {tensor_id: b, axis_id: y}}, {type: space, size: {tensor_id: b, axis_id: x}}]}
          - {id: d, axes: [{type: batch}, {type: space, id: y, size: {tensor_id: a, axis_id: y}}, {type: space, size: {tensor_id: a, axis_id: x}}]}
        weights: {onnx: {source: weights.onnx}}
        """;

    private static readonly string Both = Two.Replace("OPTIONAL", "false");

    [Fact]
    public void Tensors_are_found_by_name_whatever_their_order()
    {
        Described it = Described.Of(Both, Tensors("b", "a"), Tensors("x", "d", "c"));
        Assert.Equal(["a", "b"], it.Inputs.Select(input => input.Name));
        Assert.Equal([("c", "a"), ("d", "a")], it.Outputs.Select(output => (output.Name, output.Reference)));
        Assert.Equal(new AxisSizes(16, 0), it.Inputs[1].Y);
    }

    [Fact]
    public void Tensors_of_other_names_are_found_by_their_order()
    {
        Described it = Described.Of(Both, Tensors("0", "1"), Tensors("2", "3"));
        Assert.Equal([("0", "a"), ("1", "b")], it.Inputs.Select(input => (input.Name, input.Id)));
        Assert.Equal([("2", "c", "0"), ("3", "d", "0")], it.Outputs.Select(output => (output.Name, output.Id, output.Reference)));
    }

    [Fact]
    public void An_order_that_names_contradict_is_invalid() =>
        Assert.Contains("\"a\"", Described.Fails(Both, Tensors("b", "x"), Tensors("c", "d")).Message);

    [Fact]
    public void A_tensor_too_few_is_invalid_but_an_optional_input_may_be_missing()
    {
        Assert.Contains("\"a\" and \"b\"", Described.Fails(Both, Tensors("q"), Tensors("c", "d")).Message);
        string optional = Two.Replace("OPTIONAL", "true").Replace("tensor_id: b", "tensor_id: a");
        Assert.Equal("a", Described.Of(optional, Tensors("a"), Tensors("c", "d")).Input.Id);
        Assert.Equal(2, Described.Of(optional, Tensors("a", "b"), Tensors("c", "d")).Inputs.Count);
    }

    [Fact]
    public void Two_tensors_of_one_name_are_invalid() =>
        Assert.Contains("called c", Described.Fails(Both.Replace("id: d", "id: c")).Message);

    [Theory]
    [InlineData("", "", OutputKind.Image)]
    [InlineData("", "{id: sigmoid}", OutputKind.Values)]
    [InlineData("", "{id: softmax}, {id: ensure_dtype, kwargs: {dtype: float32}}", OutputKind.Values)]
    [InlineData("", "{id: sigmoid}, {id: binarize, kwargs: {threshold: 0.5}}, {id: ensure_dtype, kwargs: {dtype: uint8}}", OutputKind.Mask)]
    [InlineData("data: {values: [0, 1], type: uint8}", "", OutputKind.Mask)]
    [InlineData("data: {values: [false, true], type: bool}", "", OutputKind.Mask)]
    [InlineData("data: {values: [sky, cell, dirt]}", "", OutputKind.Labels)]
    [InlineData("data: {type: float32, range: [0, 1]}", "", OutputKind.Values)]
    [InlineData("data: [{type: float32, range: [null, null]}, {type: float32}, {type: float32}]", "", OutputKind.Image)]
    public void The_kind_of_an_output_follows_from_its_steps_and_its_data(string data, string steps, OutputKind kind) =>
        Assert.Equal(kind, Described.Of(Described.New(postprocessing: $"[{steps}]").Replace("{id: out,",
            $"{{id: out, {data}{(data.Length > 0 ? "," : "")}")).Output.Kind);

    [Theory]
    [InlineData("[denoising, unet2d]", "", ModelTask.Denoise)]
    [InlineData("[CARE]", "", ModelTask.Denoise)]
    [InlineData("[Virtual Staining]", "", ModelTask.Stain)]
    [InlineData("[pix2pix, image-to-image]", "", ModelTask.Stain)]
    [InlineData("[label-free, segmentation]", "", ModelTask.Other)]
    [InlineData("[nucleus]", "Noise2Void for SEM", ModelTask.Denoise)]
    [InlineData("[nucleus]", "A careful model", ModelTask.Other)]
    public void The_task_follows_from_tags_then_from_the_name(string tags, string name, ModelTask task) =>
        Assert.Equal(task, Described.Of(Described.New(more: $"tags: {tags}").Replace("name: described", $"name: {name}"))
            .Draft.Description.Task);

    [Theory]
    [InlineData("{id: scale_range, kwargs: {axes: [y, x]}}", "", true)]
    [InlineData("{id: zero_mean_unit_variance, kwargs: {axes: [y, x]}}", "{id: ensure_dtype, kwargs: {dtype: float32}}", true)]
    [InlineData("{id: fixed_zero_mean_unit_variance, kwargs: {mean: 1, std: 2}}", "{id: scale_linear, kwargs: {gain: 2, offset: 1}}",
        false)]
    [InlineData("{id: scale_range, kwargs: {axes: [y, x]}}", "{id: scale_mean_variance, kwargs: {reference_tensor: raw}}", false)]
    [InlineData("", "", false)]
    public void A_restored_input_is_one_that_nothing_has_scaled_since(string before, string after, bool restores) =>
        Assert.Equal(restores, Described.Of(Described.New(preprocessing: $"[{before}]", postprocessing: $"[{after}]",
            more: "tags: [denoising]")).Output.RestoresInput);

    [Fact]
    public void The_identity_of_a_model_is_read()
    {
        ModelDescription it = Described.Of(Described.New(more: """
            id: affable-shark
            version: 1.2.0
            license: BSD-3-Clause
            description: What it does
            covers: [cover.png, {source: second.png}]
            cite: [{text: A, doi: 10.1/2}, {text: B, url: "https://example.org", doi: null}]
            """)).Draft.Description;
        Assert.Equal(("affable-shark", "1.2.0", "BSD-3-Clause", "What it does", "bioimage.io 0.5.4"),
            (it.Id, it.Version, it.Licence, it.Description, it.Format));
        Assert.Equal(["cover.png", "second.png"], it.Covers);
        Assert.Equal("A, 10.1/2\nB, https://example.org", it.Citation);
    }

    [Fact]
    public void The_nickname_is_the_id_of_the_older_format() =>
        Assert.Equal("affable-shark", Described.Of(Described.Old()
            + "\nid: 10.5281/zenodo.1\nconfig: {bioimageio: {nickname: affable-shark}}").Draft.Description.Id);

    [Theory]
    [InlineData("format_version: 0.6.0", "0.6.0")]
    [InlineData("format_version: 0.5.4\ntype: dataset", "dataset")]
    public void Another_format_or_type_is_named(string line, string named)
    {
        BioDLException error = Described.Fails(Described.New().Replace("format_version: 0.5.4\ntype: model", line));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void Format_0_3_is_read() =>
        Assert.Equal((0.5, "raw"), (Described.Of(Described.Old(inputShape: "{min: [1, 3, 64, 64], step: [0, 0, 16, 16]}",
            outputShape: "{reference_input: raw, scale: [1, 1, 0.5, 0.5], offset: [0, 0, 0, 0]}").Replace("0.4.10", "0.3.6"))
                .Output.Y.Scale, "raw"));

    private static NetworkTensor[] Tensors(params string[] names) => [.. names.Select(name => new NetworkTensor(name, [null, null, null]))];
}
