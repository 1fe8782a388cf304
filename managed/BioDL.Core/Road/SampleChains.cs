using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Statistics;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road;

/// <summary>The preprocessing of a sample's planes, each compiled once: by input and slice.</summary>
internal sealed class SampleChains(InputStatistics statistics, RunJob job, Sample sample)
{
    private readonly Dictionary<(int Input, int Slice), StepChain> _chains = [];

    public StepChain this[int input, int slice] => _chains[(input, slice)];

    /// <summary>
    /// The chains of what a tile reads, before it is read: taking statistics has its own time, and asks the caller on the way.
    /// </summary>
    public void Take(ReadWindow window)
    {
        for (int layer = 0; layer < window.Depth; layer++)
        {
            int slice = job.Match.Volumes ? TileReader.Mirror((long)window.Z + layer, job.Match.Shape.Slices) : sample.Slice;
            for (int input = 0; input < job.Match.Inputs.Length; input++)
                if (!_chains.ContainsKey((input, slice)))
                    _chains[(input, slice)] = statistics.Chain(input, sample with { Slice = slice });
        }
    }
}
