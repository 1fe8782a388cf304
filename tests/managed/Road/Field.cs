using BioDL.Core.Tensors;

namespace BioDL.Tests.Road;

/// <summary>Values along c, z, y and x, the plain way: what networks in C# and their expected results are made of.</summary>
internal sealed class Field(int c, int z, int y, int x)
{
    private readonly float[] _values = new float[c * z * y * x];

    public int C => c;
    public int Z => z;
    public int Y => y;
    public int X => x;

    public Span<float> Values => _values;

    public float this[int channel, int slice, int row, int column]
    {
        get => _values[((channel * z + slice) * y + row) * x + column];
        set => _values[((channel * z + slice) * y + row) * x + column] = value;
    }

    public static Field Make(int c, int z, int y, int x, Func<int, int, int, int, float> value)
    {
        var field = new Field(c, z, y, x);
        for (int k = 0; k < c; k++)
            for (int l = 0; l < z; l++)
                for (int j = 0; j < y; j++)
                    for (int i = 0; i < x; i++)
                        field[k, l, j, i] = value(k, l, j, i);
        return field;
    }

    public Field Map(Func<float, float> function) => Make(c, z, y, x, (k, l, j, i) => function(this[k, l, j, i]));

    /// <summary>Mirrored about the outermost values, from a place that may lie before the first one.</summary>
    public Field Mirrored(int fromZ, int fromY, int fromX, int depth, int height, int width) =>
        Make(c, depth, height, width, (k, l, j, i) => this[k, Reflect(fromZ + l, z), Reflect(fromY + j, y), Reflect(fromX + i, x)]);

    public Field Crop(int fromZ, int fromY, int fromX, int depth, int height, int width) =>
        Make(c, depth, height, width, (k, l, j, i) => this[k, fromZ + l, fromY + j, fromX + i]);

    /// <summary>A network's tensor with axes in any order.</summary>
    public static unsafe Field Of(Tensor tensor, string axes)
    {
        int Size(char axis) => axes.IndexOf(axis) is var at && at >= 0 ? (int)tensor.Shape[at] : 1;
        return Make(Size('c'), Size('z'), Size('y'), Size('x'), (k, l, j, i) => tensor.Data[Index(tensor, axes, k, l, j, i)]);
    }

    /// <summary>Into a network's tensor, whose shape must be this one's.</summary>
    public unsafe void CopyTo(Tensor tensor, string axes)
    {
        Assert.Equal(axes.Select(axis => (long)(axis switch { 'c' => c, 'z' => z, 'y' => y, 'x' => x, _ => 1 })), tensor.Shape);
        for (int k = 0; k < c; k++)
            for (int l = 0; l < z; l++)
                for (int j = 0; j < y; j++)
                    for (int i = 0; i < x; i++)
                        tensor.Data[Index(tensor, axes, k, l, j, i)] = this[k, l, j, i];
    }

    private static long Index(Tensor tensor, string axes, int c, int z, int y, int x)
    {
        long index = 0;
        for (int i = 0; i < axes.Length; i++)
            index = index * tensor.Shape[i] + axes[i] switch { 'c' => c, 'z' => z, 'y' => y, 'x' => x, _ => 0 };
        return index;
    }

    /// <summary>Walks to and fro instead of computing.</summary>
    private static int Reflect(int i, int size)
    {
        int at = 0, step = 1;
        for (i = Math.Abs(i); i > 0 && size > 1; i--)
        {
            if (at + step < 0 || at + step >= size)
                step = -step;
            at += step;
        }
        return at;
    }
}
