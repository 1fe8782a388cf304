using static TorchSharp.torch;

namespace BioDL.Training.Losses;

/// <summary>
/// What images differ by, value by value. Tensors are (b, c, (z,) y, x) of one shape, masks may have one channel for all; the answer is one
/// number that can be followed backwards.
/// </summary>
internal static class PixelLosses
{
    /// <summary>Added to a scale, so that a value that is met exactly cannot make the Laplace loss fall without end.</summary>
    public const double LeastScale = 1e-3;

    /// <summary>A mean squared difference that nothing falls below: 70 dB for a range of 1.</summary>
    private const double LeastSquare = 1e-7;

    /// <summary>Mean absolute difference.</summary>
    public static Tensor Absolute(Tensor output, Tensor target) => (output - target).abs().mean();

    /// <summary>Mean squared difference.</summary>
    public static Tensor Squared(Tensor output, Tensor target) => (output - target).square().mean();

    /// <summary>
    /// Mean over the entries of b of log(mean squared difference): a tenth of it counts as much in an entry that is nearly met as in one of
    /// strong noise, and the mean of PSNR is what grows.
    /// </summary>
    public static Tensor LogSquared(Tensor output, Tensor target) =>
        ((output - target).square().flatten(1).mean([1]) + LeastSquare).log().mean();

    /// <summary>Mean absolute difference where the mask is 1; 0 where it is 1 nowhere.</summary>
    public static Tensor Absolute(Tensor output, Tensor target, Tensor mask) => MeanWithin((output - target).abs(), mask);

    /// <summary>Mean squared difference where the mask is 1; 0 where it is 1 nowhere. The loss of blind spots (Krull 2019).</summary>
    public static Tensor Squared(Tensor output, Tensor target, Tensor mask) => MeanWithin((output - target).square(), mask);

    /// <summary>
    /// Mean of -log p for a Laplace distribution at each value: |target - mean| / scale + log(2 scale) (CARE's probabilistic networks,
    /// Weigert 2018, supplementary note 3).
    /// </summary>
    /// <param name="mean">of the distribution</param>
    /// <param name="raw">what the head gives before its activation; <see cref="Scale"/> makes the scale of it</param>
    /// <param name="target">values to expect</param>
    public static Tensor Laplace(Tensor mean, Tensor raw, Tensor target)
    {
        Tensor scale = Scale(raw);
        return ((target - mean).abs() / scale + (2 * scale).log()).mean();
    }

    /// <summary>The scale that <see cref="Core.Training.Activation.Softplus"/> gives in the ONNX file too, above 1e-3.</summary>
    public static Tensor Scale(Tensor raw) => nn.functional.softplus(raw) + LeastScale;

    private static Tensor MeanWithin(Tensor values, Tensor mask)
    {
        Tensor weights = mask.expand_as(values);
        return (values * weights).sum() / weights.sum().clamp_min(1);
    }
}
