using System.Numerics;
using BioDL.Core;
using BioDL.Models.Readers;
using BioDL.Onnx.Graph;

namespace BioDL.Models;

/// <summary>Joins what a description says with what the network is. Where both speak, they must agree.</summary>
internal static class ModelCheck
{
    private const int MaximumRays = 1024, MaximumChannels = 16, MaximumStep = 1024, MaximumHalo = 4096, MaximumGrid = 64, MaximumMinimum = 8192;

    /// <summary>Complete a draft.</summary>
    /// <exception cref="BioDLException">
    /// <see cref="Status.ModelInvalid"/>: the two disagree; <see cref="Status.ModelUnsupported"/>: no StarDist network of ours.
    /// </exception>
    public static (ModelDescription Description, GraphCost Cost) Complete(ModelDraft draft, OnnxGraph graph, string source)
    {
        TensorSpec input = Input(draft, graph, source);
        var (prob, dist) = Outputs(draft, graph, source);
        int channels = (int)(input.Shape?[1] ?? draft.Channels ?? 1);
        Agree(source, "input channels", draft.Channels, channels);
        GraphCost cost = GraphCost.Of(graph, input.Name, channels);
        int rays = Channels(dist, cost) ?? draft.Rays ?? throw Invalid(source, "does not say how many rays it has", "Give it a description with n_rays.");
        Agree(source, "rays", draft.Rays, rays);
        Agree(source, $"channels of {prob.Name}", Channels(prob, cost), 1);
        AxisPair grid = Grid(draft, cost, prob, dist, source);
        Limit(source, "rays", rays, 3, MaximumRays);
        Limit(source, "input channels", channels, 1, MaximumChannels);
        StarDistDescription star = Describe(draft, cost, source) with
        {
            Channels = channels, Rays = rays, GridY = grid.Y, GridX = grid.X,
            DivisorY = Divisor(draft.Step?.Y, cost.DivisorY, grid.Y, source), DivisorX = Divisor(draft.Step?.X, cost.DivisorX, grid.X, source),
            InputName = input.Name, ProbName = prob.Name, DistName = dist.Name,
        };
        var model = new ModelDescription
        {
            Name = draft.Name, Description = draft.Description, Licence = draft.Licence, Citation = draft.Citation, Source = source,
            WeightsFormat = "onnx", Task = ModelTask.Segment, StarDist = star,
        };
        return (model, cost);
    }

    private static StarDistDescription Describe(ModelDraft draft, GraphCost cost, string source)
    {
        double low = draft.PercentileLow ?? 1, high = draft.PercentileHigh ?? 99.8;
        double prob = draft.ProbThreshold ?? 0.5, overlap = draft.OverlapThreshold ?? 0.4;
        if (!(low >= 0 && low < high && high <= 100))
            throw Invalid(source, FormattableString.Invariant($"describes percentiles {low} and {high}, which are no range of 0 to 100"));
        if (!(prob is >= 0 and <= 1 && overlap is >= 0 and <= 1))
            throw Invalid(source, FormattableString.Invariant($"describes thresholds {prob} and {overlap}, which are not from 0 to 1"));
        int halo = draft.Halo ?? cost.Reach;
        Limit(source, "pixels of halo", halo, 0, MaximumHalo);
        Limit(source, "grid cells of border", draft.Border ?? 0, 0, MaximumHalo);
        return new StarDistDescription
        {
            MinY = Minimum(draft.Minimum?.Y, source), MinX = Minimum(draft.Minimum?.X, source), Halo = halo,
            PercentileLow = low, PercentileHigh = high, Epsilon = draft.Epsilon ?? 1e-20, JointChannels = draft.JointChannels,
            ProbThreshold = prob, OverlapThreshold = overlap, Border = draft.Border ?? new StarDistDescription().Border,
        };
    }

    private static TensorSpec Input(ModelDraft draft, OnnxGraph graph, string source)
    {
        if (graph.Inputs.Count != 1)
            throw Unsupported(source, $"has the inputs {Names(graph.Inputs)}", "A StarDist network has one.");
        TensorSpec input = graph.Inputs[0];
        if (draft.InputName is { } name && name != input.Name && graph.Inputs.Count == 1)
            throw Invalid(source, $"describes the input \"{name}\", but its network has {input}");
        if (input.ElementType != TensorSpec.Float32 || input.Shape is { Count: not 4 })
            throw Unsupported(source, $"has the input {input}", "Only float32 (batch, channel, y, x) is supported.");
        if (input.Shape is { } shape && (shape[2] is not null || shape[3] is not null))
            throw Unsupported(source, $"has the input {input} of fixed size", "Export it with free sizes along y and x.");
        return input;
    }

    private static (TensorSpec Prob, TensorSpec Dist) Outputs(ModelDraft draft, OnnxGraph graph, string source)
    {
        if (draft.OutputNames.FirstOrDefault(name => graph.Outputs.All(output => output.Name != name)) is { } missing)
            throw Invalid(source, $"describes the output \"{missing}\", but its network has {Names(graph.Outputs)}");
        TensorSpec? prob = Named(graph, "prob"), dist = Named(graph, "dist");
        if (prob is null || dist is null)
            throw Unsupported(source, $"has the outputs {Names(graph.Outputs)}; it is no StarDist network, whose outputs are prob and dist", "Choose a StarDist model.");
        if (new[] { prob, dist }.FirstOrDefault(output => output.ElementType != TensorSpec.Float32 || output.Shape is { Count: not 4 }) is { } other)
            throw Unsupported(source, $"has the output {other}", "Only float32 (batch, channel, y, x) is supported.");
        return (prob, dist);
    }

    private static TensorSpec? Named(OnnxGraph graph, string part)
    {
        TensorSpec[] found = [.. graph.Outputs.Where(output => output.Name.Contains(part, StringComparison.OrdinalIgnoreCase))];
        return found.FirstOrDefault(output => output.Name == part) ?? (found.Length == 1 ? found[0] : null);
    }

    private static int? Channels(TensorSpec output, GraphCost cost)
    {
        if (output.Shape?[1] is { } size)
            return (int)Math.Min(size, int.MaxValue);
        return cost.Outputs.TryGetValue(output.Name, out GraphCost.Layer layer) && layer.Channels > 0 ? (int)layer.Channels : null;
    }

    private static AxisPair Grid(ModelDraft draft, GraphCost cost, TensorSpec prob, TensorSpec dist, string source)
    {
        if (!cost.Outputs.TryGetValue(prob.Name, out GraphCost.Layer layer) || !cost.Outputs.TryGetValue(dist.Name, out GraphCost.Layer other))
            throw Invalid(source, $"has outputs that do not depend on its input");
        var grid = new AxisPair((int)Math.Round(layer.PitchY), (int)Math.Round(layer.PitchX));
        if (layer.PitchY != other.PitchY || layer.PitchX != other.PitchX || grid.Y < 1 || grid.X < 1)
            throw Invalid(source, $"has outputs on different grids: {prob.Name} {layer.PitchY} x {layer.PitchX}, {dist.Name} {other.PitchY} x {other.PitchX}");
        if (draft.Grid is { } described && described != grid)
            throw Invalid(source, $"describes a grid of {described.Y} x {described.X} pixels, but its network has {grid.Y} x {grid.X}");
        Limit(source, "pixels of grid", Math.Max(grid.Y, grid.X), 1, MaximumGrid);
        return grid;
    }

    private static int Divisor(int? described, int computed, int grid, string source)
    {
        int step = described is > 0 ? described.Value : 1;
        Limit(source, "pixels of step", Math.Max(step, computed), 1, MaximumStep);
        return LeastCommonMultiple(LeastCommonMultiple(step, (int)BitOperations.RoundUpToPowerOf2((uint)computed)), grid);
    }

    private static int LeastCommonMultiple(int a, int b) => a / (int)BigInteger.GreatestCommonDivisor(a, b) * b;

    private static int Minimum(int? described, string source)
    {
        Limit(source, "pixels of smallest size", described ?? 0, 0, MaximumMinimum);
        return described ?? 0;
    }

    private static void Agree(string source, string what, int? described, int found)
    {
        if (described is { } expected && expected != found)
            throw Invalid(source, $"should have {expected} {what} by its description, but its network has {found}");
    }

    private static void Limit(string source, string what, int value, int least, int most)
    {
        if (value < least || value > most)
            throw Invalid(source, $"has {value} {what}; from {least} to {most} can be");
    }

    private static string Names(IEnumerable<TensorSpec> tensors) => string.Join(" and ", tensors);

    private static BioDLException Invalid(string source, string what, string hint = "Check the model's description, or download it again.") =>
        new(Status.ModelInvalid, $"{source} {what}.", hint);

    private static BioDLException Unsupported(string source, string what, string hint) => new(Status.ModelUnsupported, $"{source} {what}.", hint);
}
