namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// The outline of a label as a star: along each ray from the object's point the last pixel that the label reaches without a gap. What a
/// star cannot show, such as a bay behind a neighbour, is left out.
/// </summary>
/// <param name="rays">vertices</param>
internal sealed class LabelOutline(int rays)
{
    /// <summary>A ray is followed in steps of so many pixels.</summary>
    private const double Step = 0.25;

    private readonly RayTable _rays = RayTable.Of(rays);
    private bool[] _inside = [];

    /// <summary>Write the vertices; they stay as they are when the point is not on the label.</summary>
    /// <param name="label">its pixels, not empty</param>
    /// <param name="star">with its centre, and the box of the label's pixels</param>
    /// <param name="vertices">rays x (x, y), in pixels</param>
    public void Take(ReadOnlySpan<LabelRun> label, in SegmentedObject star, Span<float> vertices)
    {
        int height = star.Bottom - star.Top, width = star.Right - star.Left;
        if ((long)height * width > Array.MaxLength)
            return;
        if (_inside.Length < height * width)
            _inside = new bool[height * width];
        Array.Clear(_inside, 0, height * width);
        foreach (LabelRun run in label)
            Array.Fill(_inside, true, (run.Row - star.Top) * width + run.Left - star.Left, run.Length);
        double y = star.CenterY - star.Top, x = star.CenterX - star.Left;
        if (!Holds(y, x, height, width))
            return;
        for (int k = 0; k < rays; k++)
        {
            double distance = 0;
            while (Holds(y + (distance + Step) * _rays.Sin[k], x + (distance + Step) * _rays.Cos[k], height, width))
                distance += Step;
            vertices[2 * k] = (float)(star.CenterX + distance * _rays.Cos[k]);
            vertices[2 * k + 1] = (float)(star.CenterY + distance * _rays.Sin[k]);
        }
    }

    private bool Holds(double y, double x, int height, int width)
    {
        int row = (int)Math.Floor(y + 0.5), column = (int)Math.Floor(x + 0.5);
        return row >= 0 && row < height && column >= 0 && column < width && _inside[row * width + column];
    }
}
