using System.Text.Json;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>What becomes of the objects of a plane once they are found; see <see cref="StarOptions"/>. In pixels.</summary>
internal sealed record ObjectRules
{
    public const double UsualLinkOverlap = 0.25;

    /// <summary>Areas in calibrated units, as a table shows them, become pixels by a division.</summary>
    private const double Rounding = 1e-6;

    public LabelScope LabelScope { get; init; }
    public bool ExcludeEdges { get; init; }
    public double MinArea { get; init; }
    public double MaxArea { get; init; } = double.PositiveInfinity;
    public double Grow { get; init; }
    public bool Rings { get; init; }
    public LinkAxis Link { get; init; }
    public double LinkOverlap { get; init; } = UsualLinkOverlap;
    public PlaneSelection Selection { get; init; } = PlaneSelection.All;

    /// <summary>See <see cref="StarOptions.Origin"/>.</summary>
    public (long Y, long X) Origin { get; init; }

    /// <summary>Whether all objects stay as they are found, so that their pixels need not be kept.</summary>
    public bool IsNothing => KeepsAll && Grow == 0 && Link == LinkAxis.None;

    private bool KeepsAll => !ExcludeEdges && MinArea == 0 && double.IsPositiveInfinity(MaxArea) && Selection.IsAll;

    /// <summary>The objects that stay, in their order.</summary>
    public int[] Kept(ReadOnlySpan<SegmentedObject> objects)
    {
        var kept = new List<int>(objects.Length);
        bool[] wanted = Selection.Of(objects);
        for (int n = 0; n < objects.Length; n++)
            if (wanted[n] && !(ExcludeEdges && objects[n].TouchesEdge != 0) && HasSize(objects[n]))
                kept.Add(n);
        return [.. kept];
    }

    private bool HasSize(in SegmentedObject star) =>
        star.Pixels >= MinArea * (1 - Rounding) && star.Pixels <= MaxArea * (1 + Rounding);

    /// <summary>Members of the account's options.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("labels", LabelScope switch { LabelScope.Unique => "unique", LabelScope.Track => "track", _ => "per plane" });
        json.WriteBoolean("exclude_edges", ExcludeEdges);
        json.WriteNumber("min_area_px", MinArea);
        if (double.IsPositiveInfinity(MaxArea))
            json.WriteNull("max_area_px");
        else
            json.WriteNumber("max_area_px", MaxArea);
        json.WriteNumber("grow_px", Grow);
        json.WriteBoolean("rings", Rings);
        json.WriteString("link", Link switch { LinkAxis.Frames => "frames", LinkAxis.Slices => "slices", _ => "none" });
        json.WriteNumber("link_overlap", LinkOverlap);
        if (Origin != (0, 0))
            json.WriteNumbers("origin_yx", [Origin.Y, Origin.X]);
    }
}
