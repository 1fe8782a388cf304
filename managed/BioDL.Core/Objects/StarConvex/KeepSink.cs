using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Sinks;
using BioDL.Core.Tiles;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Keeps the candidates of all planes above a low threshold, whatever will become of them. When they are more than <paramref name="most"/>
/// the least probable half goes, and the threshold rises to what is left.
/// </summary>
/// <param name="model">of the network</param>
/// <param name="threshold">candidates are more probable than this</param>
/// <param name="most">candidates that are kept, of all planes together</param>
internal sealed class KeepSink(StarDistNetwork model, double threshold, int most) : ISink
{
    private readonly StarTiles _tiles = new(model, threshold, border: 0);
    private readonly List<KeptPlane> _planes = [];
    private CandidateList _here = new(model.Geometry.Rays);
    private Sample _sample;

    public IReadOnlyList<int> Outputs => _tiles.Outputs;

    /// <summary>All that are more probable than this are there.</summary>
    public double Threshold { get; private set; } = threshold;

    public IReadOnlyList<KeptPlane> Planes => _planes;

    public void Open(RunContext run) => _tiles.Open(run);

    public bool Begin(Sample sample)
    {
        _sample = sample;
        Restart();
        return _tiles.HasContrast(sample);
    }

    public void Restart() => _here = new CandidateList(model.Geometry.Rays);

    public bool Wants(Block block) => _tiles.Wants(block);

    public void Take(TensorBlock values, Sample sample, Block block)
    {
        _tiles.Take(values, block, _here);
        long count = _here.Count + _planes.Sum(plane => (long)plane.Candidates.Count);
        if (count > most)
            Thin();
    }

    public bool End(Sample sample, bool last)
    {
        _planes.Add(new KeptPlane(_sample.Frame, _sample.Slice, Above(_here)));
        Restart();
        return true;
    }

    public void Tell(AccountDraft account)
    {
    }

    public void Dispose() => _here.Free();

    private void Thin()
    {
        float[] probabilities = [.. _planes.Select(plane => plane.Candidates).Append(_here)
            .SelectMany(list => Enumerable.Range(0, list.Count).Select(list.Probability))];
        Array.Sort(probabilities);
        Threshold = Math.Max(Threshold, probabilities[probabilities.Length / 2]);
        for (int i = 0; i < _planes.Count; i++)
            _planes[i] = _planes[i] with { Candidates = Above(_planes[i].Candidates) };
        _here = Above(_here);
    }

    private CandidateList Above(CandidateList list) => list.Where(candidate => list.Probability(candidate) > Threshold);
}

/// <summary>The candidates of one plane, by tiles.</summary>
internal sealed record KeptPlane(int Frame, int Slice, CandidateList Candidates);
