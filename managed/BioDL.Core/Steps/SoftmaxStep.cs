using System.Numerics;

namespace BioDL.Core.Steps;

/// <summary>e^x over the sum of e^x of all channels; the largest is taken off first, so that nothing overflows.</summary>
internal sealed unsafe class SoftmaxStep : Step
{
    public override bool AcrossChannels => true;

    /// <summary>Of one channel alone: 1 everywhere, NaN where there is no number.</summary>
    public override void Apply(float* values, int channel, int count) => ApplyAll(values, 0, 1, count);

    public override void ApplyAll(float* values, long channelStride, int channels, int count)
    {
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            Many(values + i, channelStride, channels);
        for (; i < count; i++)
            One(values + i, channelStride, channels);
    }

    private static void Many(float* values, long stride, int channels)
    {
        Vector<float> most = Vector.Load(values), sum = default;
        for (int c = 1; c < channels; c++)
            most = Vector.Max(most, Vector.Load(values + c * stride));
        for (int c = 0; c < channels; c++)
        {
            Vector<float> power = Vector.Exp(Vector.Load(values + c * stride) - most);
            power.Store(values + c * stride);
            sum += power;
        }
        for (int c = 0; c < channels; c++)
            (Vector.Load(values + c * stride) / sum).Store(values + c * stride);
    }

    private static void One(float* values, long stride, int channels)
    {
        float most = values[0], sum = 0;
        for (int c = 1; c < channels; c++)
            most = MathF.Max(most, values[c * stride]);
        for (int c = 0; c < channels; c++)
            sum += values[c * stride] = MathF.Exp(values[c * stride] - most);
        for (int c = 0; c < channels; c++)
            values[c * stride] /= sum;
    }
}
