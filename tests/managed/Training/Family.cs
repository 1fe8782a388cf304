using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using FsCheck;
using FsCheck.Fluent;

namespace BioDL.Tests.Training;

/// <summary>Members of the family of networks, drawn.</summary>
internal static class Family
{
    /// <summary>Two and three dimensions, small enough to run in milliseconds.</summary>
    public static Arbitrary<UNet> Members { get; } = Arb.From(Nets(), Smaller);

    /// <summary>Weights as a training leaves them: nothing is 0 or 1, and running means and variances are those of some data.</summary>
    public static Dictionary<string, float[]> Weights(UNet net, int seed)
    {
        var random = new Random(seed);
        Dictionary<string, float[]> weights = UNetWeights.Random(net, seed);
        foreach (UNetParameter parameter in UNetParameters.Of(net))
        {
            float[] values = weights[parameter.Name];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = parameter.Kind is UNetParameterKind.Scale or UNetParameterKind.Variance ? 0.5f + random.NextSingle()
                    : values[i] + 0.1f * (random.NextSingle() - 0.5f);
            }
        }
        return weights;
    }

    /// <summary>Sides of an input, some of them more than one divisor.</summary>
    public static int[] InputShape(UNet net, int seed)
    {
        var random = new Random(seed);
        return [random.Next(1, 3), net.Channels, .. UNetTopology.Divisor(net).Select(divisor => divisor * random.Next(1, 3))];
    }

    private static Gen<UNet> Nets() =>
        from dimensions in Gen.Elements(2, 2, 2, 3)
        from shape in Shapes(dimensions)
        from grid in Gen.ArrayOf(dimensions == 2 ? Gen.Elements(1, 1, 2, 4, 8) : Gen.Elements(1, 1, 2), dimensions)
        from norm in Gen.Elements(UNetNorm.None, UNetNorm.Batch, UNetNorm.Group)
        from activation in Gen.Elements(Activation.Relu, Activation.LeakyRelu, Activation.Tanh)
        from flags in Gen.ArrayOf(Gen.Elements(false, true), 5)
        from features in Gen.Elements(0, 0, 5, 16)
        from heads in Heads(shape.Channels)
        let plain = grid.All(step => step == 1)
        select shape with
        {
            Grid = grid,
            Norm = norm,
            Activation = activation,
            Narrow = flags[0],
            BlurPool = flags[1],
            TopSkip = flags[2],
            PoolsZ = flags[3],
            Residual = flags[4] && plain && heads[0].Channels >= shape.Channels,
            Features = features,
            Heads = heads,
        };

    private static Gen<UNet> Shapes(int dimensions) =>
        from channels in Gen.Choose(1, 3)
        from depth in Gen.Choose(0, dimensions == 2 ? 4 : 2)
        from filters in Gen.Elements(3, 4, 8)
        from most in Gen.Elements(16, 512)
        from convolutions in Gen.Choose(1, 3)
        from kernel in Gen.Elements(1, 3, 3, 3, 5)
        select new UNet
        {
            Dimensions = dimensions,
            Channels = channels,
            Depth = depth,
            Filters = filters,
            MostFilters = most,
            Convolutions = convolutions,
            Kernel = kernel,
        };

    private static Gen<UNetHead[]> Heads(int least) =>
        from count in Gen.Choose(1, 3)
        from channels in Gen.ArrayOf(Gen.Choose(1, 4), count)
        from activations in Gen.ArrayOf(Gen.Elements(Enum.GetValues<Activation>()), count)
        from features in Gen.ArrayOf(Gen.Elements(0, 0, 4), count)
        select Enumerable.Range(0, count)
        .Select(i => new UNetHead($"out{i}", i == 0 ? least + channels[0] - 1 : channels[i], activations[i])
        {
            Features = features[i],
        }).ToArray();

    private static IEnumerable<UNet> Smaller(UNet net)
    {
        UNet[] simpler =
        [
            net with { Depth = Math.Max(0, net.Depth - 1) },
            net with { Convolutions = 1 },
            net with { Grid = [.. net.Grid.Select(_ => 1)] },
            net with { Norm = UNetNorm.None },
            net with { BlurPool = false },
            net with { Features = 0 },
            net with { Narrow = false },
            net with { TopSkip = true },
            net with { Residual = false },
            net with { Heads = [net.Heads[0] with { Activation = Activation.None, Features = 0 }] },
        ];
        return simpler.Where(other => !Same(net, other));
    }

    private static bool Same(UNet one, UNet other) => one.Grid.SequenceEqual(other.Grid) && one.Heads.SequenceEqual(other.Heads)
        && one with { Grid = other.Grid, Heads = other.Heads } == other;
}
