using BioDL.Training.Losses;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>Every loss that a training follows has the slope that its values have. A new loss is a line in the table.</summary>
public sealed class LossGradientTests
{
    private static readonly long[] Flat = [2, 2, 3, 4];
    private static readonly long[] Deep = [1, 2, 3, 2, 3];

    private static readonly Dictionary<string, Func<Case>> Cases = new()
    {
        ["absolute"] = () => new((x, given) => PixelLosses.Absolute(x[0], given[0]), [Normal(Flat)], Normal(Flat)),
        ["absolute, masked"] = () => new((x, given) => PixelLosses.Absolute(x[0], given[0], given[1]), [Normal(Deep)],
            Normal(Deep), Mask(Deep)),
        ["squared"] = () => new((x, given) => PixelLosses.Squared(x[0], given[0]), [Normal(Deep)], Normal(Deep)),
        ["squared, masked"] = () => new((x, given) => PixelLosses.Squared(x[0], given[0], given[1]), [Normal(Flat)],
            Normal(Flat), Mask(Flat)),
        ["logarithm of squared"] = () => new((x, given) => PixelLosses.LogSquared(x[0], given[0]), [Normal(Flat)], Normal(Flat)),
        ["Laplace"] = () => new((x, given) => PixelLosses.Laplace(x[0], x[1], given[0]), [Normal(Flat), Normal(Flat)], Normal(Flat)),
        ["structural similarity"] = () => Pair(StructuralSimilarity.OneScale, 1, 2, 12, 13),
        ["structural similarity, in 3D"] = () => Pair(StructuralSimilarity.OneScale, 1, 1, 2, 11, 12),
        ["structural similarity, one scale of several"] = () => Pair(StructuralSimilarity.Multiscale, 1, 1, 11, 14),
        ["structural similarity, two scales"] = () => Pair(StructuralSimilarity.Multiscale, 1, 1, 22, 23),
        ["cross entropy"] = () => new((x, given) => ClassLosses.CrossEntropy(x[0], given[0]), [Normal(2, 3, 3, 4)], Classes(3, 2, 3, 4)),
        ["Dice"] = () => new((x, given) => ClassLosses.Dice(x[0], given[0]), [Normal(2, 3, 3, 4)], Classes(3, 2, 3, 4)),
        ["Dice, in 3D"] = () => new((x, given) => ClassLosses.Dice(x[0], given[0]), [Normal(1, 2, 2, 3, 4)], Classes(2, 1, 2, 3, 4)),
        ["probability"] = () => new((x, given) => StarConvexLosses.Probability(x[0], given[0]), [Normal(2, 1, 3, 4)], Probabilities()),
        ["distances"] = () => new((x, given) => StarConvexLosses.Distances(x[0], given[0], given[1], 1e-2), [Normal(2, 5, 3, 4)],
            Normal(2, 5, 3, 4), Probabilities()),
        ["generator"] = () => new((x, _) => AdversarialLosses.Generator(x[0]), [Normal(Flat)]),
        ["discriminator"] = () => new((x, _) => AdversarialLosses.Discriminator(x[0], x[1]), [Normal(Flat), Normal(Flat)]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_the_slope_of_the_loss(string name)
    {
        Libtorch.Require();
        for (int seed = 1; seed <= 3; seed++)
        {
            using var scope = NewDisposeScope();
            random.manual_seed(seed);
            Case drawn = Cases[name]();
            Gradients.AreDifferences(free => drawn.Loss(free, drawn.Given), drawn.Free);
        }
    }

    [SkippableFact]
    public void No_loss_is_without_its_line()
    {
        Libtorch.Require();
        string[] folder = [.. typeof(PixelLosses).Assembly.GetTypes().Where(type => type.Namespace == typeof(PixelLosses).Namespace)
            .SelectMany(type => type.GetMethods().Where(method => method.IsStatic && method.ReturnType == typeof(Tensor)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct().Order()];
        string[] known = ["AdversarialLosses.Discriminator", "AdversarialLosses.Generator", "ClassLosses.CrossEntropy", "ClassLosses.Dice",
            "PixelLosses.Absolute", "PixelLosses.Laplace", "PixelLosses.LogSquared", "PixelLosses.Scale", "PixelLosses.Squared",
            "StarConvexLosses.Distances", "StarConvexLosses.Probability", "StructuralSimilarity.Multiscale",
            "StructuralSimilarity.OneScale"];
        Assert.Equal(known, folder);
    }

    private static Case Pair(Func<Tensor, Tensor, Tensor> loss, params long[] shape)
    {
        // Images that resemble each other, so that no scale's similarity lies at its floor.
        Tensor target = 0.5 + 0.2 * Normal(shape);
        return new((x, given) => loss(x[0], given[0]), [target + 0.1 * Normal(shape)], target);
    }

    private static Tensor Normal(params long[] shape) => randn(shape, float64);

    /// <summary>For all channels.</summary>
    private static Tensor Mask(long[] shape) => rand([shape[0], 1, .. shape[2..]], float64).lt(0.6).to_type(float64);

    /// <summary>Classes below the given count, and -1.</summary>
    private static Tensor Classes(int count, params long[] shape) => randint(-1, count, shape, int64);

    /// <summary>Some not annotated, some background.</summary>
    private static Tensor Probabilities()
    {
        Tensor drawn = randn([2, 1, 3, 4], float64);
        return where(drawn.lt(-0.8), full_like(drawn, -1), drawn.clamp(0, 1));
    }

    private sealed record Case(Func<Tensor[], Tensor[], Tensor> Loss, Tensor[] Free, params Tensor[] Given);
}
