namespace BioDL.Core.Objects.StarConvex;

/// <summary>The box of some pixels; bottom and right excluded.</summary>
internal readonly record struct PixelBox(int Top, int Left, int Bottom, int Right)
{
    public static PixelBox Empty => new(int.MaxValue, int.MaxValue, 0, 0);

    public bool IsEmpty => Bottom == 0;

    public PixelBox With(int row, int left, int right) =>
        new(Math.Min(Top, row), Math.Min(Left, left), Math.Max(Bottom, row + 1), Math.Max(Right, right + 1));

    public static PixelBox Of(ReadOnlySpan<LabelRun> runs)
    {
        PixelBox box = Empty;
        foreach (LabelRun run in runs)
            box = box.With(run.Row, run.Left, run.Right);
        return box;
    }

    public PixelBox With(PixelBox other) =>
        new(Math.Min(Top, other.Top), Math.Min(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Max(Right, other.Right));

    /// <summary>An empty box lies at the object's centre.</summary>
    public void Tell(ref SegmentedObject star) => (star.Top, star.Left, star.Bottom, star.Right) = IsEmpty
        ? ((int)star.CenterY, (int)star.CenterX, (int)star.CenterY, (int)star.CenterX) : (Top, Left, Bottom, Right);
}
