using System.Diagnostics;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Sinks;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;
using BioDL.Core.Tiles;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>The candidates of a run, tile by tile: which tiles have any, and what they are.</summary>
/// <param name="model">of the outputs</param>
/// <param name="threshold">candidates are more probable than this</param>
/// <param name="border">candidates this close to the border, in grid cells, are excluded</param>
internal sealed class StarTiles(StarDistNetwork model, double threshold, int border)
{
    private RunContext _run = null!;

    public IReadOnlyList<int> Outputs { get; } = model.Class is { } number ? [model.Prob, model.Dist, number] : [model.Prob, model.Dist];

    public void Open(RunContext run) => _run = run;

    /// <summary>
    /// A plane whose channels all have equal percentiles has nothing to find: dividing by the epsilon would make its stray pixels 1e20.
    /// Taking the percentiles left a warning.
    /// </summary>
    public bool HasContrast(Sample sample)
    {
        StepChain chain = _run.Statistics.Chain(0, sample);
        if (chain.IsNone || !chain.IsDivision)
            return true;
        int channels = _run.Job.Match.Inputs[0].Tensor.Channels;
        return Enumerable.Range(0, channels).Any(channel => float.IsFinite(chain.Division(channel).Divisor));
    }

    public bool Wants(Block block) => Window(block) is var own && own.Top < own.Bottom && own.Left < own.Right;

    /// <summary>The candidates of a tile, after those that are there.</summary>
    public void Take(TensorBlock values, Block block, CandidateList into)
    {
        long start = Stopwatch.GetTimestamp();
        Tensor probability = Planes(values, model.Prob), distance = Planes(values, model.Dist);
        Tensor? classes = model.Class is { } number ? Planes(values, number) : null;
        CandidateFinder.Collect(probability, distance, classes, Window(block), model.Geometry, into);
        _run.State.Times.Candidates += Call.Since(start);
    }

    /// <summary>An output as (1, c, y, x), whatever axes the network has: that is how its values lie. No value moves.</summary>
    private static Tensor Planes(TensorBlock values, int output)
    {
        TensorSize size = values.Size(output);
        Tensor tensor = values.Tensor(output);
        tensor.Reshape(1, size.C, size.Y, size.X);
        return tensor;
    }

    /// <summary>The cells of a tile that may hold candidates: its own, inside what is computed.</summary>
    private CandidateWindow Window(Block block)
    {
        var (_, y, x) = _run.Job.Spans(model.Prob, block);
        StarGeometry geometry = model.Geometry;
        OutputAxis rows = _run.Job.Outputs[model.Prob].Axes.Y, columns = _run.Job.Outputs[model.Prob].Axes.X;
        PlaneRegion region = _run.Job.Region ?? new PlaneRegion(0, 0, _run.Job.Match.Height, _run.Job.Match.Width);
        int top = rows.First + y.To, left = columns.First + x.To;
        return new CandidateWindow
        {
            TileTop = top - y.From, TileLeft = left - x.From,
            Top = Math.Max(top, geometry.GridHeight(region.Top)), Left = Math.Max(left, geometry.GridWidth(region.Left)),
            Bottom = Math.Min(top + y.Count, geometry.GridHeight(region.Top + region.Height)),
            Right = Math.Min(left + x.Count, geometry.GridWidth(region.Left + region.Width)),
            GridHeight = geometry.GridHeight(_run.Job.Match.Height), GridWidth = geometry.GridWidth(_run.Job.Match.Width),
            Threshold = threshold, Border = border,
        };
    }
}
