using BioDL.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>Losses have the published values, and what is not known changes none.</summary>
public sealed class LossTests
{
    /// <summary>Of float64 sums in another order.</summary>
    private const double Rounding = 1e-12;

    /// <summary>
    /// scikit-image 0.19: structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1).
    /// </summary>
    [SkippableFact]
    public void Structural_similarity_is_that_of_scikit_image()
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        Assert.Equal(0.6991080188215705, StructuralSimilarity.OneScale(Waves(40, 52), Others(40, 52)).ToDouble(), Rounding);
        Assert.Equal(0.5997996610511445, StructuralSimilarity.OneScale(Waves(180, 192), Others(180, 192)).ToDouble(), Rounding);
    }

    /// <summary>The formula of Wang 2003 in NumPy and SciPy, with as many scales as fit.</summary>
    [SkippableTheory]
    [InlineData(180, 192, 0.7325561905838907)]
    [InlineData(48, 64, 0.7940791266830376)]
    public void Structural_similarity_of_several_scales_is_the_formula(int height, int width, double expected)
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        Assert.Equal(expected, StructuralSimilarity.Multiscale(Waves(height, width), Others(height, width)).ToDouble(), Rounding);
    }

    [SkippableFact]
    public void Equal_images_are_wholly_similar_and_none_more()
    {
        Libtorch.Require();
        for (int seed = 1; seed <= 20; seed++)
        {
            using var scope = NewDisposeScope();
            random.manual_seed(seed);
            Tensor image = rand(2, 2, 11 + seed, 30, float64), other = rand(2, 2, 11 + seed, 30, float64);
            Assert.Equal(1, StructuralSimilarity.Multiscale(image, image).ToDouble(), Rounding);
            Assert.InRange(StructuralSimilarity.Multiscale(image, other).ToDouble(), 0, 1);
            Assert.InRange(StructuralSimilarity.OneScale(image, other).ToDouble(), -1, 1);
        }
    }

    [SkippableFact]
    public void Too_small_a_patch_is_refused_with_its_size()
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        Tensor small = rand(1, 1, 10, 64, float64);
        Assert.Contains("these have 10", Assert.Throws<ArgumentException>(() => StructuralSimilarity.Multiscale(small, small)).Message);
    }

    [SkippableFact]
    public void What_is_not_known_changes_no_loss()
    {
        Libtorch.Require();
        for (int seed = 1; seed <= 20; seed++)
        {
            using var scope = NewDisposeScope();
            random.manual_seed(seed);
            Tensor classes = randint(-1, 3, [2, 5, 6], int64);
            Same(scores => ClassLosses.CrossEntropy(scores, classes), 3, classes.lt(0).unsqueeze(1));
            Same(scores => ClassLosses.Dice(scores, classes), 3, classes.lt(0).unsqueeze(1));
            Tensor known = classes.unsqueeze(1).to_type(float64), target = randn(2, 4, 5, 6, float64);
            Same(scores => StarConvexLosses.Probability(scores, known.clamp_max(1)), 1, known.lt(0));
            Same(found => StarConvexLosses.Distances(found, target, known.clamp_max(1), 0.1), 4, known.lt(0));
            Tensor mask = known.gt(0).to_type(float64);
            Same(output => PixelLosses.Squared(output, target, mask), 4, mask.eq(0));
            Same(output => PixelLosses.Absolute(output, target, mask), 4, mask.eq(0));
        }
    }

    [SkippableFact]
    public void Nothing_known_is_no_loss()
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        Tensor scores = randn(1, 3, 4, 4, float64), none = full([1, 1, 4, 4], -1, float64), mask = zeros_like(none);
        Assert.Equal(0, ClassLosses.CrossEntropy(scores, none.squeeze(1).to_type(int64)).ToDouble());
        Assert.Equal(0, StarConvexLosses.Probability(scores, none).ToDouble());
        Assert.Equal(0, StarConvexLosses.Distances(scores, scores + 1, none, 1).ToDouble());
        Assert.Equal(0, PixelLosses.Squared(scores, scores + 1, mask).ToDouble());
    }

    [SkippableFact]
    public void Class_losses_run_from_certain_and_right_to_no_idea()
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        Tensor classes = arange(48, dtype: int64).remainder(3).view(1, 6, 8);
        Tensor right = nn.functional.one_hot(classes, 3).permute(0, 3, 1, 2).to_type(float64) * 200;
        Assert.Equal(0, ClassLosses.CrossEntropy(right, classes).ToDouble(), Rounding);
        Assert.Equal(0, ClassLosses.Dice(right, classes).ToDouble(), Rounding);
        Assert.Equal(Math.Log(3), ClassLosses.CrossEntropy(zeros_like(right), classes).ToDouble(), Rounding);
        // Each class: a third of 16 pixels found in it, 16 wanted, 16 found.
        Assert.Equal(1 - (2 * 16.0 / 3 + 1) / 33, ClassLosses.Dice(zeros_like(right), classes).ToDouble(), Rounding);
    }

    /// <summary>At the best scale for its difference, which is the difference, the loss is 1 + log(2 d).</summary>
    [SkippableFact]
    public void Laplace_is_least_where_the_scale_is_the_difference()
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        foreach (double difference in (double[])[0.01, 0.1, 1, 5])
        {
            double Loss(double scale) => PixelLosses.Laplace(zeros(1, 1, 1, 1, float64), full([1, 1, 1, 1],
                Math.Log(Math.Exp(scale - PixelLosses.LeastScale) - 1), float64), full([1, 1, 1, 1], difference, float64)).ToDouble();
            Assert.Equal(1 + Math.Log(2 * difference), Loss(difference), 1e-9);
            Assert.True(Loss(difference * 1.1) > Loss(difference) && Loss(difference / 1.1) > Loss(difference));
        }
    }

    /// <summary>StarDist's masked_loss_mae with reg_weight 1e-4 and binary cross entropy, by its formula, value by value.</summary>
    [SkippableFact]
    public void Star_convex_losses_are_the_published_formula()
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        Tensor scores = randn(1, 1, 4, 5, float64), probabilities = rand(1, 1, 4, 5, float64), found = randn(1, 3, 4, 5, float64);
        Tensor distances = rand(1, 3, 4, 5, float64);
        double entropy = 0, masked = 0, mask = 0, ground = 0;
        for (int at = 0; at < 20; at++)
        {
            double p = probabilities.view(-1)[at].ToDouble(), q = 1 / (1 + Math.Exp(-scores.view(-1)[at].ToDouble()));
            entropy -= (p * Math.Log(q) + (1 - p) * Math.Log(1 - q)) / 20;
            mask += p / 20;
            for (int ray = 0; ray < 3; ray++)
            {
                double there = found.view(3, -1)[ray, at].ToDouble();
                masked += p * Math.Abs(there - distances.view(3, -1)[ray, at].ToDouble()) / 60;
                ground += (1 - p) * Math.Abs(there) / 60;
            }
        }
        Assert.Equal(entropy, StarConvexLosses.Probability(scores, probabilities).ToDouble(), Rounding);
        Assert.Equal(masked / mask + 1e-4 * ground, StarConvexLosses.Distances(found, distances, probabilities, 1e-4).ToDouble(), Rounding);
    }

    private static void Same(Func<Tensor, Tensor> loss, int channels, Tensor unknown)
    {
        Tensor values = randn(2, channels, 5, 6, float64);
        Tensor others = where(unknown, values + randn(2, channels, 5, 6, float64), values);
        Assert.Equal(loss(values).ToDouble(), loss(others).ToDouble(), Rounding);
    }

    private static Tensor Waves(int height, int width) => Image(height, width, (y, x) =>
        0.5 + 0.3 * Math.Sin(0.31 * x + 0.17 * y) + 0.2 * Math.Cos(0.05 * x * y / (1 + 0.1 * x)));

    private static Tensor Others(int height, int width) => Image(height, width, (y, x) =>
        0.45 + 0.33 * Math.Sin(0.31 * x + 0.17 * y + 0.2) + 0.15 * Math.Cos(0.06 * y));

    private static Tensor Image(int height, int width, Func<int, int, double> value) =>
        tensor([.. Enumerable.Range(0, height * width).Select(at => value(at / width, at % width))]).view(1, 1, height, width);
}
