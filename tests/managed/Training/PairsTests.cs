using BioDL.Core.Training;
using BioDL.Training.Losses;
using BioDL.Training.Methods;
using BioDL.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>Restoration and virtual stains learn by each of their losses.</summary>
public sealed class PairsTests
{
    private const int Size = 32;

    [SkippableTheory]
    [InlineData(TrainingMethod.Restoration, false, 0, 0)]
    [InlineData(TrainingMethod.Restoration, true, 0, 0)]
    [InlineData(TrainingMethod.Stain, false, 0.8, 0)]
    [InlineData(TrainingMethod.Stain, true, 0.5, 0)]
    [InlineData(TrainingMethod.Stain, false, 0.5, 0.01)]
    public void Noise_is_taken_away_by_every_loss(TrainingMethod method, bool probabilistic, double structural, double adversarial)
    {
        Libtorch.Require();
        using var training = new ToyTraining(Job(method, probabilistic, structural, adversarial), Noisy);
        double noisy = training.Look((_, batch) => -10 * Math.Log10(PixelLosses.Squared(batch.Input, batch.Targets[0]).ToDouble()));
        Dictionary<string, double> before = training.Check();
        training.Learn(150);
        Dictionary<string, double> after = training.Check();
        Assert.True(after["psnr"] > noisy + 4, $"psnr {after["psnr"]} of {noisy}");
        Assert.True(after["correlation"] > 0.9, $"correlation {after["correlation"]}");
        string[] parts = [.. before.Keys.Except(["loss", "psnr", "correlation", "ssim"])];
        Assert.Equal(structural > 0 && adversarial > 0 ? 3 : structural > 0 ? 2 : 0, parts.Length);
        Assert.All(parts.Except(["adversarial"]).Append("loss"), name => Assert.True(after[name] < before[name], name));
    }

    /// <summary>
    /// The noise is Laplace's, of scale 0.05 in the left half and 0.2 in the right, which the input tells; the second head finds both.
    /// </summary>
    [SkippableFact]
    public void A_probabilistic_network_finds_the_scale_of_the_noise()
    {
        Libtorch.Require();
        using var training = new ToyTraining(Job(TrainingMethod.Restoration, true, 0, 0), random =>
        {
            float[] input = new float[Size * Size], target = new float[Size * Size];
            for (int at = 0; at < input.Length; at++)
            {
                bool isRight = at % Size >= Size / 2;
                double uniform = random.Uniform(-0.5, 0.5);
                input[at] = isRight ? 1 : 0.5f;
                target[at] = (float)(input[at] - (isRight ? 0.2 : 0.05) * Math.Sign(uniform) * Math.Log(1 - 2 * Math.Abs(uniform)));
            }
            return ToyTraining.Patch(input, target);
        });
        training.Learn(400);
        double[] found = training.Look((heads, _) => PixelLosses.Scale(heads[1]).mean([0, 1, 2]).to_type(float64).data<double>().ToArray());
        // The mean over what 4096 values can tell of a scale, and over columns off the step between the halves.
        Assert.Equal(0.05, found[2..12].Average(), 0.01);
        Assert.Equal(0.2, found[20..30].Average(), 0.04);
    }

    [SkippableFact]
    public void The_discriminator_learns_what_is_true_and_its_seed_decides_all()
    {
        Libtorch.Require();
        using DisposeScope scope = NewDisposeScope();
        PatchDiscriminator one = new(2, 5), other = new(2, 5), third = new(2, 6);
        Tensor Draw(double noise, int seed)
        {
            random.manual_seed(seed);
            Tensor smooth = nn.functional.avg_pool2d(rand(2, 1, 66, 66), 3, 1, 0);
            return smooth + noise * randn_like(smooth);
        }
        Tensor input = Draw(0, 1);
        for (int step = 0; step < 40; step++)
        {
            foreach (PatchDiscriminator discriminator in (PatchDiscriminator[])[one, other])
                discriminator.Learn(input, Draw(0, 10 + step), Draw(0.1, 100 + step));
        }
        Tensor real = one.Score(input, Draw(0, 2)), made = one.Score(input, Draw(0.1, 3));
        Assert.Equal([2, 1, 6, 6], real.shape);
        Assert.True(real.mean().ToDouble() > 0 && made.mean().ToDouble() < 0, $"{real.mean().ToDouble()}, {made.mean().ToDouble()}");
        Assert.All(one.State, pair => Assert.True(pair.Value.equal(other.State[pair.Key]).all().ToBoolean(), pair.Key));
        Assert.False(third.Parameters["discriminator.conv0.weight"]
            .equal(new PatchDiscriminator(2, 5).Parameters["discriminator.conv0.weight"])
            .all().ToBoolean());
    }

    [SkippableFact]
    public void A_stack_is_judged_plane_by_plane()
    {
        Libtorch.Require();
        using DisposeScope scope = NewDisposeScope();
        PatchDiscriminator discriminator = new(2, 1);
        Tensor input = randn([2, 1, 3, 32, 32]), image = randn([2, 1, 3, 32, 32]);
        Tensor stack = discriminator.Score(input, image);
        Assert.Equal([6, 1, 2, 2], stack.shape);
        for (int plane = 0; plane < 3; plane++)
        {
            Tensor alone = discriminator.Score(input.select(2, plane), image.select(2, plane));
            Assert.True((alone - cat([stack[plane].unsqueeze(0), stack[3 + plane].unsqueeze(0)])).abs().max().ToDouble() < 1e-5);
        }
    }

    private static TrainingJob Job(TrainingMethod method, bool probabilistic, double structural, double adversarial)
    {
        UNetHead[] heads = [new UNetHead("output", 1), .. probabilistic ? [new UNetHead("scale", 1, Activation.Softplus)] : (UNetHead[])[]];
        return ToyTraining.Job(method, heads) with
        {
            Restoration = new RestorationOptions
            {
                Probabilistic = probabilistic, StructuralSimilarity = structural, Adversarial = adversarial,
            },
        };
    }

    /// <summary>Discs of several sizes, and the same with noise.</summary>
    private static Patch Noisy(PatchRandom random)
    {
        float[] target = new float[Size * Size];
        for (int disc = 0; disc < 4; disc++)
        {
            double y = random.Uniform(0, Size), x = random.Uniform(0, Size), radius = random.Uniform(3, 8);
            for (int at = 0; at < target.Length; at++)
                target[at] = Math.Max(target[at],
                    (float)Math.Clamp(radius - Math.Sqrt(Square(at / Size - y) + Square(at % Size - x)), 0, 1));
        }
        return ToyTraining.Patch([.. target.Select(value => (float)(value + 0.3 * random.Normal()))], target);
    }

    private static double Square(double value) => value * value;
}
