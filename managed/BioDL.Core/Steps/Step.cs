using BioDL.Core.Normalization;

namespace BioDL.Core.Steps;

/// <summary>How to undo a step: x = y * Gain + Offset.</summary>
internal readonly record struct Undo(double Gain, double Offset)
{
    public static Undo Nothing => new(1, 0);

    /// <summary>First undo the later step, then this one.</summary>
    public Undo After(Undo later) => new(Gain * later.Gain, Gain * later.Offset + Offset);
}

/// <summary>One operation with its numbers, over one plane of a tensor; an operation may need several.</summary>
internal abstract unsafe class Step
{
    /// <summary>Each pixel needs all channels at once.</summary>
    public virtual bool AcrossChannels => false;

    /// <summary>How to undo it in a channel; null: it cannot be undone.</summary>
    public virtual Undo? Undo(int channel) => null;

    /// <summary>In place, to neighbouring values of one channel.</summary>
    public abstract void Apply(float* values, int channel, int count);

    /// <summary>In place, to neighbouring values of all channels.</summary>
    public virtual void ApplyAll(float* values, long channelStride, int channels, int count)
    {
        for (int c = 0; c < channels; c++)
            Apply(values + c * channelStride, c, count);
    }

    /// <summary>One number for all channels, or one for each.</summary>
    protected static T At<T>(T[] list, int channel) => list.Length == 1 ? list[0] : list[channel];
}

/// <summary>(x - offset) / divisor.</summary>
/// <param name="scalings">one for all channels, or one for each</param>
/// <param name="undo">likewise; not from the scalings, since one without contrast divides by infinity</param>
internal sealed unsafe class DivideStep(Scaling[] scalings, Undo[] undo) : Step
{
    /// <summary>
    /// (x - mean) / (deviation + epsilon). A channel without any deviation becomes 0; dividing by the epsilon would blow up what rounding
    /// left of it.
    /// </summary>
    /// <param name="moments">one for all channels, or one for each</param>
    /// <param name="epsilon">added to the deviations</param>
    public static DivideStep ByDeviation((double Mean, double Deviation)[] moments, double epsilon) => new(
        [.. moments.Select(own => new Scaling((float)own.Mean,
            own.Deviation > 0 ? (float)own.Deviation + (float)epsilon : float.PositiveInfinity))],
        [.. moments.Select(own => new Undo(own.Deviation + epsilon, own.Mean))]);

    /// <summary>
    /// (x - low) / (high - low + epsilon). A channel without contrast becomes 0; dividing by the epsilon would make its stray pixels 1e20.
    /// </summary>
    /// <param name="ranges">one for all channels, or one for each</param>
    /// <param name="epsilon">added to the ranges</param>
    public static DivideStep ByRange((double Low, double High)[] ranges, double epsilon) => new(
        [.. ranges.Select(own => own.Low < own.High ? Normalization.Scaling.FromRange(own.Low, own.High, epsilon)
            : new Scaling((float)own.Low, float.PositiveInfinity))],
        [.. ranges.Select(own => new Undo(own.High - own.Low + epsilon, own.Low))]);

    public Scaling Scaling(int channel) => At(scalings, channel);

    public override Undo? Undo(int channel) => At(undo, channel);

    public override void Apply(float* values, int channel, int count)
    {
        Scaling scaling = At(scalings, channel);
        Elementwise.Run(new Divide(scaling.Offset, scaling.Divisor), values, count);
    }
}

/// <summary>x * gain + offset.</summary>
internal sealed unsafe class MultiplyStep(double[] gain, double[] offset) : Step
{
    public override Undo? Undo(int channel) =>
        At(gain, channel) is var by && by != 0 ? new Undo(1 / by, -At(offset, channel) / by) : null;

    public override void Apply(float* values, int channel, int count) =>
        Elementwise.Run(new Multiply((float)At(gain, channel), (float)At(offset, channel)), values, count);
}

/// <summary>Bounds; what they cut off is lost, the rest is as it was.</summary>
/// <param name="low">one for all channels, or one for each</param>
/// <param name="high">likewise</param>
internal sealed unsafe class ClampStep(float[] low, float[] high) : Step
{
    public override Undo? Undo(int channel) => Steps.Undo.Nothing;

    public override void Apply(float* values, int channel, int count) =>
        Elementwise.Run(new Clamp(At(low, channel), At(high, channel)), values, count);
}

/// <summary>Whole numbers within the bounds of a type: towards zero, as NumPy's astype and so the reference implementation goes.</summary>
internal sealed unsafe class WholeStep(float low, float high) : Step
{
    public override Undo? Undo(int channel) => Steps.Undo.Nothing;

    public override void Apply(float* values, int channel, int count)
    {
        Elementwise.Run(new Truncate(), values, count);
        Elementwise.Run(new Clamp(low, high), values, count);
    }
}

/// <summary>1 above a threshold, else 0.</summary>
internal sealed unsafe class AboveStep(double[] thresholds) : Step
{
    public override void Apply(float* values, int channel, int count) =>
        Elementwise.Run(new Above((float)At(thresholds, channel)), values, count);
}

/// <summary>A function without numbers.</summary>
internal sealed unsafe class FunctionStep<T> : Step
    where T : struct, IElementwise
{
    public override void Apply(float* values, int channel, int count) => Elementwise.Run(default(T), values, count);
}
