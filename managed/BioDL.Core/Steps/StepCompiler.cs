using BioDL.Core.Normalization;

namespace BioDL.Core.Steps;

/// <summary>Where the numbers of operations that depend on the image come from; a channel is one of the tensor.</summary>
internal interface IStatisticSource
{
    /// <summary>The values at the percentiles of an operation.</summary>
    (double Low, double High) Range(ScaleRange operation, int channel);

    /// <summary>Of the tensor itself.</summary>
    (double Mean, double Deviation) Moments(PixelOperation operation, StatisticAxes over, int channel);

    /// <summary>Of the tensor that the operation refers to.</summary>
    (double Mean, double Deviation) ReferenceMoments(ScaleMeanVariance operation, int channel);
}

/// <summary>From operations as models describe them to steps with numbers.</summary>
internal static class StepCompiler
{
    /// <summary>The bounds of NumPy's whole types, as float32 has them.</summary>
    private static readonly Dictionary<string, (float Low, float High)> WholeTypes = new()
    {
        ["uint8"] = (0, byte.MaxValue), ["int8"] = (sbyte.MinValue, sbyte.MaxValue), ["uint16"] = (0, ushort.MaxValue), ["int16"] = (short.MinValue, short.MaxValue),
        ["uint32"] = (0, uint.MaxValue), ["int32"] = (int.MinValue, int.MaxValue), ["uint64"] = (0, ulong.MaxValue), ["int64"] = (long.MinValue, long.MaxValue),
    };

    /// <summary>The operation changes no value.</summary>
    public static bool IsNothing(PixelOperation operation) => operation switch
    {
        EnsureDtype type => type.DataType is "float32" or "float64",
        Clip clip => clip.Low is null && clip.High is null,
        _ => false,
    };

    /// <summary>Its numbers are taken from the tensor itself, so that the whole of it has to be there.</summary>
    public static bool NeedsOwnStatistics(PixelOperation operation) =>
        operation is ZeroMeanUnitVariance or ScaleMeanVariance or ScaleRange { Reference: null } or ClipRange;

    /// <summary>The steps of one operation over one plane.</summary>
    /// <param name="operation">what to do</param>
    /// <param name="channels">of the tensor</param>
    /// <param name="statistics">for operations that need some</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>: an operation that is not known.</exception>
    public static Step[] Compile(PixelOperation operation, int channels, IStatisticSource statistics)
    {
        int[] each = [.. Enumerable.Range(0, channels)];
        return operation switch
        {
            _ when IsNothing(operation) => [],
            EnsureDtype { DataType: "bool" } => [new FunctionStep<NotZero>()],
            EnsureDtype type when WholeTypes.TryGetValue(type.DataType, out var bounds) => [new WholeStep(bounds.Low, bounds.High)],
            ScaleLinear scale => [new MultiplyStep([.. scale.Gain], [.. scale.Offset])],
            Clip clip => [new ClampStep([(float)(clip.Low ?? double.NegativeInfinity)], [(float)(clip.High ?? double.PositiveInfinity)])],
            ClipRange clip => [Clamp(clip, each, statistics)],
            Binarize binarize => [new AboveStep([.. binarize.Threshold])],
            Sigmoid => [new FunctionStep<Logistic>()],
            Softmax => [new SoftmaxStep()],
            FixedZeroMeanUnitVariance given => [Fixed(given)],
            ZeroMeanUnitVariance own => [Divide(each.Select(c => statistics.Moments(own, own.Over, c)), own.Epsilon)],
            ScaleRange range => [Range(range, each, statistics)],
            ScaleMeanVariance match => Match(match, each, statistics),
            _ => throw new BioDLException(Status.ModelUnsupported, $"the operation {operation.Id} is not known",
                "Use a newer version of this program, or another model."),
        };
    }

    private static DivideStep Fixed(FixedZeroMeanUnitVariance given)
    {
        int count = Math.Max(given.Mean.Count, given.Std.Count);
        double At(IReadOnlyList<double> list, int channel) => list[list.Count == 1 ? 0 : channel];
        return Divide(Enumerable.Range(0, count).Select(c => (At(given.Mean, c), At(given.Std, c))), given.Epsilon);
    }

    /// <summary>A channel without any deviation becomes 0; dividing by the epsilon would blow up what rounding left of it.</summary>
    private static DivideStep Divide(IEnumerable<(double Mean, double Deviation)> moments, double epsilon)
    {
        var each = moments.ToArray();
        return new DivideStep(
            [.. each.Select(own => new Scaling((float)own.Mean, own.Deviation > 0 ? (float)own.Deviation + (float)epsilon : float.PositiveInfinity))],
            [.. each.Select(own => new Undo(own.Deviation + epsilon, own.Mean))]);
    }

    /// <summary>The percentiles are those of a range that would be scaled.</summary>
    private static ClampStep Clamp(ClipRange clip, int[] each, IStatisticSource statistics)
    {
        var range = new ScaleRange(clip.Low, clip.High, clip.Over, 0);
        var values = each.Select(c => statistics.Range(range, c)).ToArray();
        return new ClampStep([.. values.Select(own => (float)own.Low)], [.. values.Select(own => (float)own.High)]);
    }

    private static DivideStep Range(ScaleRange range, int[] each, IStatisticSource statistics)
    {
        var values = each.Select(c => statistics.Range(range, c)).ToArray();
        return new DivideStep(
            // A channel without contrast becomes 0 everywhere; dividing by the epsilon would make its stray pixels 1e20.
            [.. values.Select(own => own.Low < own.High
                ? Scaling.FromRange(own.Low, own.High, range.Epsilon) : new Scaling((float)own.Low, float.PositiveInfinity))],
            [.. values.Select(own => new Undo(own.High - own.Low + range.Epsilon, own.Low))]);
    }

    private static Step[] Match(ScaleMeanVariance match, int[] each, IStatisticSource statistics)
    {
        var references = each.Select(c => statistics.ReferenceMoments(match, c)).ToArray();
        DivideStep divide = Divide(each.Select(c => statistics.Moments(match, match.Over, c)), match.Epsilon);
        return [divide, new MultiplyStep([.. references.Select(own => own.Deviation + match.Epsilon)], [.. references.Select(own => own.Mean)])];
    }
}
