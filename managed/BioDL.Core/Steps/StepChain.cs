using BioDL.Core.Normalization;

namespace BioDL.Core.Steps;

/// <summary>The steps of a tensor over one plane, in their order.</summary>
internal sealed unsafe class StepChain(params Step[] steps)
{
    /// <summary>Values of a channel that all steps go over before the next ones, so that they stay in the first-level cache.</summary>
    private const int Chunk = 4096;

    public static StepChain None { get; } = new();

    public bool IsNone => steps.Length == 0;

    public bool AcrossChannels => steps.Any(step => step.AcrossChannels);

    /// <summary>The chain is one division (or nothing), so that it can be done while pixels are read.</summary>
    public bool IsDivision => steps is [] or [DivideStep];

    /// <summary>Where <see cref="IsDivision"/>: the normalisation of a channel.</summary>
    public Scaling Division(int channel) => steps is [DivideStep step] ? step.Scaling(channel) : Scaling.None;

    /// <summary>How to undo the chain in a channel; null: it cannot be undone.</summary>
    public Undo? Undo(int channel)
    {
        Undo undo = Steps.Undo.Nothing;
        foreach (Step step in steps)
        {
            if (step.Undo(channel) is not { } last)
                return null;
            undo = undo.After(last);
        }
        return undo;
    }

    /// <summary>In place, to neighbouring values of one channel; for chains that are not <see cref="AcrossChannels"/>.</summary>
    public void Apply(float* values, int channel, long count)
    {
        for (long done = 0; done < count; done += Chunk)
            foreach (Step step in steps)
                step.Apply(values + done, channel, (int)Math.Min(Chunk, count - done));
    }

    /// <summary>In place, to neighbouring values of all channels.</summary>
    public void ApplyAll(float* values, long channelStride, int channels, long count)
    {
        if (!AcrossChannels)
        {
            for (int c = 0; c < channels; c++)
                Apply(values + c * channelStride, c, count);
            return;
        }
        for (long done = 0; done < count; done += Chunk)
            foreach (Step step in steps)
                step.ApplyAll(values + done, channelStride, channels, (int)Math.Min(Chunk, count - done));
    }
}
