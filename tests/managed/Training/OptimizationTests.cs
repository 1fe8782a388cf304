using BioDL.Core.Training;
using BioDL.Training.Optimization;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>How weights are changed and averaged, against libtorch and plain recurrences.</summary>
[Collection(Torch.WorkerCollection.Name)]
public sealed class OptimizationTests
{
    /// <summary>Roundings of float32 over some steps, relative to weights of about 1.</summary>
    private const double Tolerance = 2e-6;

    [SkippableFact]
    public void A_step_is_that_of_libtorchs_AdamW()
    {
        Libtorch.Require();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Gen.Choose(1, 210).ToArbitrary(), number =>
        {
            (int size, int extra) = (1 + number / 3, number % 3);
            using DisposeScope scope = NewDisposeScope();
            manual_seed(size);
            long[] shape = [size, .. Enumerable.Repeat(3L, extra)];
            double rate = 0.01, decay = shape.Length > 1 ? 0.1 : 0;
            Tensor own = randn(shape).requires_grad_();
            var theirs = new TorchSharp.Modules.Parameter(own.detach().clone());
            using var adam = new AdamW(new Dictionary<string, Tensor> { ["weight"] = own }, 0.1);
            using var reference = optim.AdamW([theirs], rate, weight_decay: decay);
            for (int step = 1; step <= 7; step++)
            {
                Tensor direction = randn(shape);
                (own * direction).square().sum().backward();
                (theirs * direction).square().sum().backward();
                Assert.Equal(theirs.grad!.norm().item<float>(), adam.GradientNorm(), 1e-3 * theirs.grad!.norm().item<float>());
                reference.step();
                reference.zero_grad();
                adam.Step(rate);
                Assert.Equal(0, own.grad!.abs().max().item<float>());
            }
            Assert.InRange((own - theirs).abs().max().item<float>(), 0, Tolerance * (1 + own.abs().max().item<float>()));
        }));
    }

    [SkippableFact]
    public void Gradients_are_scaled_before_a_step_and_what_is_not_finite_is_told()
    {
        Libtorch.Require();
        using DisposeScope scope = NewDisposeScope();
        Tensor one = zeros(9).requires_grad_(), other = zeros(9).requires_grad_();
        using var first = new AdamW(new Dictionary<string, Tensor> { ["w"] = one }, 0);
        using var second = new AdamW(new Dictionary<string, Tensor> { ["w"] = other }, 0);
        (one * 3).sum().backward();
        (other * 1.5).sum().backward();
        first.Step(0.1, scale: 0.5);
        second.Step(0.1);
        Assert.Equal(other.data<float>().ToArray(), one.data<float>().ToArray());
        (one * double.NaN).sum().backward();
        Assert.False(double.IsFinite(first.GradientNorm()));
        first.Forget();
        Assert.Equal(0, first.GradientNorm());
    }

    [SkippableFact]
    public void The_average_follows_its_recurrence_and_changes_places_with_the_weights()
    {
        Libtorch.Require();
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        Tensor weight = randn(5, 7);
        using var average = new WeightAverage(new Dictionary<string, Tensor> { ["w"] = weight }, 0.9);
        double[] expected = [.. weight.data<float>().Select(value => (double)value)];
        for (int step = 1; step <= 100; step++)
        {
            weight.add_(randn(5, 7));
            average.Add(step);
            double kept = Math.Min(0.9, (1.0 + step) / (10 + step));
            float[] now = weight.data<float>().ToArray();
            expected = [.. expected.Select((value, i) => kept * value + (1 - kept) * now[i])];
        }
        float[] before = weight.data<float>().ToArray();
        average.Swap();
        Assert.All(weight.data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        average.Swap();
        Assert.Equal(before, weight.data<float>().ToArray());
    }

    [Fact]
    public void The_rate_rises_through_the_warm_up_and_falls_to_a_hundredth() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 3000).ToArbitrary(), steps =>
        {
            int warmUp = steps % 201;
            var options = new ScheduleOptions { Steps = steps, WarmUp = warmUp, Rate = 1 };
            double[] rates = [.. Enumerable.Range(1, steps).Select(step => RateSchedule.Rate(options, step, 0))];
            int risen = Math.Min(warmUp, steps / 10);
            Assert.All(rates, rate => Assert.InRange(rate, 1e-6, 1));
            Assert.All(rates.Skip(risen).Zip(rates.Skip(risen + 1)), pair => Assert.True(pair.First >= pair.Second));
            Assert.All(rates.Take(risen).Zip(rates.Take(risen).Skip(1)), pair => Assert.True(pair.First < pair.Second));
            Assert.Equal(1, RateSchedule.Done(options, steps, 0));
        }));

    [Fact]
    public void With_a_limit_of_time_it_falls_with_time()
    {
        var options = new ScheduleOptions { Steps = 1_000_000, WarmUp = 0, Rate = 1, Minutes = 10 };
        Assert.Equal(1, RateSchedule.Rate(options, 1, 0), 1e-6);
        Assert.Equal(0.505, RateSchedule.Rate(options, 1, 300), 1e-3);
        Assert.Equal(0.01, RateSchedule.Rate(options, 1, 600), 1e-6);
        Assert.Equal(1, RateSchedule.Done(options, 1, 601));
    }
}
