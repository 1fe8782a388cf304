namespace BioDL.Core.Tiles;

/// <summary>What tiles along one axis have to meet.</summary>
/// <param name="Length">pixels of the plane</param>
/// <param name="Min">smallest tile</param>
/// <param name="Step">sizes are Min + n * Step</param>
/// <param name="Halo">pixels of context towards a neighbour</param>
/// <param name="Grid">pixels per output cell</param>
internal readonly record struct AxisRules(int Length, int Min, int Step, int Halo, int Grid)
{
    /// <summary>The plane with its mirrored end: the smallest Min + n * Step that holds it, as a run without tiles would have it.</summary>
    public long Padded => RoundUp(Length);

    /// <summary>Where the output grid ends: the plane, rounded up to whole cells.</summary>
    public long GridEnd => ((long)Length + Grid - 1) / Grid * Grid;

    /// <summary>The halo before the own region, which starts on a cell.</summary>
    public int Margin => (Halo + Grid - 1) / Grid * Grid;

    /// <summary>The smallest tile that has room for an own region between two halos.</summary>
    public long SmallestInner => RoundUp((long)Margin + Halo + Step);

    /// <summary>
    /// Whether the network itself asks for its smallest tile. It does not where that is just what leaves something between two halos,
    /// which bioimage.io demands of every description.
    /// </summary>
    public bool AsksForMin => Min <= Step || Min <= 2L * Halo || Min > 2L * Halo + Step;

    /// <summary>The smallest size a tile may have that is not below <paramref name="size"/>.</summary>
    public long RoundUp(long size) => size <= Min ? Min : Min + (size - Min + Step - 1) / Step * Step;
}

/// <summary>
/// The tiles along one axis. All have one size, as a network plans its memory anew for each shape. Their starts are multiples of the step,
/// so
/// that pooling windows and grid cells fall where they fall in the whole plane. At the plane's own borders there is no halo, and the
/// last tile is moved back to end with the padded plane:
/// <code>
///   plane   |==========================================|....|        .... mirrored, up to min + n * step
///   tile 0  |----------------+++|                               ---- own region   +++ halo
///   tile 1                |+++----------+++|                    from a tile's start to the next one's: the stride,
///   tile 2                |  stride  |+++----------+++|         a multiple of the step: size - 2 halos, rounded down
///   tile 3                            |++++++++++----------|    moved back: its size is that of the others
///   own     |0000000000000000|1111111111|2222222222|33333333|   every grid cell once
/// </code>
/// </summary>
internal readonly record struct TileAxis
{
    /// <summary>
    /// Between two tile sizes that are tried lies a factor of 2^(1/8); each is then shrunk to the smallest that needs no more tiles.
    /// </summary>
    private const double Ratio = 1.0905077326652577;

    private readonly AxisRules _rules;
    private readonly long _stride;

    /// <summary>Pixels of every tile, halo included.</summary>
    public int Size { get; }

    /// <summary>Tiles along the axis.</summary>
    public long Count { get; }

    private TileAxis(AxisRules rules, int size, long stride, long count) => (_rules, Size, _stride, Count) = (rules, size, stride, count);

    /// <summary>Cells of the output grid.</summary>
    public int Cells => (int)(_rules.GridEnd / _rules.Grid);

    /// <param name="rules">the axis</param>
    /// <param name="size">a size the network takes: the padded plane's or more, or <see cref="AxisRules.SmallestInner"/> or more</param>
    public static TileAxis Of(AxisRules rules, long size)
    {
        if (size >= rules.Padded)
            return new TileAxis(rules, checked((int)rules.Padded), rules.Padded, 1);
        long stride = (size - rules.Margin - rules.Halo) / rules.Step * rules.Step;
        return new TileAxis(rules, checked((int)size), stride, 1 + (rules.Padded - size + stride - 1) / stride);
    }

    /// <summary>As few tiles as those of <paramref name="size"/>, but all of the smallest size that suffices.</summary>
    public static TileAxis Even(AxisRules rules, long size)
    {
        var axis = Of(rules, size);
        if (axis.Count == 1)
            return axis;
        long halos = (long)rules.Margin + rules.Halo;
        long even = Math.Max(rules.SmallestInner, rules.RoundUp((rules.Padded + (axis.Count - 1) * halos + axis.Count - 1) / axis.Count));
        while (even < size && Of(rules, even).Count > axis.Count)
            even += rules.Step;
        return Of(rules, Math.Min(even, size));
    }

    /// <summary>The sizes worth trying along an axis, from the smallest that has room for the halo to the whole plane.</summary>
    public static List<TileAxis> Candidates(AxisRules rules)
    {
        var axes = new List<TileAxis>();
        for (double side = rules.SmallestInner; side < rules.Padded && side <= int.MaxValue - rules.Step; side *= Ratio)
        {
            var axis = Even(rules, rules.RoundUp((long)side));
            if (axes.Count == 0 || axis.Size != axes[^1].Size)
                axes.Add(axis);
        }
        if (rules.Padded <= int.MaxValue)
            axes.Add(Of(rules, rules.Padded));
        return axes;
    }

    /// <summary>Tiles of a side that the caller gave, rounded up to a size that the network takes.</summary>
    /// <param name="rules">the axis</param>
    /// <param name="side">in pixels, <paramref name="pad"/> included</param>
    /// <param name="pad">pixels at both sides together that the network reads and gives nothing for</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: below the smallest, or without room for the halo.</exception>
    public static TileAxis AsAskedFor(AxisRules rules, int side, int pad = 0)
    {
        BioDLException Invalid(string message) =>
            new(Status.InvalidArgument, message, $"Use at least {rules.SmallestInner + pad} pixels, or automatic tiles.");
        if ((long)side - pad < rules.Min)
            throw Invalid(side < 1 ? $"tiles of {side} pixels are not possible"
                : $"tiles of {side} pixels are smaller than the model's smallest");
        long size = Math.Min(rules.RoundUp(side - pad), rules.Padded);
        if (size < rules.Padded && size < rules.SmallestInner)
            throw Invalid($"tiles of {side} pixels have no room for the model's halo of {rules.Halo} pixels on both sides");
        return Of(rules, size <= int.MaxValue ? size : size - rules.Step);
    }

    /// <summary>Where a tile starts, in pixels of the plane.</summary>
    public int Start(long index) => (int)(index == Count - 1 ? _rules.Padded - Size : index * _stride);

    /// <summary>Where a tile's own region starts; it ends where the next one's starts.</summary>
    public int OwnStart(long index) => (int)(index == 0 ? 0 : index == Count ? _rules.GridEnd : index * _stride + _rules.Margin);
}
