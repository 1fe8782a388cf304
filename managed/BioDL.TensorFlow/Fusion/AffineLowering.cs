using BioDL.Graphs;

namespace BioDL.TensorFlow.Fusion;

/// <summary>
/// Writes what no convolution took in as operators of ONNX: Add, Mul, or BatchNormalization where both are needed for each channel.
/// </summary>
internal static class AffineLowering
{
    public static void Apply(OnnxDraft draft) =>
        draft.Nodes = [.. draft.Nodes.SelectMany(node => Affine.Is(node) ? Lowered(node, draft) : [node])];

    private static DraftNode[] Lowered(DraftNode node, OnnxDraft draft)
    {
        Affine affine = Affine.Of(node, draft);
        string output = node.Outputs[0];
        bool scales = affine.Scale.Any(value => value != 1), shifts = affine.Shift.Any(value => value != 0);
        if (!scales && !shifts)
            return [new DraftNode("Identity", [node.Inputs[0]], [output])];
        if (scales && shifts && affine.Channels > 1)
            return [Normalization(node, affine, draft)];
        var made = new List<DraftNode>();
        string from = node.Inputs[0];
        if (scales)
            made.Add(new DraftNode("Mul", [from, Values(node, 1, affine.Scale, draft)], [shifts ? from = output + "/scaled" : output]));
        if (shifts)
            made.Add(new DraftNode("Add", [from, Values(node, 2, affine.Shift, draft)], [output]));
        return [.. made];
    }

    /// <summary>The constant in a shape that goes with (n, c, y, x).</summary>
    private static string Values(DraftNode node, int input, double[] values, OnnxDraft draft)
    {
        long[] shape = values.Length == 1 ? [] : [values.Length, .. Enumerable.Repeat(1L, (int)(long)node.Attributes["rank"] - 2)];
        draft.Constants[node.Inputs[input]] = DraftConstant.Floats(shape, Array.ConvertAll(values, value => (float)value));
        return node.Inputs[input];
    }

    /// <summary>With a mean of 0, a variance of 1 and an epsilon of 0, so that scale and shift stay what they are.</summary>
    private static DraftNode Normalization(DraftNode node, Affine affine, OnnxDraft draft)
    {
        int channels = affine.Channels;
        affine = affine.Spread(channels);
        string mean = node.Outputs[0] + "/mean", variance = node.Outputs[0] + "/variance";
        draft.Constants[node.Inputs[1]] = DraftConstant.Floats([channels], Array.ConvertAll(affine.Scale, value => (float)value));
        draft.Constants[node.Inputs[2]] = DraftConstant.Floats([channels], Array.ConvertAll(affine.Shift, value => (float)value));
        draft.Constants[mean] = DraftConstant.Floats([channels], new float[channels]);
        draft.Constants[variance] = DraftConstant.Floats([channels], [.. Enumerable.Repeat(1f, channels)]);
        return new DraftNode("BatchNormalization", [node.Inputs[0], node.Inputs[1], node.Inputs[2], mean, variance], node.Outputs)
        {
            Attributes = new Dictionary<string, object> { ["epsilon"] = 0f },
        };
    }
}
