using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Graphs.Files;

namespace BioDL.Graphs.UNets.Reading;

/// <summary>A network that a file holds.</summary>
/// <param name="Net">written by <see cref="UNetOnnx"/> with the weights, it gives what the file gives, except where StarDist's export joins
/// outputs or brings them from the grid to full size</param>
/// <param name="Weights">by the names of <see cref="UNetParameters"/></param>
public sealed record UNetFound(UNet Net, IReadOnlyDictionary<string, float[]> Weights);

/// <summary>
/// Finds the member of the family that an ONNX file holds, whoever wrote it: this library, or the import of what StarDist, CSBDeep and
/// Noise2Void save. A description is guessed from the file's main way and then followed step by step, so what is found is what runs. Batch
/// norms that were folded into convolutions stay folded.
/// </summary>
public static class UNetReader
{
    private const int UsualMost = 512;

    /// <param name="file">the bytes of the file, weights inside it; untrusted</param>
    /// <param name="name">for messages</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.ModelInvalid"/>: no ONNX file; <see cref="Status.ModelUnsupported"/>: a network of another kind, and where it
    /// differs.
    /// </exception>
    public static UNetFound Read(ReadOnlySpan<byte> file, string name)
    {
        OnnxGraph graph = OnnxReader.Read(file, name);
        Dictionary<string, float[]> weights = OnnxWeights.Read(file, name);
        try
        {
            return Found(new GraphLinks(graph, weights));
        }
        catch (UnmappedException why)
        {
            throw new BioDLException(Status.ModelUnsupported, $"{name} is no network that training can start from: it has {why.Message}.",
                "Start from a U-Net of StarDist, CARE, Noise2Void or one that was trained here, or from none.", why);
        }
    }

    private static UNetFound Found(GraphLinks links)
    {
        if (links.Graph.Inputs is not [var input] || input.Shape is not [_, { } channels, ..] || input.Shape.Count is not (4 or 5))
            throw new UnmappedException("other inputs than one of (n, channels, (z,) y, x)");
        IReadOnlyList<FoundHead> heads = new HeadReader(links, input.Name).Read();
        var branches = HeadBranches.Of(links, heads);
        FoundTrunk trunk = new TrunkReader(links, branches.Outputs).Read(input.Name, branches.Trunk);
        UnmappedException? why = null;
        foreach (UNet guess in Guesses(trunk, branches, checked((int)channels)))
        {
            try
            {
                var matcher = new UNetMatcher(links, branches.Nodes(guess));
                UNetTopology.Build(guess, input.Name, matcher);
                Require(guess, matcher.Weights);
                return new UNetFound(guess, matcher.Weights);
            }
            catch (UnmappedException error)
            {
                why ??= error;
            }
        }
        throw why!;
    }

    /// <summary>Descriptions that the main way allows: what it leaves open is tried.</summary>
    private static IEnumerable<UNet> Guesses(FoundTrunk trunk, HeadBranches branches, int channels)
    {
        (int convolutions, int features) = branches.Features > 0 ? (trunk.Stages[0].Count, branches.Features) : Last(trunk);
        FoundBlock first = trunk.Stages[0].FirstOrDefault() ?? throw new UnmappedException("a pooling of its input");
        int widest = trunk.Stages.SelectMany(stage => stage).Max(block => block.Outputs);
        var net = new UNet
        {
            Dimensions = first.Kernel.Length,
            Channels = channels,
            Depth = trunk.Enlargements,
            Filters = first.Outputs,
            Convolutions = convolutions,
            Kernel = first.Kernel[0],
            Norm = first.Norm,
            Activation = first.Activation,
            Grid = Grid(trunk, first.Kernel.Length),
            PoolsZ = first.Kernel.Length == 2 || trunk.Enlargements == 0 || trunk.Poolings[^1][0] == 2,
            BlurPool = trunk.BlurPool,
            TopSkip = trunk.TopSkip,
            Residual = branches.Heads[0].HasInput,
            Features = features,
            Heads = branches.Described(),
        };
        RequireMember(net);
        return from most in new[] { Math.Max(UsualMost, widest), widest }
               from narrow in new[] { false, true }
               select net with { MostFilters = most, Narrow = narrow };
    }

    /// <summary>How many convolutions a level has, and channels of one more before the heads.</summary>
    private static (int Convolutions, int Features) Last(FoundTrunk trunk)
    {
        IReadOnlyList<FoundBlock> first = trunk.Stages[0], last = trunk.Stages[^1];
        bool more = trunk.Stages.Count > 1 ? last.Count > first.Count : last.Count > 1 && last[^1].Outputs != first[0].Outputs;
        return (trunk.Stages.Count > 1 || !more ? first.Count : first.Count - 1, more ? last[^1].Outputs : 0);
    }

    private static int[] Grid(FoundTrunk trunk, int dimensions)
    {
        if (trunk.GridPoolings < 0 || trunk.Poolings.Any(factors => factors.Length != dimensions))
            throw new UnmappedException("more enlargements than poolings");
        return [.. Enumerable.Range(0, dimensions)
            .Select(axis => trunk.Poolings.Take(trunk.GridPoolings).Aggregate(1, (product, factors) => product * factors[axis]))];
    }

    private static void Require(UNet net, Dictionary<string, float[]> weights)
    {
        foreach (UNetParameter parameter in UNetParameters.Of(net).Where(parameter => weights[parameter.Name].Length != parameter.Count))
            throw new UnmappedException($"{weights[parameter.Name].Length} values at {parameter.Name}, where {parameter.Count} have to be");
    }

    private static void RequireMember(UNet net)
    {
        try
        {
            UNetChecks.Check(net with { MostFilters = Math.Max(UsualMost, net.Filters) });
        }
        catch (BioDLException error)
        {
            throw new UnmappedException($"another build: {error.Message}");
        }
    }
}
