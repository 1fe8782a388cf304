using BioDL.Core;
using BioDL.Core.Steps;

namespace BioDL.Tests.Models.Descriptions;

/// <summary>Every processing step of both formats, with its defaults, and what is not legal.</summary>
public class OperationTests
{
    private const StatisticAxes All = StatisticAxes.Channel | StatisticAxes.Slices | StatisticAxes.Samples;

    /// <summary>Steps that both formats may have before and after the network; in 0.5 the name is called id.</summary>
    public static TheoryData<string, string, PixelOperation[]> Common => new()
    {
        { "new", "{id: ensure_dtype, kwargs: {dtype: uint8}}", [new EnsureDtype("uint8")] },
        { "new", "{id: binarize, kwargs: {threshold: 0.25}}", [new Binarize([0.25])] },
        { "new", "{id: binarize, kwargs: {threshold: [0.25, 0.5, 0.75], axis: channel}}", [new Binarize([0.25, 0.5, 0.75])] },
        { "new", "{id: clip, kwargs: {min: -1, max: 2.5}}", [new Clip(-1, 2.5)] },
        { "new", "{id: clip, kwargs: {max: 1}}", [new Clip(null, 1)] },
        { "new", "{id: clip, kwargs: {min_percentile: 2, max_percentile: 98, axes: [y, x]}}", [new ClipRange(2, 98, StatisticAxes.Plane)] },
        { "new", "{id: clip, kwargs: {min: 0, max_percentile: 99}}", [new ClipRange(0, 99, All), new Clip(0, null)] },
        { "new", "{id: scale_linear, kwargs: {gain: 2}}", [new ScaleLinear([2], [0])] },
        { "new", "{id: scale_linear, kwargs: {gain: [1, 2, 3], offset: 4, axis: channel}}", [new ScaleLinear([1, 2, 3], [4])] },
        { "new", "{id: sigmoid}", [new Sigmoid()] },
        { "new", "{id: softmax}", [new Softmax()] },
        { "new", "{id: softmax, kwargs: {axis: channel}}", [new Softmax()] },
        { "new", "{id: zero_mean_unit_variance}", [new ZeroMeanUnitVariance(All, 1e-6)] },
        { "new", "{id: zero_mean_unit_variance, kwargs: {axes: [y, x], eps: 0.001}}",
            [new ZeroMeanUnitVariance(StatisticAxes.Plane, 0.001)] },
        { "new", "{id: zero_mean_unit_variance, kwargs: {axes: [batch, y, x]}}", [new ZeroMeanUnitVariance(StatisticAxes.Samples, 1e-6)] },
        { "new", "{id: fixed_zero_mean_unit_variance, kwargs: {mean: 103.5, std: 13.7}}",
            [new FixedZeroMeanUnitVariance([103.5], [13.7], 1e-6)] },
        { "new", "{id: fixed_zero_mean_unit_variance, kwargs: {mean: [1, 2, 3], std: [4, 5, 6], axis: channel}}",
            [new FixedZeroMeanUnitVariance([1, 2, 3], [4, 5, 6], 1e-6)] },
        { "new", "{id: scale_range}", [new ScaleRange(0, 100, All, 1e-6)] },
        { "new", "{id: scale_range, kwargs: {axes: [channel, y, x], min_percentile: 5, max_percentile: 99.8, eps: 1.0e-3}}",
            [new ScaleRange(5, 99.8, StatisticAxes.Channel, 1e-3)] },
        { "new", "{id: scale_range, kwargs: {axes: [y, x], reference_tensor: raw}}",
            [new ScaleRange(0, 100, StatisticAxes.Plane, 1e-6, "raw")] },
        { "old", "{name: binarize, kwargs: {threshold: 0.5}}", [new Binarize([0.5])] },
        { "old", "{name: clip, kwargs: {min: 0, max: 1}}", [new Clip(0, 1)] },
        { "old", "{name: scale_linear, kwargs: {gain: [1, 2, 3], offset: [4, 5, 6], axes: yx}}", [new ScaleLinear([1, 2, 3], [4, 5, 6])] },
        { "old", "{name: scale_linear, kwargs: {offset: -1}}", [new ScaleLinear([1], [-1])] },
        { "old", "{name: sigmoid}", [new Sigmoid()] },
        { "old", "{name: zero_mean_unit_variance, kwargs: {mode: fixed, axes: yx, mean: [1, 2, 3], std: [4, 5, 6]}}",
            [new FixedZeroMeanUnitVariance([1, 2, 3], [4, 5, 6], 1e-6)] },
        { "old", "{name: zero_mean_unit_variance, kwargs: {axes: cyx, mean: 1.5, std: 2, eps: 1.0e-5}}",
            [new FixedZeroMeanUnitVariance([1.5], [2], 1e-5)] },
        { "old", "{name: zero_mean_unit_variance, kwargs: {mode: per_sample, axes: cyx}}",
            [new ZeroMeanUnitVariance(StatisticAxes.Channel, 1e-6)] },
        { "old", "{name: zero_mean_unit_variance, kwargs: {mode: per_dataset, axes: yx}}",
            [new ZeroMeanUnitVariance(StatisticAxes.Samples, 1e-6)] },
        { "old", "{name: scale_range, kwargs: {mode: per_sample, axes: yx, min_percentile: 1, max_percentile: 99}}",
            [new ScaleRange(1, 99, StatisticAxes.Plane, 1e-6)] },
        { "old", "{name: scale_range, kwargs: {mode: per_dataset, axes: cyx, reference_tensor: null}}",
            [new ScaleRange(0, 100, StatisticAxes.Channel | StatisticAxes.Samples, 1e-6)] },
    };

    [Theory]
    [MemberData(nameof(Common))]
    public void Steps_of_both_sides_are_read_with_their_defaults(string format, string step, PixelOperation[] expected)
    {
        Same(expected, Of(format, preprocessing: step).Input.Preprocessing, selfReference: true);
        Same(expected, Of(format, postprocessing: step).Output.Postprocessing, selfReference: false);
    }

    [Theory]
    [InlineData("new", "{id: scale_mean_variance, kwargs: {reference_tensor: raw, axes: [y, x]}}", StatisticAxes.Plane)]
    [InlineData("new", "{id: scale_mean_variance, kwargs: {reference_tensor: raw}}", All)]
    [InlineData("old", "{name: scale_mean_variance, kwargs: {mode: per_sample, reference_tensor: raw}}",
        StatisticAxes.Channel | StatisticAxes.Slices)]
    [InlineData("old", "{name: scale_mean_variance, kwargs: {mode: per_dataset, reference_tensor: raw, axes: yx}}", StatisticAxes.Samples)]
    public void The_mean_and_variance_of_an_input_are_given_to_an_output(string format, string step, StatisticAxes over) =>
        Assert.Equal([new ScaleMeanVariance(over, 1e-6, "raw")], Of(format, postprocessing: step).Output.Postprocessing);

    [Fact]
    public void Slices_count_where_the_axes_name_z()
    {
        const string Stack = Described.Batch + ", {type: space, id: z, size: 8}, {type: space, id: y, size: 16}, {type: space, size: 16}";
        Described it = Described.Of(Described.New(Stack, Stack,
            "[{id: zero_mean_unit_variance, kwargs: {axes: [z, y, x]}}, {id: scale_range, kwargs: {axes: [y, x]}}]"));
        Assert.Equal([new ZeroMeanUnitVariance(StatisticAxes.Slices, 1e-6), new ScaleRange(0, 100, StatisticAxes.Plane, 1e-6)],
            it.Input.Preprocessing);
    }

    [Fact]
    public void Suppression_by_stardist_makes_a_stardist_model()
    {
        Described it = Of("new", postprocessing: "{id: stardist_postprocessing, kwargs: {prob_threshold: 0.6, nms_threshold: 0.2, grid: "
            + "[2, 2], b: 1}}");
        Assert.Equal((2, 0.6, 0.2, 1), (it.Draft.StarDist!.Grid!.Value.Y, it.Draft.StarDist.ProbThreshold,
            it.Draft.StarDist.OverlapThreshold, it.Draft.StarDist.Border));
        Assert.Empty(it.Output.Postprocessing);
    }

    [Theory]
    [InlineData("new", "{id: local_contrast}", "\"local_contrast\"")]
    [InlineData("old", "{name: softmin}", "\"softmin\"")]
    [InlineData("new", "{id: cellpose_flow_dynamics}", "\"cellpose_flow_dynamics\"")]
    [InlineData("new", "{id: custom, postprocessing: {callable: f, import_from: x}}", "\"custom\"")]
    [InlineData("new", "{id: sigmoid, kwargs: {steepness: 2}}", "steepness")]
    [InlineData("new", "{id: softmax, kwargs: {axis: y}}", "axis y")]
    [InlineData("new", "{id: zero_mean_unit_variance, kwargs: {axes: [channel, x]}}", "channel, x")]
    [InlineData("new", "{id: binarize, kwargs: {threshold: [1, 2, 3], axis: y}}", "axis y")]
    [InlineData("new", "{id: ensure_dtype, kwargs: {dtype: complex64}}", "complex64")]
    [InlineData("new", "{id: scale_range, kwargs: {reference_tensor: other}}", "other")]
    [InlineData("old", "{name: zero_mean_unit_variance, kwargs: {mode: per_galaxy, axes: yx}}", "per_galaxy")]
    public void What_is_not_known_is_named(string format, string step, string named)
    {
        foreach (string text in (string[])[Text(format, step, ""), Text(format, "", step)])
        {
            BioDLException error = Described.Fails(text);
            Assert.Equal(Status.ModelUnsupported, error.Status);
            Assert.Contains(named, error.Message);
        }
    }

    [Theory]
    [InlineData("{id: scale_mean_variance, kwargs: {reference_tensor: raw}}")]
    [InlineData("{id: stardist_postprocessing, kwargs: {prob_threshold: 0.6, nms_threshold: 0.2, grid: [2, 2], b: 1}}")]
    public void What_belongs_behind_the_network_is_refused_before_it(string step) =>
        Assert.Contains("no preprocessing", Described.Fails(Text("new", step, "")).Message);

    [Theory]
    [InlineData("{kwargs: {}}", "without a name")]
    [InlineData("{id: binarize}", "threshold")]
    [InlineData("{id: clip}", "min_percentile")]
    [InlineData("{id: clip, kwargs: {min: 1, min_percentile: 1}}", "min_percentile")]
    [InlineData("{id: clip, kwargs: {min: 2, max: 1}}", "2")]
    [InlineData("{id: scale_linear, kwargs: {gain: [1, 2], axis: channel}}", "2 numbers")]
    [InlineData("{id: scale_linear, kwargs: {gain: much}}", "much")]
    [InlineData("{id: fixed_zero_mean_unit_variance, kwargs: {mean: 1}}", "std")]
    [InlineData("{id: fixed_zero_mean_unit_variance, kwargs: {mean: 1, std: 0}}", "above 0")]
    [InlineData("{id: scale_range, kwargs: {min_percentile: 90, max_percentile: 10}}", "90")]
    [InlineData("{id: scale_range, kwargs: {axes: [depth, y, x]}}", "depth")]
    public void What_contradicts_its_format_is_invalid(string step, string named)
    {
        BioDLException error = Described.Fails(Text("new", step, ""));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains(named, error.Message);
    }

    private static Described Of(string format, string preprocessing = "", string postprocessing = "") =>
        Described.Of(Text(format, preprocessing, postprocessing));

    private static string Text(string format, string preprocessing, string postprocessing) => format == "new"
        ? Described.New(preprocessing: $"[{preprocessing}]", postprocessing: $"[{postprocessing}]")
        : Described.Old(preprocessing: $"[{preprocessing}]", postprocessing: $"[{postprocessing}]");

    /// <summary>Records compare lists by reference, so their text is compared too.</summary>
    private static void Same(PixelOperation[] expected, IReadOnlyList<PixelOperation> actual, bool selfReference) =>
        Assert.Equal(expected.Select(step => Words(step, selfReference)), actual.Select(step => Words(step, selfReference)));

    /// <param name="step">an operation</param>
    /// <param name="selfReference">for an input, its own name as reference is the same as none</param>
    private static string Words(PixelOperation step, bool selfReference)
    {
        string Join(IReadOnlyList<double> list) => string.Join(";", list);
        return step switch
        {
            ScaleRange range when selfReference => (range with { Reference = null }).ToString(),
            ScaleLinear linear => $"linear {Join(linear.Gain)} {Join(linear.Offset)}",
            Binarize binarize => $"binarize {Join(binarize.Threshold)}",
            FixedZeroMeanUnitVariance given => $"fixed {Join(given.Mean)} {Join(given.Std)} {given.Epsilon}",
            _ => step.ToString(),
        };
    }
}
