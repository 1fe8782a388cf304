using System.Globalization;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Tests.Graphs;
using BioDL.Tests.Models;

namespace BioDL.Tests.Road;

/// <summary>Networks whose tensors hold less than float32: values that do not fit are clipped and counted, never wrapped.</summary>
public unsafe class ElementTypeTests
{
    /// <summary>
    /// ONNX's number, NumPy's name, smallest and largest value; 2^31 - 1 and more are not float32, their neighbours below are.
    /// </summary>
    public static TheoryData<int, string, double, double> Types => new()
    {
        { 2, "uint8", 0, 255 }, { 3, "int8", -128, 127 }, { 4, "uint16", 0, 65535 }, { 5, "int16", -32768, 32767 },
        { 6, "int32", -2147483648, 2147483520 }, { 7, "int64", -9223372036854775808, 9223371487098961920 },
        { 12, "uint32", 0, 4294967040 }, { 13, "uint64", 0, 18446742974197923840 }, { 10, "float16", -65504, 65504 },
    };

    /// <summary>Values around both bounds, fractions, what is no number, and much too large ones.</summary>
    private static Picture Around(double low, double high, int height = 37, int width = 29)
    {
        var picture = new Picture(PixelType.Float32, (1, 1, 1, height, width));
        float[] values = [(float)low, (float)high, (float)low - 0.5f, (float)high + 0.5f, (float)(low * 2 - 300), (float)(high * 2), 0,
            1.75f, -0.75f, float.NaN, float.PositiveInfinity, 1e30f, -1e30f, 77];
        var random = new Random(3);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                *(float*)picture.At(0, 0, 0, y, x) = values[random.Next(values.Length)];
        return picture;
    }

    private static (double Value, bool Clipped, bool NotFinite) Expected(double value, string type, double low, double high)
    {
        if (!double.IsFinite(value))
            return (0, false, true);
        double fit = type == "float16" ? value : Math.Truncate(value);
        return (Math.Clamp(fit, low, high), fit < low || fit > high, false);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_network_of_any_type_gets_the_nearest_values_that_it_holds(int number, string type, double low, double high)
    {
        var maker = new NetworkMaker();
        maker.Input("x", number, 1, 1, null, null);
        maker.Add("Cast", ["x"], [maker.Output("y", NetworkMaker.Float)], "", ("to", 1));
        using ModelFolder folder = new ModelFolder().With("typed.onnx", maker.Bytes());
        using Model model = Model.Open(folder["typed.onnx"]);
        using Picture image = Around(low, high), result = new(PixelType.Float32, (1, 1, 1, 37, 29));
        RunResult run = model.Run([image.View], new RunOptions { Tile = 16, Device = "cpu" }, null, [result.View]);
        long clipped = 0, notFinite = 0;
        for (int y = 0; y < 37; y++)
            for (int x = 0; x < 29; x++)
            {
                var expected = Expected(image.Value(0, 0, 0, y, x), type, low, high);
                // float16 rounds 1.75 and its kin exactly; its other values here are whole.
                Assert.Equal(expected.Value, result.Value(0, 0, 0, y, x));
                (clipped, notFinite) = (clipped + (expected.Clipped ? 1 : 0), notFinite + (expected.NotFinite ? 1 : 0));
            }
        Assert.Contains(run.Account.Warnings, warning => warning.Contains(type, StringComparison.Ordinal)
            && warning.Contains(clipped.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            && warning.Contains("clipped", StringComparison.Ordinal));
        Assert.Contains(run.Account.Warnings, warning => warning.Contains($"{notFinite} values", StringComparison.Ordinal)
            && warning.Contains("NaN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_pixel_counts_once_however_tiles_overlap_and_runs_begin_anew(bool shortOfMemory)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 3, 3)).With(input: tensor => tensor with
        {
            ElementType = "uint8",
            Preprocessing = [new ScaleLinear([2], [1])],
        });
        using Picture image = Picture.Random(PixelType.UInt8, (2, 1, 1, 70, 61)), result = new(PixelType.Float32, (2, 1, 1, 70, 61));
        int runs = 0;
        var plain = new PlainNetwork(network, PlainNetworks.Same)
        {
            Before = shape =>
            {
                if (shortOfMemory && ++runs > 5 && shape[2] > 24)
                    throw new NetworkMemoryException("out of memory");
            },
        };
        RunResult run = ImageRun.Run(network, plain.Chain(), [image.View], new RunOptions { Tile = 48 }, null, [result.View]);
        int clipped = 0;
        double largest = 0;
        for (int t = 0; t < 2; t++)
            for (int y = 0; y < 70; y++)
                for (int x = 0; x < 61; x++)
                {
                    double value = image.Value(t, 0, 0, y, x) * 2 + 1;
                    Assert.Equal(Math.Min(value, 255), result.Value(t, 0, 0, y, x));
                    (clipped, largest) = (clipped + (value > 255 ? 1 : 0), Math.Max(largest, value));
                }
        Assert.Contains(run.Account.Warnings, warning => warning.Contains($"{clipped} values for raw", StringComparison.Ordinal)
            && warning.Contains($"to {largest})", StringComparison.Ordinal));
        Assert.Equal(shortOfMemory, run.Account.Tile.Y < 40);
    }

    [Fact]
    public void Nothing_is_said_of_an_image_that_fits()
    {
        RunNetwork network = PlainNetworks.Describe().With(input: tensor => tensor with { ElementType = "uint8" });
        using Picture image = Picture.Random(PixelType.UInt8, (1, 1, 1, 20, 20)), result = new(PixelType.UInt8, (1, 1, 1, 20, 20));
        RunResult run = ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View], new RunOptions(), null,
            [result.View]);
        Assert.Empty(run.Account.Warnings);
        Assert.True(image.Bytes.SequenceEqual(result.Bytes));
    }

    [Fact]
    public void Labels_that_float32_does_not_tell_apart_are_counted()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 0, 0)).With(output: tensor => tensor with
        {
            ElementType = "int64",
            Kind = OutputKind.Labels,
            DataType = "int64",
        });
        using Picture image = new(PixelType.Float32, (1, 1, 1, 9, 20)), result = new(PixelType.UInt32, (1, 1, 1, 9, 20));
        for (int x = 0; x < 20; x++)
            *(float*)image.At(0, 0, 0, 3, x) = (1 << 24) + 2 * (x - 10);
        RunResult run = ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View],
            new RunOptions { Tile = 8 }, null, [result.View]);
        Assert.Contains("9 values of out are beyond 16777216", Assert.Single(run.Account.Warnings), StringComparison.Ordinal);
    }
}
