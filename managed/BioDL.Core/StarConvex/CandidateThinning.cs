using BioDL.Core.Tiles;

namespace BioDL.Core.StarConvex;

/// <summary>
/// Keeps the candidates of a huge plane few: suppression runs in each tile by itself, and what falls there beside a survivor well inside the
/// tile is not kept. The result stays exactly that of suppression over all candidates, as long as every survivor that made one
/// fall (a witness) survives in the whole plane too. By induction from the most probable down: a candidate that was kept meets the same survivors
/// either way, and one that was dropped falls beside its witness. <see cref="Holds"/> tells; if it does not, the plane is taken again unthinned.
/// </summary>
internal sealed class CandidateThinning
{
    /// <summary>How much larger than the largest object of a tile those of its neighbours are expected to be; one larger still costs a second pass.</summary>
    private const float Larger = 1.5f;

    private readonly OverlapRule _rule;
    private readonly HashSet<int> _witnesses = [];
    private int[] _causes = [];

    /// <param name="rule">when a candidate falls</param>
    internal CandidateThinning(OverlapRule rule) => _rule = rule;

    /// <summary>Whether every witness survived in the whole plane.</summary>
    /// <param name="survivors">of the plane's list</param>
    internal bool Holds(ReadOnlySpan<int> survivors)
    {
        int alive = 0;
        foreach (int survivor in survivors)
            alive += _witnesses.Contains(survivor) ? 1 : 0;
        return alive == _witnesses.Count;
    }

    /// <summary>Add what must be kept of a tile.</summary>
    /// <param name="found">all candidates of the tile</param>
    /// <param name="tile">where they come from</param>
    /// <param name="plane">receives those kept</param>
    /// <param name="size">of the plane, in pixels</param>
    /// <param name="cancelled">asked now and then, on the calling thread</param>
    internal void Add(CandidateList found, Tile tile, CandidateList plane, (int Height, int Width) size, Func<bool>? cancelled)
    {
        _causes = _causes.Length < found.Count ? new int[found.Count] : _causes;
        int[] survivors = Suppression.SurvivorsAndCauses(found, CandidateOrder.Of(found), _rule, _causes, cancelled);
        float reach = survivors.Length == 0 ? 0 : Larger * survivors.Max(survivor => Reach(found, survivor));
        var witnesses = new HashSet<int>(survivors.Where(survivor => IsInside(found, survivor, tile, size, reach)));
        for (int i = 0; i < found.Count; i++)
        {
            if (_causes[i] != SurvivorGrid.None && witnesses.Contains(_causes[i]))
                continue;
            if (witnesses.Contains(i))
                _witnesses.Add(plane.Count);
            plane.Add(found.Y(i), found.X(i), found.Probability(i), found.Distances(i));
        }
    }

    /// <summary>Too far inside the tile for an object of a neighbour, half as large again as the largest here, to touch it.</summary>
    private static bool IsInside(CandidateList found, int candidate, Tile tile, (int Height, int Width) size, float reach)
    {
        float y = found.Y(candidate), x = found.X(candidate), room = Reach(found, candidate) + reach;
        return (tile.OwnTop == 0 || y - room > tile.OwnTop) && (tile.OwnBottom >= size.Height || y + room < tile.OwnBottom)
            && (tile.OwnLeft == 0 || x - room > tile.OwnLeft) && (tile.OwnRight >= size.Width || x + room < tile.OwnRight);
    }

    private static float Reach(CandidateList found, int candidate)
    {
        float reach = 0;
        foreach (float distance in found.Distances(candidate))
            reach = Math.Max(reach, distance);
        return reach;
    }
}
