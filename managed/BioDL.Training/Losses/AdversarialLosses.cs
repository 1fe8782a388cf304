using static TorchSharp.torch;

namespace BioDL.Training.Losses;

/// <summary>
/// The two sides of pix2pix (Isola 2017): a discriminator scores patches of images, above 0 for true ones. Scores have any shape, before
/// the sigmoid; each loss is the mean binary cross entropy.
/// </summary>
internal static class AdversarialLosses
{
    /// <summary>Of the network that makes images: they should be taken for true.</summary>
    public static Tensor Generator(Tensor made) => nn.functional.softplus(-made).mean();

    /// <summary>Of the discriminator, halved as in the paper, which slows it down against the other side.</summary>
    public static Tensor Discriminator(Tensor real, Tensor made) =>
        (nn.functional.softplus(-real).mean() + nn.functional.softplus(made).mean()) / 2;
}
