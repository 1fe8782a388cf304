using BioDL.Graphs;
using BioDL.TensorFlow.Operations;

namespace BioDL.TensorFlow.Fusion;

/// <summary>Value * scale + shift, with one number or one for each channel.</summary>
internal sealed record Affine(double[] Scale, double[] Shift)
{
    public static Affine Of(DraftNode node, OnnxDraft draft) =>
        new(Doubles(draft.Constants[node.Inputs[1]]), Doubles(draft.Constants[node.Inputs[2]]));

    public static bool Is(DraftNode node) => node.Operator == GraphBuilder.Affine;

    public int Channels => Math.Max(Scale.Length, Shift.Length);

    /// <summary>First this, then the other.</summary>
    public Affine Then(Affine next)
    {
        int channels = Math.Max(Channels, next.Channels);
        Affine first = Spread(channels);
        next = next.Spread(channels);
        var (scale, shift) = (new double[channels], new double[channels]);
        for (int i = 0; i < channels; i++)
            (scale[i], shift[i]) = (first.Scale[i] * next.Scale[i], first.Shift[i] * next.Scale[i] + next.Shift[i]);
        return new Affine(scale, shift);
    }

    /// <summary>One number for each channel.</summary>
    public Affine Spread(int channels) => new(Spread(Scale, channels), Spread(Shift, channels));

    private static double[] Spread(double[] values, int channels) => values.Length == channels ? values
        : [.. Enumerable.Repeat(values[0], channels)];

    private static double[] Doubles(DraftConstant constant) => Array.ConvertAll((float[])constant.Values, value => (double)value);
}
