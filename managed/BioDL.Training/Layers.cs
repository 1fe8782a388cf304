using TorchSharp;
using TorchSharp.Modules;

namespace BioDL.Training;

/// <summary>Layers of TorchSharp, with what it forgets.</summary>
internal static class Layers
{
    /// <summary>GroupNorm with the weights 1 and the bias 0: TorchSharp 0.107 leaves both uninitialised.</summary>
    public static GroupNorm GroupNorm(long groups, long channels)
    {
        GroupNorm norm = torch.nn.GroupNorm(groups, channels);
        torch.nn.init.ones_(norm.weight);
        torch.nn.init.zeros_(norm.bias);
        return norm;
    }

    /// <summary>
    /// A product of matrices. Its sizes are looked at first: LibTorchSharp has no guard there, and an exception of C++ ends the process.
    /// </summary>
    /// <param name="left">(rows, inner)</param>
    /// <param name="right">(inner, columns)</param>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static torch.Tensor Product(torch.Tensor left, torch.Tensor right) =>
        left.dim() == 2 && right.dim() == 2 && left.shape[1] == right.shape[0]
        ? left.matmul(right)
        : throw new ArgumentException($"({string.Join(", ", left.shape)}) and ({string.Join(", ", right.shape)}) have no product");
}
