using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models.Opening;

namespace BioDL.Tests.Models.Descriptions;

/// <summary>Axes and sizes of both formats.</summary>
public class AxisTests
{
    [Fact]
    public void Sizes_are_fixed_or_stepped()
    {
        InputTensor it = Described.Of(Described.New()).Input;
        Assert.Equal(("net_in", "raw", "bcyx", 3), (it.Name, it.Id, it.Axes, it.Channels));
        Assert.Equal((AxisSizes.One, new AxisSizes(16, 8), new AxisSizes(32, 16)), (it.Z, it.Y, it.X));
        Assert.Equal(["r", "g", "b"], it.ChannelNames);
        it = Described.Of(Described.Old(inputShape: "{min: [1, 3, 32, 48], step: [0, 0, 16, 0]}")).Input;
        Assert.Equal((new AxisSizes(32, 16), new AxisSizes(48, 0), 3), (it.Y, it.X, it.Channels));
    }

    [Fact]
    public void A_space_axis_without_an_id_is_x_and_channel_names_may_be_a_template()
    {
        const string Axes = Described.Batch
            + ", {type: channel, channel_names: \"ray{i}\", size: 4}, {type: space, id: y, size: 8}, {type: space, size: 12}";
        InputTensor it = Described.Of(Described.New(Axes, Axes)).Input;
        Assert.Equal((8, 12, 4), (it.Y.Min, it.X.Min, it.Channels));
        Assert.Equal(["ray0", "ray1", "ray2", "ray3"], it.ChannelNames);
    }

    [Theory]
    [InlineData("byxc", "{min: [1, 16, 16, 2], step: [0, 16, 16, 0]}", 2, 1)]
    [InlineData("bczyx", "{min: [1, 1, 8, 16, 16], step: [0, 0, 4, 16, 16]}", 1, 8)]
    [InlineData("zyx", "[4, 16, 16]", 1, 4)]
    [InlineData("yx", "[16, 16]", 1, 1)]
    public void Axes_may_come_in_any_order_and_number(string axes, string shape, int channels, int slices)
    {
        InputTensor it = Described.Of(Described.Old(axes, shape,
            $"{{reference_tensor: raw, scale: [{Ones(axes)}], offset: [{Zeros(axes)}]}}")).Input;
        Assert.Equal((axes, channels, slices, 16), (it.Axes, it.Channels, it.Z.Min, it.Y.Min));
    }

    [Theory]
    [InlineData("tcyx", "[1, 1, 16, 16]")]
    [InlineData("tyx", "{min: [1, 16, 16], step: [1, 0, 0]}")]
    public void Frames_are_a_batch(string axes, string shape)
    {
        Described it = Described.Of(Described.Old(axes, shape, $"{{reference_tensor: raw, scale: [{Ones(axes)}], offset: [{Zeros(axes)}]}}",
            preprocessing: "[{name: zero_mean_unit_variance, kwargs: {mode: per_sample, axes: yx}}]"));
        Assert.Equal('b' + axes[1..], it.Input.Axes);
        const string Time = "{type: time, size: 1}, {type: space, id: y, size: 16}, {type: space, size: 16}";
        it = Described.Of(Described.New(Time, Time, "[{id: scale_range, kwargs: {axes: [time, y, x]}}]"));
        Assert.Equal("byx", it.Output.Axes);
        Assert.Equal([new ScaleRange(0, 100, StatisticAxes.Samples, 1e-6)], it.Input.Preprocessing);
    }

    [Theory]
    [InlineData("{type: index, size: 4}, {type: space, id: y, size: 8}, {type: space, size: 8}", "index")]
    [InlineData("{type: space, id: w, size: 8}, {type: space, size: 8}", "\"w\"")]
    [InlineData("{type: angle, size: 8}, {type: space, size: 8}", "angle")]
    [InlineData("{type: time, size: 5}, {type: space, id: y, size: 8}, {type: space, size: 8}", "5 frames")]
    [InlineData("{type: batch}, {type: time, size: 1}, {type: space, id: y, size: 8}, {type: space, size: 8}", "time")]
    [InlineData("{type: batch, size: 4}, {type: space, id: y, size: 8}, {type: space, size: 8}", "batch of 4")]
    public void Other_axes_are_named(string axes, string named)
    {
        BioDLException error = Described.Fails(Described.New(axes));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains(named, error.Message);
    }

    [Theory]
    [InlineData("bicyx", "[1, 4, 1, 16, 16]", "axis i")]
    [InlineData("tcyx", "[3, 1, 16, 16]", "3 frames")]
    [InlineData("bcqx", "[1, 1, 16, 16]", "axis q")]
    public void Other_axes_of_the_older_formats_are_named(string axes, string shape, string named)
    {
        BioDLException error = Described.Fails(Described.Old(axes, shape));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains(named, error.Message);
    }

    [Theory]
    [InlineData("{type: space, id: y, scale: 2, size: {tensor_id: raw, axis_id: y}}", 0.5, 0)]
    [InlineData("{type: space, id: y, scale: 0.25, size: {tensor_id: raw, axis_id: y, offset: -8}}", 4, -8)]
    [InlineData("{type: space, id: y, size: {tensor_id: raw, axis_id: y}, halo: 5}", 1, 0)]
    public void A_reference_counts_scales_and_offsets(string y, double scale, int offset)
    {
        OutputTensor it = Described.Of(Described.New(outputAxes: Described.Batch + ", " + Described.Three + ", " + y
            + ", {type: space, size: {tensor_id: raw, axis_id: x}}")).Output;
        Assert.Equal((new AxisLink(scale, offset), AxisLink.Same, "net_in"), (it.Y, it.X, it.Reference));
        Assert.Equal(y.Contains("halo") ? 5 : 0, it.Halo.Y);
    }

    [Fact]
    public void The_scale_of_the_referenced_axis_counts_too()
    {
        const string In = "{type: space, id: y, scale: 4, size: 64}, {type: space, scale: 4, size: 64}";
        const string Out = "{type: space, id: y, scale: 2, size: {tensor_id: raw, axis_id: y, offset: -4}}, {type: space, scale: 8, size: "
            + "{tensor_id: raw, axis_id: x}}";
        OutputTensor it = Described.Of(Described.New(In, Out)).Output;
        Assert.Equal((new AxisLink(2, -4), new AxisLink(0.5, 0)), (it.Y, it.X));
    }

    [Fact]
    public void In_the_older_format_offsets_count_twice_and_a_scale_of_null_is_a_new_axis()
    {
        OutputTensor it = Described.Of(Described.Old(inputShape: "{min: [1, 3, 64, 64], step: [0, 0, 16, 16]}",
            outputShape: "{reference_tensor: raw, scale: [1, null, 0.5, 2], offset: [0, 2.5, -4, 1.5]}", halo: "[0, 0, 6, 8]")).Output;
        Assert.Equal((5, new AxisLink(0.5, -8), new AxisLink(2, 3), new Extent(0, 6, 8)), (it.Channels, it.Y, it.X, it.Halo));
        it = Described.Of(Described.Old(outputShape: "{reference_tensor: raw, scale: [1, 2, 1, 1], offset: [0, -1, 0, 0]}")).Output;
        Assert.Equal(4, it.Channels);
    }

    [Fact]
    public void A_fixed_output_of_a_fixed_input_gives_a_scale_and_of_a_stepped_one_stays_a_number()
    {
        OutputTensor it = Described.Of(Described.Old(inputShape: "[1, 3, 64, 96]", outputShape: "[1, 1, 32, 80]")).Output;
        Assert.Equal((new AxisLink(0.5, 0), new AxisLink(1, -16)), (it.Y, it.X));
        it = Described.Of(Described.Old(inputShape: "{min: [1, 3, 64, 64], step: [0, 0, 16, 16]}", outputShape: "[1, 7, 1, 1]")).Output;
        Assert.Equal((7, new AxisLink(0, 1)), (it.Channels, it.Y));
    }

    [Fact]
    public void A_table_of_values_is_an_output_too()
    {
        OutputTensor it = Described.Of(Described.New(outputAxes: "{type: batch}, {type: channel, channel_names: [a, b]}")).Output;
        Assert.Equal(("bc", 2, OutputKind.Values), (it.Axes, it.Channels, it.Kind));
    }

    [Theory]
    [InlineData("{tensor_id: nothing, axis_id: y}", "nothing")]
    [InlineData("{tensor_id: raw, axis_id: depth}", "depth")]
    [InlineData("{tensor_id: out, axis_id: y}", "circle")]
    [InlineData("{tensor_id: raw}", "which axis")]
    [InlineData("much", "size of the axis y")]
    public void References_to_nowhere_are_invalid(string size, string named)
    {
        BioDLException error = Described.Fails(Described.New(outputAxes: $"{{type: space, id: y, size: {size}}}, "
            + $"{{type: space, size: 8}}"));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains(named, error.Message);
    }

    [Theory]
    [InlineData("{type: space, id: y, size: {min: 1}}, {type: space, size: 8}", "depends on the data")]
    [InlineData("{type: space, id: y, size: {tensor_id: raw, axis_id: x}}, {type: space, size: {tensor_id: raw, axis_id: x}}",
        "follows the axis x")]
    public void Sizes_that_no_tile_can_have_are_unsupported(string axes, string named)
    {
        BioDLException error = Described.Fails(Described.New(outputAxes: axes));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void The_divisor_of_the_graph_is_met_unless_the_description_forbids_it()
    {
        NetworkFacts Facts(int divisor) => new() { BytesPerPixel = 1, Divisor = new Extent(1, divisor, divisor) };
        InputTensor it = Described.Of(Described.New(), facts: Facts(16)).Input;
        Assert.Equal((new AxisSizes(16, 16), new AxisSizes(32, 16)), (it.Y, it.X));
        it = Described.Of(Described.New(Described.Plane.Replace("min: 16, step: 8", "min: 20, step: 16")), facts: Facts(16)).Input;
        Assert.Equal(new AxisSizes(20, 16), it.Y);
    }

    [Fact]
    public void A_network_of_fixed_size_decides_and_must_fit()
    {
        NetworkTensor[] inputs = [new("net_in", [null, 3, 24, 32])];
        Assert.Equal(new AxisSizes(24, 0), Described.Of(Described.New(), inputs).Input.Y);
        inputs = [new("net_in", [null, 3, 20, 32])];
        Assert.Contains("16 + n * 8", Described.Fails(Described.New(), inputs).Message);
    }

    [Theory]
    [InlineData("1, 1, 64, 96", "3 input channels")]
    [InlineData("1, 64, 96", "axes bcyx")]
    [InlineData("4, 3, 64, 96", "fixed batch")]
    public void A_network_that_is_another_is_told(string shape, string named)
    {
        NetworkTensor[] inputs = [new("net_in", [.. shape.Split(", ").Select(size => (long?)long.Parse(size))])];
        Assert.Contains(named, Described.Fails(Described.Old(), inputs).Message);
    }

    [Fact]
    public void Scales_that_the_graph_contradicts_are_invalid()
    {
        var side = new SideFacts(2, 0);
        var facts = new NetworkFacts
        {
            BytesPerPixel = 1,
            Outputs = new Dictionary<string, OutputFacts> { ["net_out"] = new(3, "bcyx", default, side, side) }
        };
        Assert.Contains("0.5", Described.Fails(Described.New(), facts: facts).Message);
    }

    private static string Ones(string axes) => string.Join(", ", axes.Select(_ => "1"));

    private static string Zeros(string axes) => string.Join(", ", axes.Select(_ => "0"));
}
