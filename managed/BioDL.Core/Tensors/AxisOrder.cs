namespace BioDL.Core.Tensors;

/// <summary>Sizes of a tensor along its four axes.</summary>
internal readonly record struct TensorSize(long C, long Z, long Y, long X)
{
    public long Plane => Y * X;

    /// <summary>Values from a channel to the next in our order.</summary>
    public long Channel => Z * Plane;

    public long Along(char axis) => axis switch { 'c' => C, 'z' => Z, 'y' => Y, 'x' => X, _ => 1 };
}

/// <summary>The order of a tensor's axes in memory. Ours is c, z, y, x; networks may have others, such as channels last.</summary>
internal static unsafe class AxisOrder
{
    /// <summary>The tensor lies in memory as ours do; axes of size 1 do not count.</summary>
    public static bool IsOurs(string axes, int channels)
    {
        string counted = string.Concat(axes.Where(axis => axis != 'b' && (axis != 'c' || channels != 1)));
        return counted == string.Concat("czyx".Where(counted.Contains));
    }

    /// <summary>The shape of a network's tensor; axes that it has not are dropped.</summary>
    public static void Reshape(Tensor tensor, string axes, TensorSize size)
    {
        Span<long> shape = stackalloc long[axes.Length];
        for (int i = 0; i < axes.Length; i++)
            shape[i] = size.Along(axes[i]);
        tensor.Reshape(shape);
    }

    /// <summary>Copy a tensor in our order into the network's.</summary>
    public static void ToNetwork(float* ours, float* theirs, string axes, TensorSize size) => Copy(ours, theirs, axes, size, back: false);

    /// <summary>Copy a tensor in the network's order into ours.</summary>
    public static void FromNetwork(float* theirs, float* ours, string axes, TensorSize size) => Copy(ours, theirs, axes, size, back: true);

    private static void Copy(float* ours, float* theirs, string axes, TensorSize size, bool back)
    {
        long c = Stride('c', axes, size), z = Stride('z', axes, size), y = Stride('y', axes, size), x = Stride('x', axes, size);
        for (long k = 0; k < size.Z; k++)
            for (long j = 0; j < size.Y; j++)
                for (long i = 0; i < size.C; i++)
                {
                    float* line = ours + (i * size.Z + k) * size.Plane + j * size.X, other = theirs + i * c + k * z + j * y;
                    if (back)
                        for (long column = 0; column < size.X; column++)
                            line[column] = other[column * x];
                    else
                        for (long column = 0; column < size.X; column++)
                            other[column * x] = line[column];
                }
    }

    private static long Stride(char axis, string axes, TensorSize size)
    {
        int at = axes.IndexOf(axis);
        long stride = 1;
        for (int i = axes.Length - 1; i > at && at >= 0; i--)
            stride *= size.Along(axes[i]);
        return at < 0 ? 0 : stride;
    }
}
