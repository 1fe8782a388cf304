using System.Runtime.InteropServices;
using BioDL.Core.Training;
using BioDL.Training.Methods;
using BioDL.Training.Patches;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>Networks that learn from noisy images alone.</summary>
public sealed class DenoiseMethodTests : IDisposable
{
    private const int Side = 192;
    private const double Gain = 0.01, Floor = 0.002;

    private readonly string _folder = Directory.CreateTempSubdirectory("denoise").FullName;
    private readonly float[] _clean = Clean(), _noisy;
    private readonly TrainingSample _sample = new()
    {
        Name = "spots", Input = new TrainingArray("spots.input", "float32", [1, Side, Side]),
    };

    public DenoiseMethodTests()
    {
        PatchRandom random = new(1, 1);
        double Counted(double value) => PoissonNumbers.Draw(value / Gain, random) * Gain;
        _noisy = [.. _clean.Select(value => (float)(Counted(value) + Math.Sqrt(Floor) * random.Normal()))];
        File.WriteAllBytes(Path.Combine(_folder, "spots.input"), MemoryMarshal.AsBytes<float>(_noisy).ToArray());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Recorrupted_input_and_target_have_independent_noise()
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        Method method = MethodTable.Make(Job(TrainingMethod.DenoiseImage), _folder);
        double both = 0, input = 0, target = 0, shift = 0;
        const int rounds = 40;
        for (int step = 1; step <= rounds; step++)
        {
            Patch patch = Whole();
            Batch batch = method.Make([patch], new PatchRandom(1, step), training: true);
            float[] made = batch.Targets[0].data<float>().ToArray();
            for (int i = 0; i < made.Length; i++)
            {
                double a = patch.Input[i] - _clean[i], b = made[i] - _clean[i];
                (both, input, target, shift) = (both + a * b, input + a * a, target + b * b, shift + b);
            }
        }
        // Noise that was not taken for what it is would leave its whole variance: a correlation of a half.
        Assert.InRange(both / Math.Sqrt(input * target), -0.06, 0.06);
        Assert.InRange(shift / rounds / _clean.Length, -2e-3, 2e-3);
        // n + n' / 2 and n - 2 n' of one variance.
        Assert.InRange(target / input, 3.6, 4.4);
    }

    [SkippableTheory]
    [InlineData(TrainingMethod.DenoiseImage, false, 4.5)]
    [InlineData(TrainingMethod.Noise2Void, false, 4.5)]
    [InlineData(TrainingMethod.Noise2Void, true, 4.5)]
    public void An_image_loses_its_noise_without_a_clean_one(TrainingMethod kind, bool median, double decibels)
    {
        Libtorch.Require();
        TrainingJob job = Job(kind) with { Noise2Void = new Noise2VoidOptions { MaskedPercent = 4, Median = median } };
        using ToyTraining toy = new(job, Cut, _folder);
        toy.Learn(150);
        double gained = toy.Look((heads, batch) =>
        {
            float[] found = heads[0].data<float>().ToArray();
            float[] clean = [.. batch.Patches.SelectMany(patch => patch.Target!)], noisy = [.. batch.Patches.SelectMany(NoisyOf)];
            return 10 * Math.Log10(Error(noisy, clean) / Error(found, clean));
        });
        Assert.InRange(gained, decibels, 30);
    }

    private static double Error(float[] one, float[] other) => one.Zip(other, (a, b) => ((double)a - b) * (a - b)).Average();

    private TrainingJob Job(TrainingMethod kind)
    {
        TrainingJob job = ToyTraining.Job(kind, new UNetHead("output", 1));
        return job with { Samples = [_sample], Network = job.Network with { Residual = kind == TrainingMethod.DenoiseImage } };
    }

    private Patch Whole() => new()
    {
        Sample = _sample, Size = [Side, Side], Channels = 1, Input = [.. _noisy], TargetChannels = 1, Target = _clean,
    };

    private Patch Cut(PatchRandom random)
    {
        int y = random.Below(Side - 32), x = random.Below(Side - 32);
        float[] Of(float[] image) => [.. Enumerable.Range(0, 32 * 32).Select(i => image[(y + i / 32) * Side + x + i % 32])];
        return new Patch
        {
            // The noisy values are kept beside as labels would be: methods change the input.
            Sample = _sample, Size = [32, 32], Channels = 1, Input = Of(_noisy), TargetChannels = 1, Target = Of(_clean),
            Labels = [.. Of(_noisy).Select(BitConverter.SingleToInt32Bits)],
        };
    }

    private static IEnumerable<float> NoisyOf(Patch patch) => patch.Labels!.Select(BitConverter.Int32BitsToSingle);

    /// <summary>Soft rings, values from 0.1 to 0.9.</summary>
    private static float[] Clean() =>
        [.. Enumerable.Range(0, Side * Side).Select(i => (float)(0.5 + 0.4 * Math.Sin(i % Side / 9.0) * Math.Cos(i / Side / 7.0)))];
}
