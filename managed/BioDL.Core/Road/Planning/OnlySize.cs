using BioDL.Core.Runs;
using BioDL.Core.Tiles;

namespace BioDL.Core.Road.Planning;

/// <summary>
/// The halo along one axis of a network that takes tiles of one size only. Tiles begin on multiples of the step, so that pooling windows
/// fall where they fall in the whole image:
/// <code>
///   tile        |--------++++++++--------|          - halo    + own part: one step or more
///   next one            |--------++++++++--------|  one or more whole steps further on; the last one ends beyond the image, which is
///                                                   mirrored there
/// </code>
/// Where the reach leaves no room for a whole step, results near the seams are not those of the whole image, and a warning says so.
/// </summary>
/// <param name="axis">for messages</param>
/// <param name="rules">with the halo that the network asks for; the smallest size is the only one</param>
/// <param name="warn">takes warnings</param>
internal sealed class OnlySize(char axis, AxisRules rules, Action<string> warn)
{
    /// <summary>
    /// Where results cannot be exact, a tile owns at least this part of its side: more halo costs more than it mends, since the influence
    /// of distant pixels fades.
    /// </summary>
    private const int LeastOwn = 4;

    /// <summary>The halo to use.</summary>
    /// <param name="size">the only size, with what valid convolutions cut off</param>
    /// <param name="divisor">of the network</param>
    /// <param name="declared">the halo that the description gives; 0: none</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: a step is larger than a tile.</exception>
    public int Halo(int size, int divisor, int declared)
    {
        bool unknown = rules.Halo >= RunNetwork.ReachBeyond;
        if (rules.Min >= rules.Padded)
            return unknown ? declared : rules.Halo;
        int asked = rules.Halo;
        if (size % divisor != 0)
        {
            warn($"The network takes only tiles of {size} pixels along {axis}, which is no multiple of the {divisor} that its levels ask "
                + "for. Tiles begin on such multiples, but results may differ from those of a whole image.");
            // Its levels begin a little beside the places that the reach is counted from.
            asked = Fits(asked + divisor) ? asked + divisor : asked;
        }
        if (Fits(asked))
            return asked;
        int halo = Fits(declared) && (declared > Most() || declared > 0 && !unknown) ? declared : Most();
        if (!Fits(halo))
            throw new BioDLException(Status.ModelInvalid,
                $"tiles of the model's only size along {axis}, {rules.Min}, cannot be put together in steps of {rules.Step}",
                "Crop the image to one tile, or use another model.");
        warn(unknown ? $"How far the network's results depend on their surroundings along {axis} could not be measured inside its only "
            + $"size of {rules.Min} pixels. A halo of {halo} pixels is used: seams may show."
            : $"The network takes only tiles of {rules.Min} pixels along {axis}, which leaves a halo of {halo} pixels where {asked} would "
            + "be needed: seams may show.");
        return halo;
    }

    private bool Fits(int halo)
    {
        AxisRules with = rules with { Halo = halo };
        return (long)with.Margin + halo + with.Step <= with.Min;
    }

    private int Most()
    {
        int own = Math.Max(1, rules.Min / LeastOwn / rules.Step) * rules.Step;
        return Math.Max(0, (rules.Min - own) / 2 / rules.Grid * rules.Grid);
    }
}
