using BioDL.Core;
using BioDL.Core.Training;

namespace BioDL.Graphs.UNets.Reading;

/// <summary>Weights that a training begins with, and how many of them are another network's.</summary>
/// <param name="Weights">by the names of <see cref="UNetParameters"/></param>
/// <param name="Taken">numbers that are the start's</param>
/// <param name="All">numbers of the network</param>
public sealed record UNetStart(Dictionary<string, float[]> Weights, long Taken, long All)
{
    /// <summary>From nothing.</summary>
    public static UNetStart Random(UNet net, long seed)
    {
        Dictionary<string, float[]> weights = UNetWeights.Random(net, seed);
        return new UNetStart(weights, 0, weights.Values.Sum(values => values.LongLength));
    }
}

/// <summary>Training that goes on from another network.</summary>
public static class UNetTransfer
{
    /// <summary>
    /// The start's network with what the task needs: its channels, its heads, and a grid of 1 where its outputs are as large as the input.
    /// </summary>
    /// <param name="wanted">as the task would have it without a start</param>
    /// <param name="start">as <see cref="UNetReader"/> found it</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: one is for planes and the other for stacks.</exception>
    public static UNet Fit(UNet wanted, UNet start)
    {
        if (wanted.Dimensions != start.Dimensions)
        {
            throw new BioDLException(Status.InvalidArgument,
                $"The start is a network of {start.Dimensions}D images, but this training is of {wanted.Dimensions}D images.",
                "Choose another start, or none.");
        }
        IReadOnlyList<int> grid = wanted.Grid.All(step => step == 1) ? wanted.Grid : start.Grid;
        return start with
        {
            Channels = wanted.Channels,
            Grid = grid,
            Features = wanted.Features == 0 || start.Features == 0 ? wanted.Features : start.Features,
            Heads = [.. wanted.Heads.Select(head => head.Features > 0 && Named(start, head.Name) is { Features: > 0 } same
                ? head with { Features = same.Features } : head)],
            Residual = start.Residual && grid.All(step => step == 1) && wanted.Heads[0].Channels >= wanted.Channels,
        };
    }

    /// <summary>
    /// Weights of the start where names and shapes agree, random ones elsewhere. Heads agree by name or, where no name does, by what they
    /// are. A first convolution for one channel serves several: each gets an equal share of it.
    /// </summary>
    /// <param name="net">that is trained</param>
    /// <param name="start">as <see cref="UNetReader"/> found it</param>
    /// <param name="seed">of the random ones</param>
    public static UNetStart Take(UNet net, UNetFound start, long seed)
    {
        Dictionary<string, float[]> weights = UNetWeights.Random(net, seed);
        Dictionary<string, UNetParameter> given = UNetParameters.Of(start.Net).ToDictionary(parameter => parameter.Name,
            StringComparer.Ordinal);
        long taken = 0, all = 0;
        foreach (UNetParameter parameter in UNetParameters.Of(net))
        {
            all += parameter.Count;
            if (!given.TryGetValue(Source(parameter.Name, net, start.Net), out UNetParameter? source))
                continue;
            float[] values = start.Weights[source.Name];
            if (parameter.Shape.SequenceEqual(source.Shape))
                weights[parameter.Name] = [.. values];
            else if (Shares(parameter.Shape, source.Shape))
                weights[parameter.Name] = Shared(values, parameter.Shape);
            else
                continue;
            taken += parameter.Count;
        }
        return new UNetStart(weights, taken, all);
    }

    /// <summary>What the start calls a tensor of weights.</summary>
    private static string Source(string name, UNet net, UNet start)
    {
        UNetHead? head = net.Heads.FirstOrDefault(head => name.StartsWith($"head.{head.Name}.", StringComparison.Ordinal));
        if (head is null || Named(start, head.Name) is not null)
            return name;
        UNetHead[] alike = [.. start.Heads.Where(other => (other.Channels, other.Activation) == (head.Channels, head.Activation)
            && Named(net, other.Name) is null)];
        return alike is [var only] ? $"head.{only.Name}.{name[$"head.{head.Name}.".Length..]}" : name;
    }

    private static UNetHead? Named(UNet net, string name) => net.Heads.FirstOrDefault(head => head.Name == name);

    private static bool Shares(IReadOnlyList<int> shape, IReadOnlyList<int> source) => source.Count > 2 && source[1] == 1
        && shape.Count == source.Count && shape[0] == source[0] && shape.Skip(2).SequenceEqual(source.Skip(2));

    private static float[] Shared(float[] values, IReadOnlyList<int> shape)
    {
        int kernel = shape.Skip(2).Aggregate(1, (product, size) => product * size);
        return [.. values.Chunk(kernel)
            .SelectMany(of => Enumerable.Repeat(of, shape[1]).SelectMany(same => same.Select(value => value / shape[1])))];
    }
}
