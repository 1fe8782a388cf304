using static TorchSharp.torch;

namespace BioDL.Training.Losses;

/// <summary>
/// Structural similarity (SSIM, Wang 2004) and its form of several scales (MS-SSIM, Wang 2003), with their authors' constants: a Gaussian
/// window of 11 pixels and deviation 1.5, K1 = .01, K2 = .03, no padding, values that span 1. Tensors are (b, c, (z,) y, x); channels and
/// planes are compared by themselves.
/// </summary>
/// <remarks>
/// Five scales need 176 pixels along y and x. A smaller patch has as many scales as its window fits into, and the published weights of
/// those are divided by their sum, so that equal images have 1 at every size.
/// </remarks>
internal static class StructuralSimilarity
{
    private const int Window = 11;
    private const double Deviation = 1.5;
    private const double Luminance = 0.01 * 0.01;
    private const double Contrast = 0.03 * 0.03;

    /// <summary>A root of 0 has no slope, and images that contradict each other are below 0.</summary>
    private const double Least = 1e-6;

    private static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>The window lies within images of (b, c, (z,) y, x).</summary>
    public static bool Fits(Tensor images) => Math.Min(images.shape[^1], images.shape[^2]) >= Window;

    /// <returns>1 for equal images, less for others</returns>
    public static Tensor OneScale(Tensor output, Tensor target)
    {
        (Tensor luminance, Tensor structure) = Compare(Planes(output), Planes(target));
        return (luminance * structure).mean();
    }

    /// <returns>1 for equal images, less for others; never below 0</returns>
    public static Tensor Multiscale(Tensor output, Tensor target)
    {
        Tensor a = Planes(output), b = Planes(target);
        int scales = Scales(Math.Min(a.shape[2], a.shape[3]));
        double all = Weights.Take(scales).Sum();
        Tensor? product = null;
        for (int scale = 0; scale < scales; scale++)
        {
            (Tensor luminance, Tensor structure) = Compare(a, b);
            bool isLast = scale == scales - 1;
            Tensor means = (isLast ? luminance * structure : structure).mean([2, 3]).clamp_min(Least).pow(Weights[scale] / all);
            product = product is null ? means : product * means;
            if (!isLast)
                (a, b) = (Half(a), Half(b));
        }
        return product!.mean();
    }

    /// <exception cref="ArgumentException">The window does not fit once.</exception>
    private static int Scales(long size)
    {
        int scales = 0;
        while (scales < Weights.Length && size >> scales >= Window)
            scales++;
        return scales > 0
            ? scales
            : throw new ArgumentException($"Structural similarity needs patches of {Window} pixels along y and x, and these have {size}.");
    }

    /// <summary>Each channel of each plane as an image of its own: (n, 1, y, x).</summary>
    private static Tensor Planes(Tensor images) => images.reshape(-1, 1, images.shape[^2], images.shape[^1]);

    private static Tensor Half(Tensor planes) => nn.functional.avg_pool2d(planes, 2);

    private static (Tensor Luminance, Tensor Structure) Compare(Tensor a, Tensor b)
    {
        Tensor meanA = Smooth(a), meanB = Smooth(b);
        Tensor squareA = meanA.square(), squareB = meanB.square(), product = meanA * meanB;
        Tensor varianceA = Smooth(a.square()) - squareA, varianceB = Smooth(b.square()) - squareB;
        Tensor covariance = Smooth(a * b) - product;
        return ((2 * product + Luminance) / (squareA + squareB + Luminance),
            (2 * covariance + Contrast) / (varianceA + varianceB + Contrast));
    }

    private static Tensor Smooth(Tensor planes)
    {
        Tensor line = exp(-(arange(Window, dtype: planes.dtype) - Window / 2).square() / (2 * Deviation * Deviation));
        line = line / line.sum();
        return nn.functional.conv2d(nn.functional.conv2d(planes, line.view(1, 1, Window, 1)), line.view(1, 1, 1, Window));
    }
}
