using BioDL.Core;
using BioDL.Core.Training;

namespace BioDL.Graphs.UNets;

/// <summary>
/// The order of a U-Net's steps, told once: whoever makes something of a network is led through it, so that the module that is trained, the
/// ONNX file that runs and the table of weights cannot differ.
/// </summary>
public static class UNetTopology
{
    /// <summary>Lead a maker through the network.</summary>
    /// <param name="net">any member of the family</param>
    /// <param name="input">(n, channels, (z,) y, x)</param>
    /// <param name="maker">what is made of it</param>
    /// <returns>the heads in order, before their activations</returns>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: no member of the family; see
    /// <see cref="UNetChecks"/>.</exception>
    public static T[] Build<T>(UNet net, T input, IUNetMaker<T> maker)
    {
        UNetChecks.Check(net);
        return new Walk<T>(net, input, maker).Heads();
    }

    /// <summary>Convolutions with the grid's pooling behind them that come before the U-Net, and what each pools.</summary>
    public static IEnumerable<int[]> GridPoolings(UNet net)
    {
        for (int pooled = 1; net.Grid.Any(step => step > pooled); pooled *= 2)
            yield return [.. net.Grid.Select(step => step > pooled ? 2 : 1)];
    }

    /// <summary>What each pooling inside the U-Net pools.</summary>
    public static int[] Pooling(UNet net) => net.Dimensions == 2 ? [2, 2] : [net.PoolsZ ? 2 : 1, 2, 2];

    /// <summary>Along each spatial axis, outermost first: sides of an input must be multiples of it.</summary>
    public static int[] Divisor(UNet net) => [.. net.Grid.Zip(Pooling(net), (step, pool) => pool == 2 ? step << net.Depth : step)];

    /// <summary>A tensor on its way, and how many channels it has.</summary>
    private readonly record struct Flow<T>(T Tensor, int Channels);

    private sealed class Walk<T>(UNet net, T input, IUNetMaker<T> maker)
    {
        private readonly int[] _kernel = [.. Enumerable.Repeat(net.Kernel, net.Dimensions)];

        public T[] Heads()
        {
            Flow<T> trunk = Trunk();
            bool shares = net.Features > 0 && net.Heads.Any(head => head.Features == 0);
            Flow<T> shared = shares ? Convolve(trunk, "features", "features.norm", net.Features) : trunk;
            var heads = new T[net.Heads.Count];
            for (int i = 0; i < heads.Length; i++)
                heads[i] = Head(net.Heads[i], trunk, shared);
            if (net.Residual)
                heads[0] = maker.AddInput(heads[0], input, net.Heads[0].Channels, net.Channels);
            return heads;
        }

        private T Head(UNetHead head, Flow<T> trunk, Flow<T> shared)
        {
            string name = $"head.{head.Name}";
            Flow<T> from = head.Features > 0 ? Convolve(trunk, $"{name}.features", $"{name}.norm", head.Features) : shared;
            int[] kernel = [.. Enumerable.Repeat(1, net.Dimensions)];
            return maker.Convolve(from.Tensor, new UNetBlock(name, "", from.Channels, head.Channels, kernel) { IsHead = true });
        }

        private Flow<T> Trunk()
        {
            var flow = new Flow<T>(input, net.Channels);
            int stage = 0;
            foreach (int[] factors in GridPoolings(net))
                flow = Pool(Level(flow, $"grid{stage++}", Width(0), Width(0)), factors);
            var skips = new Stack<Flow<T>>();
            for (int level = 0; level < net.Depth; level++)
            {
                skips.Push(Level(flow, $"down{level}", Width(level), Width(level)));
                flow = Pool(skips.Peek(), Pooling(net));
            }
            flow = Level(flow, "bottom", Width(net.Depth), LastWidth(net.Depth));
            for (int level = net.Depth - 1; level >= 0; level--)
                flow = Level(Rise(flow, skips.Pop(), level > 0 || net.TopSkip), $"up{level}", Width(level), LastWidth(level));
            return flow;
        }

        private int Width(int level) => (int)Math.Min(net.MostFilters, (long)net.Filters << level);

        private int LastWidth(int level) => net.Narrow ? Width(Math.Max(0, level - 1)) : Width(level);

        private Flow<T> Rise(Flow<T> flow, Flow<T> skip, bool joins)
        {
            T large = maker.Enlarge(flow.Tensor, Pooling(net));
            return joins ? new Flow<T>(maker.Join(large, skip.Tensor), flow.Channels + skip.Channels) : flow with { Tensor = large };
        }

        private Flow<T> Pool(Flow<T> flow, int[] factors) =>
            flow with { Tensor = maker.Pool(flow.Tensor, factors, net.BlurPool, flow.Channels) };

        private Flow<T> Level(Flow<T> flow, string stage, int channels, int last)
        {
            for (int i = 0; i < net.Convolutions; i++)
                flow = Convolve(flow, $"{stage}.conv{i}", $"{stage}.norm{i}", i == net.Convolutions - 1 ? last : channels);
            return flow;
        }

        private Flow<T> Convolve(Flow<T> flow, string name, string norm, int outputs)
        {
            var block = new UNetBlock(name, norm, flow.Channels, outputs, _kernel) { Norm = net.Norm, Activation = net.Activation };
            return new Flow<T>(maker.Convolve(flow.Tensor, block), outputs);
        }
    }
}
