using BioDL.Core.Training;
using BioDL.Training.Patches;

namespace BioDL.Tests.Training;

/// <summary>Noise as it is made and as it is found again.</summary>
public sealed class NoiseTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.7)]
    [InlineData(3)]
    [InlineData(9.9)]
    [InlineData(10)]
    [InlineData(37.5)]
    [InlineData(4000)]
    public void Photons_have_the_mean_and_the_variance_of_their_rate(double mean)
    {
        const int count = 200_000;
        PatchRandom random = new(7, (long)(mean * 100));
        double[] drawn = [.. Enumerable.Range(0, count).Select(_ => PoissonNumbers.Draw(mean, random))];
        Assert.All(drawn, value => Assert.True(value >= 0 && value == Math.Floor(value)));
        double found = drawn.Average(), variance = drawn.Average(value => (value - found) * (value - found));
        double skew = drawn.Average(value => Math.Pow((value - found) / Math.Sqrt(variance), 3));
        // Five deviations of each moment's own error.
        Assert.InRange(found, mean - 5 * Math.Sqrt(mean / count), mean + 5 * Math.Sqrt(mean / count));
        double error = Math.Sqrt((2 * mean * mean + mean) / count);
        Assert.InRange(variance, mean - 5 * error, mean + 5 * error);
        Assert.InRange(skew, 1 / Math.Sqrt(mean) * 0.9 - 0.05, 1 / Math.Sqrt(mean) * 1.1 + 0.05);
    }

    [Fact]
    public void Small_counts_have_their_probabilities()
    {
        const int count = 200_000;
        PatchRandom random = new(3, 1);
        foreach (double mean in (double[])[1, 9, 11])
        {
            int[] seen = new int[64];
            for (int i = 0; i < count; i++)
                seen[(int)PoissonNumbers.Draw(mean, random)]++;
            double probability = Math.Exp(-mean);
            for (int k = 0; k < 20; k++, probability *= mean / k)
                Assert.InRange((seen[k] - count * probability) / (Math.Sqrt(count * probability) + 0.2), -6, 6);
        }
    }

    public static TheoryData<double, double> Cameras => new()
    {
        { 0.02, 0.0004 }, { 0.005, 0.0001 }, { 0, 0.002 }, { 0.001, 0.00001 }, { 0.05, 0.01 },
    };

    /// <summary>A field of soft spots, as fluorescence is: the line that made the noise is found within a tenth of the deviation.</summary>
    [Theory]
    [MemberData(nameof(Cameras))]
    public void The_noise_of_an_image_is_found(double gain, double floor)
    {
        PatchRandom random = new(11, 1);
        float[] clean = Spots(256, random);
        float[] noisy = [.. clean.Select(value => (float)(Counted(value, gain, random) + Math.Sqrt(floor) * random.Normal()))];
        NoiseModel model = NoiseEstimate.Of([noisy], 256);
        foreach (double value in (double[])[0.05, 0.3, 0.8])
            Assert.InRange(Math.Sqrt(model.Variance(value, 0)) / Math.Sqrt(gain * value + floor), 0.88, 1.12);
    }

    [Fact]
    public void Constant_and_tiny_images_have_no_noise()
    {
        Assert.Equal(default, NoiseEstimate.Of([new float[25]], 5));
        NoiseModel constant = NoiseEstimate.Of([[.. Enumerable.Repeat(3f, 4096)]], 64);
        Assert.InRange(constant.Variance(3, 0), 0, 1e-10);
        NoiseModel holes = NoiseEstimate.Of([[.. Enumerable.Repeat(float.NaN, 4096)]], 64);
        Assert.Equal(default, holes);
    }

    [Fact]
    public void Simulated_noise_is_what_it_says_over_many_patches()
    {
        List<double> deviations = [];
        for (int step = 1; step <= 400; step++)
        {
            PatchRandom random = new(5, step);
            Patch patch = Flat(0.5f);
            NoiseSimulator.Apply(patch, 1, random);
            float[] noise = [.. patch.Input.Zip(patch.Target!, (input, target) => input - target)];
            Assert.Single(patch.Target!.Distinct());
            double mean = noise.Average(), deviation = Math.Sqrt(noise.Average(value => (value - mean) * (value - mean)));
            // Noise neither lifts nor lowers an image: six deviations of the mean of 4096 pixels, wider for correlated noise.
            Assert.InRange(mean, -0.25 * deviation - 1e-6, 0.25 * deviation + 1e-6);
            deviations.Add(deviation);
        }
        deviations.Sort();
        Assert.InRange(deviations.Count(value => value == 0), 2, 40);
        // From unseen to overwhelming, evenly in between on a logarithmic scale, after the change of range.
        Assert.InRange(deviations[40], 0, 0.01);
        Assert.InRange(deviations[200], 0.01, 0.06);
        Assert.InRange(deviations[360], 0.06, 0.5);
    }

    [Fact]
    public void Simulated_noise_is_the_same_for_the_same_step()
    {
        Patch one = Flat(0.7f), other = Flat(0.7f);
        NoiseSimulator.Apply(one, 1, new PatchRandom(1, 17));
        NoiseSimulator.Apply(other, 1, new PatchRandom(1, 17));
        Assert.Equal(one.Input, other.Input);
        Assert.Equal(one.Target, other.Target);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void Correlated_noise_keeps_its_deviation(double sigma)
    {
        PatchRandom random = new(2, 1);
        float[] noise = [.. Enumerable.Range(0, 256 * 256).Select(_ => (float)random.Normal())];
        NoiseBlur.Apply(noise, 256, sigma);
        Assert.InRange(noise.Average(value => (double)value * value), 0.95, 1.05);
        double neighbours = Enumerable.Range(0, noise.Length - 1).Average(i => (double)noise[i] * noise[i + 1]);
        double[] kernel = [.. Enumerable.Range(-2, 5).Select(k => Math.Exp(-k * k / (2 * sigma * sigma)))];
        double expected = Enumerable.Range(0, 4).Sum(k => kernel[k] * kernel[k + 1]) / kernel.Sum(value => value * value);
        Assert.InRange(neighbours, expected - 0.03, expected + 0.03);
    }

    [Theory]
    [InlineData(7, 5, 2)]
    [InlineData(3, 9, 4)]
    [InlineData(1, 1, 1)]
    public void Box_means_are_those_of_the_pixels_that_exist(int height, int width, int radius)
    {
        PatchRandom random = new(4, height);
        float[] values = [.. Enumerable.Range(0, 2 * height * width).Select(_ => (float)random.Normal())];
        float[] means = BoxMean.Of(values, height, width, radius);
        for (int plane = 0; plane < 2; plane++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                {
                    double expected = (from v in Enumerable.Range(y - radius, 2 * radius + 1)
                                       from u in Enumerable.Range(x - radius, 2 * radius + 1)
                                       where v >= 0 && v < height && u >= 0 && u < width
                                       // The mean of row means is that of all: every row of a box is as long.
                                       select (double)values[(plane * height + v) * width + u]).Average();
                    Assert.Equal(expected, means[(plane * height + y) * width + x], 1e-5);
                }
    }

    private static double Counted(double value, double gain, PatchRandom random) =>
        gain > 0 ? PoissonNumbers.Draw(value / gain, random) * gain : value;

    private static Patch Flat(float value) => new()
    {
        Sample = new TrainingSample { Name = "flat", Input = new TrainingArray("", "float32", [1, 64, 64]) },
        Size = [64, 64], Channels = 1, Input = new float[4096], TargetChannels = 1, Target = [.. Enumerable.Repeat(value, 4096)],
    };

    /// <summary>Gaussian spots of radius 6 on an uneven ground, values from 0 to about 1.</summary>
    private static float[] Spots(int side, PatchRandom random)
    {
        float[] image = new float[side * side];
        (double X, double Y, double Height)[] spots =
            [.. Enumerable.Range(0, 120).Select(_ => (random.Uniform(0, side), random.Uniform(0, side), random.Uniform(0.2, 0.8)))];
        for (int i = 0; i < image.Length; i++)
        {
            double value = 0.05 + 0.05 * (i % side) / side;
            foreach (var (x, y, height) in spots)
                value += height * Math.Exp(-((i % side - x) * (i % side - x) + (i / side - y) * (i / side - y)) / 72);
            image[i] = (float)value;
        }
        return image;
    }
}
