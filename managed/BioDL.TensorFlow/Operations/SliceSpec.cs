using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Operations;

/// <summary>The bounds of a StridedSlice, with its masks brought to axes of the tensor.</summary>
/// <param name="Bounds">for each axis begin, end, step; null where a mask lifts it</param>
/// <param name="Shrunk">axes of the input that are taken away, in order</param>
/// <param name="Added">axes of size 1 that the result has, in order</param>
internal sealed record SliceSpec((long? Begin, long? End, long Step)[] Bounds, List<int> Shrunk, List<int> Added)
{
    public (long? Begin, long? End, long Step) Along(int axis) => Bounds[axis];

    /// <param name="operation">inputs 1 to 3 are begin, end and step</param>
    /// <param name="rank">axes of the tensor</param>
    public static SliceSpec Of(Operation operation, int rank)
    {
        long[] begin = operation.Numbers(1), end = operation.Numbers(2), step = operation.Numbers(3);
        bool Bit(string mask, int i) => (operation.Node.Integer(mask) >> i & 1) != 0;
        if (end.Length != begin.Length || step.Length != begin.Length || begin.Length > 32)
            throw new WireFormatException("a slice whose begin, end and step have different lengths");
        var spec = new SliceSpec(new (long?, long?, long)[rank], [], []);
        Array.Fill(spec.Bounds, (null, null, 1));
        int used = Enumerable.Range(0, begin.Length).Count(i => !Bit("ellipsis_mask", i) && !Bit("new_axis_mask", i));
        var (axis, result) = (0, 0);
        for (int i = 0; i < begin.Length; i++)
        {
            if (Bit("ellipsis_mask", i))
            {
                axis += rank - used;
                result += rank - used;
                continue;
            }
            if (Bit("new_axis_mask", i))
            {
                spec.Added.Add(result++);
                continue;
            }
            if (axis >= rank || axis < 0)
                throw new WireFormatException($"a slice with more than its tensor's {rank} axes");
            bool shrinks = Bit("shrink_axis_mask", i);
            spec.Bounds[axis] = (Bit("begin_mask", i) && !shrinks ? null : begin[i], Bit("end_mask", i) ? null : end[i],
                shrinks ? 1 : step[i]);
            if (shrinks)
                spec.Shrunk.Add(axis);
            else
                result++;
            axis++;
        }
        return spec;
    }
}
