namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// The shape a network predicts: a star-convex polygon of <paramref name="Rays"/> distances at equal angles around a point of a grid. Ray k
/// points along angle 2 pi k / rays, from +x towards +y; the point of grid cell (i, j) is pixel (i * GridY, j * GridX).
/// </summary>
/// <param name="Rays">at least 3</param>
/// <param name="GridY">pixels from one grid cell to the next along Y, at least 1</param>
/// <param name="GridX">pixels from one grid cell to the next along X, at least 1</param>
public sealed record StarGeometry(int Rays, int GridY, int GridX)
{
    /// <summary>Fewer rays span no area.</summary>
    public const int MinRays = 3;

    /// <summary>Grid cells along Y of a plane of so many pixels; a padded plane has more, which are no part of it.</summary>
    public int GridHeight(int height) => (height + GridY - 1) / GridY;

    /// <summary>Grid cells along X of a plane of so many pixels.</summary>
    public int GridWidth(int width) => (width + GridX - 1) / GridX;

    /// <exception cref="BioDLException">A value is out of range (<see cref="Status.ModelInvalid"/>).</exception>
    public StarGeometry Checked()
    {
        if (Rays < MinRays || GridY < 1 || GridX < 1)
            throw new BioDLException(Status.ModelInvalid,
                $"a star-convex model of {Rays} rays on a grid of {GridY} x {GridX} pixels cannot be",
                $"check the model's description: at least {MinRays} rays, a grid of at least 1 x 1");
        return this;
    }
}
