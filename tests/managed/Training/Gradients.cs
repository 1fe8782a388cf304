using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>What libtorch follows backwards, against central differences in float64.</summary>
internal static class Gradients
{
    private const double Step = 1e-5;

    /// <summary>
    /// Of the difference quotient, whose own error is about Step squared times the third derivative: below 1e-6 of a loss near 1 whose
    /// inputs are near 1. A wrong factor or a missing term is far above.
    /// </summary>
    private const double Tolerance = 2e-6;

    /// <summary>Compares every entry of every input's gradient.</summary>
    /// <param name="loss">of the inputs, one number</param>
    /// <param name="inputs">float64; changed and put back</param>
    public static void AreDifferences(Func<Tensor[], Tensor> loss, params Tensor[] inputs)
    {
        foreach (Tensor input in inputs)
            input.requires_grad_(true);
        loss(inputs).backward();
        double[][] followed = [.. inputs.Select(input => input.grad!.data<double>().ToArray())];
        double largest = followed.Max(values => values.Max(Math.Abs));
        Assert.True(largest > 1e-4, "no gradient arrived");
        using var none = no_grad();
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor flat = inputs[i].view(-1);
            for (int at = 0; at < followed[i].Length; at++)
                Assert.Equal(Slope(() => loss(inputs), flat, at), followed[i][at], Tolerance);
        }
    }

    private static double Slope(Func<Tensor> loss, Tensor values, int at)
    {
        using var scope = NewDisposeScope();
        double there = values[at].ToDouble();
        values[at] = there + Step;
        double above = loss().ToDouble();
        values[at] = there - Step;
        double below = loss().ToDouble();
        values[at] = there;
        return (above - below) / (2 * Step);
    }
}
