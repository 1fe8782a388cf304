using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Resizing, and pixels moved to channels or to the batch.</summary>
internal static class PlainResampling
{
    public static Nd Resized(TfNode node, Nd input, Nd size)
    {
        bool corners = node.Flag("align_corners"), halves = node.Flag("half_pixel_centers");
        int[] shape = [input.Shape[0], (int)size[0], (int)size[1], input.Shape[3]];
        double Scale(int axis) => corners && shape[axis] > 1 ? (input.Shape[axis] - 1.0) / (shape[axis] - 1)
            : (double)input.Shape[axis] / shape[axis];
        if (node.Operation == "ResizeNearestNeighbor")
        {
            int Nearest(int place, int axis)
            {
                double at = (halves ? place + 0.5 : place) * Scale(axis);
                return Math.Min((int)(corners ? Math.Round(at, MidpointRounding.AwayFromZero) : Math.Floor(at)), input.Shape[axis] - 1);
            }
            return Nd.Of(shape, index => input[index[0], Nearest(index[1], 1), Nearest(index[2], 2), index[3]]);
        }
        return Nd.Of(shape, index =>
        {
            double y = halves ? (index[1] + 0.5) * Scale(1) - 0.5 : index[1] * Scale(1), x = halves ? (index[2] + 0.5) * Scale(2) - 0.5
                : index[2] * Scale(2);
            double At(double row, double column) =>
                input[index[0], (int)Math.Clamp(row, 0, input.Shape[1] - 1), (int)Math.Clamp(column, 0, input.Shape[2] - 1), index[3]];
            double fy = y - Math.Floor(y), fx = x - Math.Floor(x), y0 = Math.Floor(y), x0 = Math.Floor(x);
            return (1 - fy) * ((1 - fx) * At(y0, x0) + fx * At(y0, x0 + 1)) + fy * ((1 - fx) * At(y0 + 1, x0) + fx * At(y0 + 1, x0 + 1));
        });
    }

    public static Nd DepthToSpace(Nd input, int block)
    {
        int depth = input.Shape[3] / (block * block);
        return Nd.Of([input.Shape[0], input.Shape[1] * block, input.Shape[2] * block, depth],
            i => input[i[0], i[1] / block, i[2] / block, (i[1] % block * block + i[2] % block) * depth + i[3]]);
    }

    public static Nd SpaceToDepth(Nd input, int block)
    {
        int depth = input.Shape[3];
        return Nd.Of([input.Shape[0], input.Shape[1] / block, input.Shape[2] / block, depth * block * block],
            i => input[i[0], i[1] * block + i[3] / depth / block, i[2] * block + i[3] / depth % block, i[3] % depth]);
    }

    /// <summary>Batch: first all images at offset (0, 0), then at (0, 1), and so on.</summary>
    public static Nd SpaceToBatch(Nd input, Nd block, Nd pads)
    {
        int axes = block.Values.Length, batch = input.Shape[0], parts = (int)block.Values.Aggregate((a, b) => a * b);
        int[] spatial = [.. Enumerable.Range(0, axes).Select(i => (int)((input.Shape[i + 1] + pads[i, 0] + pads[i, 1]) / block[i]))];
        return Nd.Of([batch * parts, .. spatial, .. input.Shape[(axes + 1)..]], index =>
        {
            int[] from = (int[])index.Clone();
            from[0] = index[0] % batch;
            for (int i = axes - 1, rest = index[0] / batch; i >= 0; rest /= (int)block[i--])
                from[i + 1] = index[i + 1] * (int)block[i] + rest % (int)block[i] - (int)pads[i, 0];
            bool inside = Enumerable.Range(1, axes).All(axis => from[axis] >= 0 && from[axis] < input.Shape[axis]);
            return inside ? input[from] : 0;
        });
    }

    public static Nd BatchToSpace(Nd input, Nd block, Nd crops)
    {
        int axes = block.Values.Length, batch = input.Shape[0] / (int)block.Values.Aggregate((a, b) => a * b);
        int[] spatial = [.. Enumerable.Range(0, axes).Select(i => (int)(input.Shape[i + 1] * block[i] - crops[i, 0] - crops[i, 1]))];
        return Nd.Of([batch, .. spatial, .. input.Shape[(axes + 1)..]], index =>
        {
            int[] from = (int[])index.Clone();
            int part = 0;
            for (int i = 0; i < axes; i++)
            {
                int place = index[i + 1] + (int)crops[i, 0];
                (part, from[i + 1]) = (part * (int)block[i] + place % (int)block[i], place / (int)block[i]);
            }
            from[0] = part * batch + index[0];
            return input[from];
        });
    }
}
