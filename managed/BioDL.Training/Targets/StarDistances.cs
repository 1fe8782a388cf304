namespace BioDL.Training.Targets;

/// <summary>
/// Distances from a pixel to the border of its object along rays, as StarDist defines them (Schmidt 2018, its star_dist): a step of 1 along
/// the ray until another label or the end of the plane, then back to the border of the pixel that was left.
/// </summary>
internal sealed class StarDistances
{
    private readonly float[] _dy, _dx, _back;

    /// <param name="rays">evenly spaced, the first along x, then turning towards y</param>
    public StarDistances(int rays)
    {
        (_dy, _dx, _back) = (new float[rays], new float[rays], new float[rays]);
        for (int ray = 0; ray < rays; ray++)
        {
            float angle = (float)(2 * Math.PI / rays) * ray;
            (_dy[ray], _dx[ray]) = (MathF.Sin(angle), MathF.Cos(angle));
            _back[ray] = 1 - 0.5f / Math.Max(Math.Abs(_dy[ray]), Math.Abs(_dx[ray]));
        }
    }

    public int Rays => _dy.Length;

    /// <param name="labels">a plane, row-major; 0 and below are no objects</param>
    /// <param name="height">of the plane</param>
    /// <param name="width">of the plane</param>
    /// <param name="grid">pixels from one asked pixel to the next, in y and x, from 0</param>
    /// <param name="into">rays, ceil(height / grid), ceil(width / grid): in pixels of the plane; 0 outside objects</param>
    public void Of(ReadOnlySpan<int> labels, int height, int width, (int Y, int X) grid, Span<float> into)
    {
        int rows = (height + grid.Y - 1) / grid.Y, columns = (width + grid.X - 1) / grid.X;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int y = row * grid.Y, x = column * grid.X, at = row * columns + column;
                bool isObject = labels[y * width + x] > 0;
                for (int ray = 0; ray < _dy.Length; ray++, at += rows * columns)
                    into[at] = isObject ? Distance(labels, height, width, (y, x), ray) : 0;
            }
        }
    }

    private float Distance(ReadOnlySpan<int> labels, int height, int width, (int Y, int X) from, int ray)
    {
        int label = labels[from.Y * width + from.X];
        float dy = _dy[ray], dx = _dx[ray], y = 0, x = 0;
        int row, column;
        do
        {
            y += dy;
            x += dx;
            row = Rounded(from.Y + y);
            column = Rounded(from.X + x);
        }
        while ((uint)row < (uint)height && (uint)column < (uint)width && labels[row * width + column] == label);
        y -= _back[ray] * dy;
        x -= _back[ray] * dx;
        return MathF.Sqrt(y * y + x * x);
    }

    /// <summary>Halves away from zero.</summary>
    private static int Rounded(float value)
    {
        int whole = (int)value;
        float rest = value - whole;
        return rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole;
    }
}
