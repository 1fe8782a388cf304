using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Values;

/// <summary>A dense tensor, row by row, with the operations that only move values.</summary>
/// <param name="Shape">outermost axis first; none for a single value</param>
/// <param name="Items">as many as the shape says</param>
internal sealed record NdArray<T>(long[] Shape, T[] Items)
{
    public int Rank => Shape.Length;

    public static NdArray<T> Scalar(T value) => new([], [value]);

    public static NdArray<T> List(params T[] values) => new([values.Length], values);

    /// <exception cref="WireFormatException">another number of values</exception>
    public NdArray<T> Reshape(long[] shape) => ElementCount.Of(shape) == Items.Length ? new NdArray<T>(shape, Items)
        : throw new WireFormatException($"a tensor of {Items.Length} values cannot have the shape ({string.Join(", ", shape)})");

    public NdArray<TOther> Map<TOther>(Func<T, TOther> function) => new(Shape, Array.ConvertAll(Items, item => function(item)));

    /// <summary>Output axis i is input axis <paramref name="order"/>[i].</summary>
    public NdArray<T> Transpose(IReadOnlyList<int> order)
    {
        long[] strides = Strides();
        long[] shape = [.. order.Select(axis => Shape[axis])];
        return Gather(shape, [.. order.Select(axis => strides[axis])], 0);
    }

    /// <summary>Values at begin, begin + step, ... along each axis; the caller has checked that they are inside.</summary>
    public NdArray<T> Slice(long[] begin, long[] step, long[] count)
    {
        long[] strides = Strides();
        long start = 0;
        var moves = new long[Rank];
        for (int axis = 0; axis < Rank; axis++)
        {
            start += count[axis] > 0 ? begin[axis] * strides[axis] : 0;
            moves[axis] = step[axis] * strides[axis];
        }
        return Gather(count, moves, start);
    }

    /// <summary>Repeat axes of size 1, and add leading axes, as NumPy does.</summary>
    /// <exception cref="WireFormatException">shapes that do not go together</exception>
    public NdArray<T> BroadcastTo(long[] shape)
    {
        ElementCount.Of(shape);
        int lead = shape.Length - Rank;
        long[] strides = Strides(), moves = new long[shape.Length];
        for (int axis = Math.Max(lead, 0); axis < shape.Length; axis++)
        {
            long own = Shape[axis - lead];
            moves[axis] = own == 1 ? 0 : strides[axis - lead];
            if (own != 1 && own != shape[axis])
                lead = -1;
        }
        return lead < 0 ? throw new WireFormatException($"shapes ({string.Join(", ", Shape)}) and ({string.Join(", ", shape)}) do not "
            + "go together")
            : Gather(shape, moves, 0);
    }

    /// <exception cref="WireFormatException">shapes that differ along another axis</exception>
    public static NdArray<T> Concat(IReadOnlyList<NdArray<T>> parts, int axis)
    {
        long[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Rank == shape.Length ? part.Shape[axis] : 0);
        foreach (NdArray<T> part in parts)
        {
            for (int i = 0; i < shape.Length; i++)
            {
                if (part.Rank != shape.Length || (i != axis && part.Shape[i] != shape[i]))
                    throw new WireFormatException("joined tensors have different shapes");
            }
        }
        long outer = ElementCount.Of(shape.AsSpan(0, axis)), inner = ElementCount.Of(shape.AsSpan(axis + 1));
        var items = new T[ElementCount.Of(shape)];
        int at = 0;
        for (long o = 0; o < outer; o++)
        {
            foreach (NdArray<T> part in parts)
            {
                int length = (int)(part.Shape[axis] * inner);
                Array.Copy(part.Items, o * length, items, at, length);
                at += length;
            }
        }
        return new NdArray<T>(shape, items);
    }

    /// <summary>Two shapes broadcast against each other.</summary>
    public static long[] Joined(long[] a, long[] b)
    {
        var shape = new long[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            long left = i <= a.Length ? a[^i] : 1, right = i <= b.Length ? b[^i] : 1;
            shape[^i] = left == 1 ? right : left;
        }
        return shape;
    }

    private long[] Strides()
    {
        var strides = new long[Rank];
        long stride = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Shape[axis];
        }
        return strides;
    }

    private NdArray<T> Gather(long[] shape, long[] moves, long start)
    {
        var items = new T[ElementCount.Of(shape)];
        var index = new long[shape.Length];
        long from = start, row = shape.Length > 0 ? shape[^1] : 1, move = shape.Length > 0 ? moves[^1] : 0;
        for (int i = 0; i < items.Length;)
        {
            for (long at = from, end = i + row; i < end; at += move)
                items[i++] = Items[at];
            for (int axis = shape.Length - 2; axis >= 0; axis--)
            {
                from += moves[axis];
                if (++index[axis] < shape[axis])
                    break;
                from -= moves[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return new NdArray<T>(shape, items);
    }
}
