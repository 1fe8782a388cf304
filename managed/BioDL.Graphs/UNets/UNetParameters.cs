using BioDL.Core;
using BioDL.Core.Training;

namespace BioDL.Graphs.UNets;

/// <summary>What a tensor of weights is for.</summary>
public enum UNetParameterKind
{
    /// <summary>Of a convolution with an activation behind it: (outputs, inputs, kernel).</summary>
    Weight,

    /// <summary>Of a head's convolution, which has none.</summary>
    HeadWeight,

    /// <summary>Of a convolution: (outputs).</summary>
    Bias,

    /// <summary>By which a norm multiplies: (channels).</summary>
    Scale,

    /// <summary>What a norm adds: (channels).</summary>
    Shift,

    /// <summary>Running mean of a batch norm, no weight that is trained: (channels).</summary>
    Mean,

    /// <summary>Running variance of a batch norm, no weight that is trained: (channels).</summary>
    Variance,
}

/// <summary>One tensor of a network's weights.</summary>
/// <param name="Name">such as "down0.conv1.weight"</param>
/// <param name="Shape">row-major</param>
/// <param name="Kind">what it is for</param>
public sealed record UNetParameter(string Name, IReadOnlyList<int> Shape, UNetParameterKind Kind)
{
    public int Count => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>Found by descent, not gathered.</summary>
    public bool IsTrained => Kind is not (UNetParameterKind.Mean or UNetParameterKind.Variance);
}

/// <summary>The table of a network's weights: module, ONNX file, checkpoint and transfer keep to its names, shapes and order.</summary>
public static class UNetParameters
{
    /// <summary>Of batch norms and group norms.</summary>
    public const double Epsilon = 1e-5;

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: no member of the family.</exception>
    public static IReadOnlyList<UNetParameter> Of(UNet net)
    {
        var lister = new Lister();
        UNetTopology.Build(net, 0, lister);
        return lister.Found;
    }

    /// <summary>Tensors of one block, in order.</summary>
    public static IEnumerable<UNetParameter> Of(UNetBlock block)
    {
        yield return new($"{block.Name}.weight", [block.Outputs, block.Inputs, .. block.Kernel],
            block.IsHead ? UNetParameterKind.HeadWeight : UNetParameterKind.Weight);
        yield return new($"{block.Name}.bias", [block.Outputs], UNetParameterKind.Bias);
        if (block.Norm == UNetNorm.None)
            yield break;
        yield return new($"{block.NormName}.weight", [block.Outputs], UNetParameterKind.Scale);
        yield return new($"{block.NormName}.bias", [block.Outputs], UNetParameterKind.Shift);
        if (block.Norm == UNetNorm.Batch)
        {
            yield return new($"{block.NormName}.mean", [block.Outputs], UNetParameterKind.Mean);
            yield return new($"{block.NormName}.variance", [block.Outputs], UNetParameterKind.Variance);
        }
    }

    /// <summary>Groups of a group norm: of 8 channels, or one where they cannot be parted so.</summary>
    public static int Groups(int channels) => channels % 8 == 0 ? channels / 8 : 1;

    /// <summary>Whether weights are all there and of the right size.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: one is missing or of another size.</exception>
    public static void Check(UNet net, IReadOnlyDictionary<string, float[]> weights)
    {
        foreach (UNetParameter parameter in Of(net))
        {
            int found = weights.TryGetValue(parameter.Name, out float[]? values) ? values.Length : 0;
            if (found != parameter.Count)
            {
                throw new BioDLException(Status.InvalidArgument,
                    $"The weights do not fit the network: {parameter.Name} has {found} values, not {parameter.Count}.",
                    "Use weights of a network of the same description.");
            }
        }
    }

    private sealed class Lister : IUNetMaker<int>
    {
        public List<UNetParameter> Found { get; } = [];

        public int Convolve(int input, UNetBlock block)
        {
            Found.AddRange(Of(block));
            return 0;
        }

        public int Pool(int input, IReadOnlyList<int> factors, bool blurs, int channels) => 0;

        public int Enlarge(int input, IReadOnlyList<int> factors) => 0;

        public int Join(int first, int second) => 0;

        public int AddInput(int head, int input, int headChannels, int inputChannels) => 0;
    }
}
