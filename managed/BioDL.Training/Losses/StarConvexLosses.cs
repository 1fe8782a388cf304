using static TorchSharp.torch;

namespace BioDL.Training.Losses;

/// <summary>
/// StarDist's losses (Schmidt 2018; Weigert 2022 for classes), as its published code has them. Tensors are (b, channels, y, x) on the
/// output's grid; a negative probability to reach says that a pixel is not annotated.
/// </summary>
internal static class StarConvexLosses
{
    /// <summary>Binary cross entropy over annotated pixels.</summary>
    /// <param name="scores">(b, 1, y, x), before the sigmoid</param>
    /// <param name="probabilities">to reach: (b, 1, y, x), 0 to 1, or negative</param>
    public static Tensor Probability(Tensor scores, Tensor probabilities)
    {
        Tensor known = probabilities.ge(0).to_type(scores.dtype);
        // log(1 + exp(s)) - s t: the cross entropy of sigmoid(s), without a logarithm of 0.
        Tensor each = nn.functional.softplus(scores) - scores * probabilities;
        return (each * known).sum() / known.sum().clamp_min(1);
    }

    /// <summary>
    /// Absolute differences weighted by the probability to reach, divided by its sum, plus a little of what is found where it is low, so
    /// that distances of the background stay small.
    /// </summary>
    /// <param name="found">(b, rays, y, x)</param>
    /// <param name="distances">to reach</param>
    /// <param name="probabilities">to reach: (b, 1, y, x)</param>
    /// <param name="background">weight of the background's distances</param>
    public static Tensor Distances(Tensor found, Tensor distances, Tensor probabilities, double background)
    {
        Tensor weight = probabilities.clamp_min(0);
        // The mean over the rays first: a weight is one for all of them.
        Tensor difference = (found - distances).abs().mean([1], keepdim: true);
        Tensor size = found.abs().mean([1], keepdim: true);
        Tensor empty = probabilities.ge(0).to_type(found.dtype) - weight;
        return (difference * weight).sum() / weight.sum().clamp_min(1e-3) + background * (size * empty).mean();
    }
}
