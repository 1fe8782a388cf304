using BioDL.Core.Training;

namespace BioDL.Training.Patches;

/// <summary>
/// Where each pixel of a patch is taken from: a change of size about the centre, and a smooth displacement by cubic B-splines over a coarse
/// grid of control points (Rueckert et al. 1999), which never exceeds the largest displacement of a control point. Planes of a volume are
/// changed alike.
/// </summary>
/// <param name="size">of the result: (z,) y, x</param>
/// <param name="factor">sizes are multiplied by it</param>
/// <param name="control">displacements of control points, y and x; null: none</param>
internal sealed class Warp(IReadOnlyList<int> size, double factor, (double Y, double X)[,]? control)
{
    /// <summary>Pixels between control points: about the size of a cell.</summary>
    private const int Spacing = 32;

    private readonly int _height = size[^2], _width = size[^1];

    public static Warp Draw(AugmentationOptions options, IReadOnlyList<int> size, PatchRandom random)
    {
        double factor = Math.Exp(random.Uniform(-1, 1) * Math.Log(1 + options.Scale));
        if (options.Elastic <= 0)
            return new Warp(size, factor, null);
        // A spline's support reaches one point beyond the patch on one side and two on the other.
        var control = new (double Y, double X)[size[^2] / Spacing + 4, size[^1] / Spacing + 4];
        for (int y = 0; y < control.GetLength(0); y++)
            for (int x = 0; x < control.GetLength(1); x++)
                control[y, x] = (random.Uniform(-1, 1) * options.Elastic, random.Uniform(-1, 1) * options.Elastic);
        return new Warp(size, factor, control);
    }

    /// <summary>Cut the patch out of one with a margin around it.</summary>
    /// <param name="patch">larger than the result, by the same on both sides of an axis</param>
    /// <param name="targetsAreClasses">as labels, the nearest one is taken</param>
    public void Apply(Patch patch, bool targetsAreClasses)
    {
        int rows = patch.Size[^2], columns = patch.Size[^1];
        (float Y, float X)[] from = Places((rows - 1) / 2.0, (columns - 1) / 2.0);
        patch.Input = Planes(patch.Input, rows, columns, from, Linear);
        if (patch.Target is { } target)
            patch.Target = Planes(target, rows, columns, from, targetsAreClasses ? Nearest : Linear);
        if (patch.Labels is { } labels)
            patch.Labels = Planes(labels, rows, columns, from, Nearest);
        patch.Size = [.. patch.Size.SkipLast(2), _height, _width];
    }

    /// <summary>For each pixel of the result, in the patch with its margin.</summary>
    private (float Y, float X)[] Places(double middleY, double middleX)
    {
        var from = new (float Y, float X)[_height * _width];
        for (int y = 0; y < _height; y++)
            for (int x = 0; x < _width; x++)
            {
                (double dy, double dx) = control is null ? (0, 0) : Displacement(y, x);
                from[y * _width + x] = ((float)(middleY + (y - (_height - 1) / 2.0) / factor + dy),
                    (float)(middleX + (x - (_width - 1) / 2.0) / factor + dx));
            }
        return from;
    }

    private (double Y, double X) Displacement(int y, int x)
    {
        (int row, int column) = (y / Spacing, x / Spacing);
        Span<double> down = stackalloc double[4], right = stackalloc double[4];
        Weights((double)y / Spacing - row, down);
        Weights((double)x / Spacing - column, right);
        (double sumY, double sumX) = (0, 0);
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
            {
                double weight = down[i] * right[j];
                (sumY, sumX) = (sumY + weight * control![row + i, column + j].Y, sumX + weight * control[row + i, column + j].X);
            }
        return (sumY, sumX);
    }

    /// <summary>Of the four control points around a place; not negative, and 1 together.</summary>
    private static void Weights(double t, Span<double> weights)
    {
        double u = 1 - t;
        weights[0] = u * u * u / 6;
        weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
        weights[2] = (3 * u * u * u - 6 * u * u + 4) / 6;
        weights[3] = t * t * t / 6;
    }

    private delegate T Take<T>(ReadOnlySpan<T> plane, int rows, int columns, float y, float x);

    private static T[] Planes<T>(T[] values, int rows, int columns, (float Y, float X)[] from, Take<T> take)
    {
        int planes = values.Length / (rows * columns);
        var result = new T[planes * from.Length];
        for (int plane = 0; plane < planes; plane++)
        {
            ReadOnlySpan<T> source = values.AsSpan(plane * rows * columns, rows * columns);
            for (int i = 0; i < from.Length; i++)
                result[plane * from.Length + i] = take(source, rows, columns, from[i].Y, from[i].X);
        }
        return result;
    }

    private static T Nearest<T>(ReadOnlySpan<T> plane, int rows, int columns, float y, float x) =>
        plane[Math.Clamp((int)MathF.Round(y), 0, rows - 1) * columns + Math.Clamp((int)MathF.Round(x), 0, columns - 1)];

    private static float Linear(ReadOnlySpan<float> plane, int rows, int columns, float y, float x)
    {
        y = Math.Clamp(y, 0, rows - 1);
        x = Math.Clamp(x, 0, columns - 1);
        int top = Math.Min((int)y, Math.Max(0, rows - 2)), left = Math.Min((int)x, Math.Max(0, columns - 2));
        int bottom = Math.Min(top + 1, rows - 1), right = Math.Min(left + 1, columns - 1);
        float down = y - top, across = x - left;
        float above = plane[top * columns + left] + across * (plane[top * columns + right] - plane[top * columns + left]);
        float below = plane[bottom * columns + left] + across * (plane[bottom * columns + right] - plane[bottom * columns + left]);
        return above + down * (below - above);
    }
}
