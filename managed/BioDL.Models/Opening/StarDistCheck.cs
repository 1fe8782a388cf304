using System.Numerics;
using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models.Descriptions;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>Whether a model finds star-convex objects in planes, and what is needed to segment with it.</summary>
/// <param name="Description">null: it cannot be segmented with</param>
/// <param name="Obstacle">why not, as the rest of a sentence about the model</param>
internal sealed record StarDistCheck(StarDistDescription? Description, string Obstacle)
{
    private const int FewestRays = 3, MaximumRays = 1024, MaximumChannels = 16, MaximumGrid = 64;
    private const double CsbDeepEpsilon = 1e-20;

    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: its description and its network contradict each
    /// other.</exception>
    public static StarDistCheck Of(ModelDraft draft, IReadOnlyList<InputTensor> inputs, IReadOnlyList<OutputTensor> outputs,
        NetworkFacts facts, DescriptionErrors errors)
    {
        var (prob, dist) = Predictions(outputs, draft.StarDist);
        if (draft.StarDist is null && (prob is null || dist is null || prob.Channels != 1 || dist.Channels < FewestRays))
            return new StarDistCheck(null, "is no StarDist model");
        StarDistDraft star = draft.StarDist ?? new StarDistDraft();
        string? obstacle = prob is null || dist is null
            ? $"has the outputs {string.Join(" and ", outputs.Select(output => output.Name))}, not prob and dist"
            : inputs.Count != 1 ? $"has {inputs.Count} inputs"
            : star.Dimensions != 2 || inputs[0].Axes.Contains('z') ? "is a StarDist model of three dimensions"
            : !(IsPlane(inputs[0].Axes) && IsPlane(prob.Axes) && IsPlane(dist.Axes) && dist.Axes.Contains('c'))
            ? $"has the axes {inputs[0].Axes}, {prob.Axes} and {dist.Axes}, which are not those of planes"
            : Normalization(inputs[0]) is null ? $"normalises its input by \"{Steps(inputs[0])}\", not by scale_range" : null;
        if (obstacle is not null)
            return new StarDistCheck(null, obstacle);
        if (draft.Inputs is null)
            Agree(errors, "input channels", star.Channels, inputs[0].Channels);
        StarDistDescription found = Describe(star, inputs[0], prob!, dist!, facts, errors);
        return new StarDistCheck(found with { ClassName = Classes(outputs, prob!, dist!)?.Name ?? "" }, "");
    }

    private static StarDistDescription Describe(StarDistDraft star, InputTensor input, OutputTensor prob, OutputTensor dist,
        NetworkFacts facts, DescriptionErrors errors)
    {
        Agree(errors, "rays", star.Rays, dist.Channels);
        Agree(errors, $"channels of {prob.Name}", 1, prob.Channels);
        AxisPair grid = Grid(star, prob, dist, errors);
        ScaleRange range = Normalization(input)!;
        double probable = star.ProbThreshold ?? 0.5, overlap = star.OverlapThreshold ?? 0.4;
        if (!(probable is >= 0 and <= 1 && overlap is >= 0 and <= 1))
            throw errors.Invalid(FormattableString.Invariant($"describes thresholds {probable} and {overlap}, which are not from 0 to 1"));
        int described = Math.Max(prob.Halo.Y * grid.Y,
            Math.Max(prob.Halo.X * grid.X, Math.Max(dist.Halo.Y * grid.Y, dist.Halo.X * grid.X)));
        int reach = facts.Reach is { } seen ? Math.Max(seen.Y, seen.X) : 0;
        return new StarDistDescription
        {
            Channels = errors.Limited("input channels", input.Channels, 1, MaximumChannels),
            Rays = errors.Limited("rays", dist.Channels, FewestRays, MaximumRays),
            GridY = grid.Y, GridX = grid.X,
            DivisorY = LeastCommonMultiple(Step(input.Y, facts.Divisor.Y), grid.Y),
            DivisorX = LeastCommonMultiple(Step(input.X, facts.Divisor.X), grid.X),
            MinY = input.Y.Min, MinX = input.X.Min,
            Halo = errors.Limited("pixels of halo", described > 0 ? described : reach, 0, TensorLimits.Halo),
            PercentileLow = range.Low, PercentileHigh = range.High, JointChannels = range.Over.HasFlag(StatisticAxes.Channel),
            // StarDist itself adds 1e-20; a description that it wrote says nothing, so that bioimage.io's default would stand there.
            Epsilon = range.Epsilon == 1e-6 && star != new StarDistDraft() ? CsbDeepEpsilon : range.Epsilon,
            ProbThreshold = probable, OverlapThreshold = overlap,
            Border = errors.Limited("grid cells of border", star.Border ?? new StarDistDescription().Border, 0, TensorLimits.Halo),
            InputName = input.Name, ProbName = prob.Name, DistName = dist.Name,
        };
    }

    /// <summary>What StarDist does where nothing is said: percentiles 1 and 99.8 of all channels together.</summary>
    public static ScaleRange Usual => new(1, 99.8, StatisticAxes.Channel | StatisticAxes.Slices, CsbDeepEpsilon);

    private static ScaleRange? Normalization(InputTensor input)
    {
        PixelOperation[] steps = [.. input.Preprocessing.Where(step => step is not EnsureDtype)];
        return steps.Length == 0 ? Usual : steps.Length == 1 ? steps[0] as ScaleRange : null;
    }

    private static string Steps(InputTensor input) =>
        string.Join(", ", input.Preprocessing.Where(step => step is not EnsureDtype).Select(step => step.Id));

    private static bool IsPlane(string axes) => axes.Contains('y') && axes.Contains('x') && !axes.Contains('z');

    /// <summary>
    /// By their names. Where exporters have given others, a model that is known to be StarDist's has one output of one channel, and one of
    /// a channel for each ray.
    /// </summary>
    private static (OutputTensor? Prob, OutputTensor? Dist) Predictions(IReadOnlyList<OutputTensor> outputs, StarDistDraft? star)
    {
        // A probability of classes has "prob" in its name too, but other channels.
        OutputTensor? prob = Named([.. outputs.Where(output => output.Channels == 1)], "prob"), dist = Named(outputs, "dist");
        if (star is not null && (prob is null || dist is null))
        {
            OutputTensor? Only(Func<OutputTensor, bool> fits) => outputs.Where(fits).ToArray() is [var only] ? only : null;
            prob ??= Only(output => output != dist && output.Channels == 1);
            dist ??= Only(output => output != prob && (star.Rays is { } rays ? output.Channels == rays : output.Channels >= FewestRays));
        }
        return (prob ?? Named(outputs, "prob"), dist);
    }

    /// <summary>Weigert and Schmidt 2022: "prob_class" as StarDist calls it, "class" here; on the grid of the probabilities.</summary>
    private static OutputTensor? Classes(IReadOnlyList<OutputTensor> outputs, OutputTensor prob, OutputTensor dist) =>
        Named([.. outputs.Where(output => output != prob && output != dist && output.Channels > 1 && IsPlane(output.Axes)
            && output.Axes.Contains('c') && output.Y.Scale == prob.Y.Scale && output.X.Scale == prob.X.Scale)], "class");

    private static OutputTensor? Named(IReadOnlyList<OutputTensor> outputs, string part)
    {
        bool Says(OutputTensor output) => output.Name.Contains(part, StringComparison.OrdinalIgnoreCase)
            || output.Id.Contains(part, StringComparison.OrdinalIgnoreCase);
        OutputTensor[] found = [.. outputs.Where(Says)];
        return found.FirstOrDefault(output => output.Name == part || output.Id == part) ?? (found.Length == 1 ? found[0] : null);
    }

    private static AxisPair Grid(StarDistDraft star, OutputTensor prob, OutputTensor dist, DescriptionErrors errors)
    {
        var grid = new AxisPair((int)Math.Round(1 / prob.Y.Scale), (int)Math.Round(1 / prob.X.Scale));
        if (prob.Y.Scale != dist.Y.Scale || prob.X.Scale != dist.X.Scale || !(prob.Y.Scale is > 0 and <= 1 && prob.X.Scale is > 0 and <= 1))
            throw errors.Invalid($"has outputs on different grids: {prob.Name} {1 / prob.Y.Scale} x {1 / prob.X.Scale}, {dist.Name} "
                + $"{1 / dist.Y.Scale} x {1 / dist.X.Scale}");
        if (star.Grid is { } described && described != grid)
            throw errors.Invalid($"describes a grid of {described.Y} x {described.X} pixels, but its network has {grid.Y} x {grid.X}");
        errors.Limited("pixels of grid", Math.Max(grid.Y, grid.X), 1, MaximumGrid);
        return grid;
    }

    /// <summary>Tiles of one size begin on multiples of what the levels ask for.</summary>
    private static int Step(AxisSizes sizes, int divisor) => sizes.Step > 0 ? sizes.Step : Math.Max(1, divisor);

    private static int LeastCommonMultiple(int a, int b) => a / (int)BigInteger.GreatestCommonDivisor(a, b) * b;

    private static void Agree(DescriptionErrors errors, string what, int? described, int found)
    {
        if (described is { } expected && expected != found)
            throw errors.Invalid($"should have {expected} {what} by its description, but its network has {found}");
    }
}
