using BioDL.Core.Runs;
using BioDL.Core.Tensors;
using BioDL.Engines;
using BioDL.Torch;

namespace BioDL.Tests.Torch;

/// <summary>What the probe finds of networks whose reach and grid are known, without libtorch.</summary>
public class ProbeTests
{
    private delegate double[] Line(double[] values);

    /// <summary>Sums of the values up to a distance, with zeros beyond the ends.</summary>
    private static Line Blur(int reach) => values => [.. values.Select((_, i) => Enumerable.Range(-reach, 2 * reach + 1)
        .Where(d => i + d >= 0 && i + d < values.Length).Sum(d => values[i + d] * (1 + (d & 3)) / (2.0 * reach + 1)))];

    /// <summary>Sums of the values, the less the further away they are, as those of trained networks.</summary>
    private static Line Fade(int reach) => values => [.. values.Select((_, i) => Enumerable.Range(-reach, 2 * reach + 1)
        .Where(d => i + d >= 0 && i + d < values.Length).Sum(d => values[i + d] * Math.Pow(0.8, Math.Abs(d))))];

    private static Line Pool(int by) => values => [.. values.Chunk(by).Select(part => part.Max())];

    private static Line Repeat(int by) => values => [.. values.SelectMany(value => Enumerable.Repeat(value, by))];

    private static Line Cut(int off) => values => values[off..^off];

    private static Line Of(params Line[] steps) => values => steps.Aggregate(values, (at, step) => step(at));

    /// <summary>Pooling inside, whatever the size: padded to the grid and cut again, as networks do that take any size.</summary>
    private static Line Padded(Line inner, int by) => values =>
        [.. inner([.. values, .. new double[(by - values.Length % by) % by]]).Take(values.Length)];

    public static TheoryData<string, int, int, int> Only => new()
    {
        // network, the only size, its reach, its grid
        { "blur 3", 64, 3, 1 }, { "blur 10", 48, 10, 1 }, { "pool 4 blur 1", 64, 7, 4 }, { "pool 8 blur 1", 96, 15, 8 },
        { "pool 16 blur 1", 160, 31, 16 }, { "pool 3 blur 2", 63, 8, 3 }, { "pool 4 blur 1", 62, 7, 4 }, { "cut 5", 64, 5, 1 },
    };

    [Theory]
    [MemberData(nameof(Only))]
    public void Inside_the_only_size_reach_and_grid_are_found(string name, int size, int reach, int grid)
    {
        MeasuredNetwork found = Measure(Named(name), new AxisSizes(size, 0), name == "cut 5" ? new AxisLink(1, -10) : AxisLink.Same);
        Assert.InRange(found.Reach!.Value.X, reach, reach * 1.25 + 3);
        Assert.Equal(grid, found.Divisor.X);
    }

    [Theory]
    [InlineData("fade 40", 64, 1)]
    [InlineData("pool 8 fade 5", 64, 8)]
    [InlineData("pool 16 fade 5", 128, 16)]
    [InlineData("mean", 64, 1)]
    [InlineData("ramp", 64, 1)]
    public void A_reach_beyond_the_only_size_is_not_known_but_the_grid_is(string name, int size, int grid)
    {
        MeasuredNetwork found = Measure(Named(name), new AxisSizes(size, 0), AxisLink.Same);
        Assert.Equal(RunNetwork.ReachBeyond, found.Reach!.Value.X);
        Assert.Equal(grid, found.Divisor.X);
    }

    [Theory]
    [InlineData("pool 4 blur 1", 7, 4)]
    [InlineData("pool 16 blur 1", 31, 16)]
    [InlineData("blur 5", 5, 1)]
    public void A_network_that_pads_and_takes_any_size_still_has_a_grid(string name, int reach, int grid)
    {
        MeasuredNetwork found = Measure(Named(name), new AxisSizes(1, 1), AxisLink.Same);
        Assert.InRange(found.Reach!.Value.X, reach, reach * 1.25 + 3);
        Assert.Equal(grid, found.Divisor.X);
    }

    private static Line Named(string name)
    {
        string[] words = name.Split(' ');
        int Number(int word) => int.Parse(words[word], System.Globalization.CultureInfo.InvariantCulture);
        return words[0] switch
        {
            "blur" => Blur(Number(1)),
            "fade" => Fade(Number(1)),
            "cut" => Of(Blur(Number(1)), Cut(Number(1))),
            "pool" => Padded(Of(Pool(Number(1)), words[2] == "blur" ? Blur(Number(3)) : Fade(Number(3)), Repeat(Number(1))), Number(1)),
            "mean" => values => [.. values.Select(value => value - values.Average())],
            _ => values => [.. values.Select((value, i) => value + 0.1 * i)],
        };
    }

    private static MeasuredNetwork Measure(Line network, AxisSizes sizes, AxisLink link)
    {
        var input = new InputTensor { Name = "x", Axes = "bcx", Channels = 1, X = sizes };
        var output = new OutputTensor { Name = "y", Axes = "bcx", Channels = 1, Reference = "x", X = link };
        TorchOutputs Run(Tensor[] tensors)
        {
            double[] values = network([.. Values(tensors[0]).Select(value => (double)value)]);
            return new TorchOutputs([[1, 1, values.Length]], [[.. values.Select(value => (float)value)]], values.Length * 4);
        }
        return TorchProbe.Measure(new ProbeRuns(Run, null, [input]), [output]);
    }

    private static unsafe float[] Values(Tensor tensor) => new ReadOnlySpan<float>(tensor.Data, (int)tensor.Count).ToArray();
}
