using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Engines;

namespace BioDL.Torch;

/// <summary>
/// Measures what the graph of another network would tell: how far its outputs see, which sizes it takes, how its outputs' sizes follow, and
/// how much
/// memory a run takes. Noise goes in, whole lines of it are changed, and the furthest output value that changes with them is the reach.
/// Then the noise is moved: the smallest move after which the outputs are the same, moved, is what tiles may begin at.
/// </summary>
/// <remarks>
/// A measurement and no proof: what a network never does for noise is not seen, and effects below a millionth of an output's range are left
/// out.
/// Therefore a quarter and two pixels are added. Costs some thirty runs on small images, or on images of the only size.
/// </remarks>
public sealed class TorchProbe
{
    private const double Noticeable = 1e-6, Margin = 1.25;
    private const int ExtraPixels = 2, Smallest = 128, SmallestDeep = 24, Doublings = 2, LargestDivisor = 64;

    private const double NearlyBest = 2;

    /// <summary>What pooling by 2 and by 3 gives, 2 first, for nearly all networks have no other.</summary>
    private static readonly int[][] Periods = [[1, 2, 4, 8, 16, 32, LargestDivisor], [3, 6, 12, 24]];

    private readonly ProbeRuns _runs;
    private readonly IReadOnlyList<OutputTensor> _outputs;
    private readonly Dictionary<char, int> _smallest;
    private readonly OutputSides _sides;

    private TorchProbe(ProbeRuns runs, IReadOnlyList<OutputTensor> outputs)
    {
        (_runs, _outputs) = (runs, outputs);
        _smallest = "zyx".ToDictionary(axis => axis, axis => runs.Sizes(axis).Min);
        _sides = new OutputSides(First());
    }

    /// <param name="network">a loaded network</param>
    /// <param name="inputs">its inputs as described; sizes are chosen among those that they allow</param>
    /// <param name="outputs">its outputs as described; where an axis has one size only, nothing else tells how outputs follow it</param>
    /// <exception cref="NetworkException">The network does not run on images of the described sizes.</exception>
    /// <exception cref="BioDLException">
    /// <see cref="Status.ModelInvalid"/>: a run does not come to an end; <see cref="Status.OutOfMemory"/>: there is not enough memory for
    /// the smallest image
    /// </exception>
    public static MeasuredNetwork Measure(TorchNetwork network, IReadOnlyList<InputTensor> inputs,
        IReadOnlyList<OutputTensor>? outputs = null)
    {
        try
        {
            return Measure(new ProbeRuns(network.Measure, network.TensorMemory, inputs), outputs ?? []);
        }
        catch (NetworkTimeException error)
        {
            throw new BioDLException(Status.ModelInvalid, $"The network cannot be run: {error.Message}",
                "Do not use this model, or ask its authors what it waits for.", error);
        }
    }

    internal static MeasuredNetwork Measure(ProbeRuns runs, IReadOnlyList<OutputTensor> outputs) =>
        new TorchProbe(runs, outputs).Measured();

    private MeasuredNetwork Measured()
    {
        (int? Reach, int Divisor)[] found = [.. "zyx".Select(axis => !_runs.Has(axis) || _runs.Sizes(axis) == AxisSizes.One ? (0, 1)
            : _runs.Sizes(axis).Step == 0 ? OnlySize(axis) : FreeSizes(axis))];
        return new MeasuredNetwork
        {
            Reach = found.All(axis => axis.Reach is not null)
                ? new Extent(found[0].Reach!.Value, found[1].Reach!.Value, found[2].Reach!.Value) : null,
            Divisor = new Extent(found[0].Divisor, found[1].Divisor, found[2].Divisor),
            BytesPerPixel = Bytes(),
            Outputs = _sides.Outputs(),
        };
    }

    private TorchOutputs First()
    {
        try
        {
            return _runs.Run(_smallest);
        }
        catch (NetworkMemoryException error)
        {
            string size = string.Join(" x ", _runs.Inputs[0].Axes.Where(_smallest.ContainsKey).Select(axis => _smallest[axis]));
            throw new BioDLException(Status.OutOfMemory, $"The network cannot be run even on {size} pixels: {error.Message}",
                "Do not use this model, or use a machine with more memory.", error);
        }
    }

    private Dictionary<char, int> With(char axis, int size) => new(_smallest) { [axis] = size };

    private (int? Reach, int Divisor) FreeSizes(char axis)
    {
        int step = _runs.Sizes(axis).Step;
        _sides.Follow(axis, _smallest[axis], _smallest[axis] + step, _runs.Run(With(axis, _smallest[axis] + step)));
        int divisor = Divisor(axis);
        for (int doubling = 0; doubling <= Doublings; doubling++)
        {
            int size = _runs.Allowed(axis, (axis == 'z' ? SmallestDeep : Smallest) << doubling);
            if (Reach(axis, size, Math.Min(step, 16)) is { } reach)
            {
                var (period, difference) = Period(axis, _runs.Allowed(axis, Math.Max(size, 3 * reach + LargestDivisor)));
                return difference.IsMove ? (Math.Max(reach, difference.Reach), Common(divisor, period)) : (reach, divisor);
            }
        }
        return (null, divisor);
    }

    /// <summary>All that can be seen is what happens inside the only size. A reach that goes beyond it is not known.</summary>
    private (int? Reach, int Divisor) OnlySize(char axis)
    {
        int size = _smallest[axis];
        _sides.Follow(axis, size, _outputs);
        int? reach = Reach(axis, size, Math.Clamp(size / 4, 1, 16));
        var (period, difference) = Period(axis, size);
        if (reach is not { } known)
            return (RunNetwork.ReachBeyond, period);
        if (difference.IsMove)
            return (Math.Max(known, difference.Reach), period);
        // Room enough to see a move, and none is seen: results depend on where in the image a place lies.
        return (known < ShiftDifference.Outside * (size - period) ? RunNetwork.ReachBeyond : known, period);
    }

    private int? Reach(char axis, int size, int step)
    {
        int middle = size / 2;
        double? worst = 0;
        TorchOutputs before = _runs.Run(With(axis, size));
        foreach (int line in new[] { middle, middle + 1, middle + step / 2, middle + step - 1, middle - step / 2 - 1 }.Distinct())
        {
            TorchOutputs after = _runs.Run(With(axis, size), axis, line);
            worst = worst is { } known && _sides.Distance(axis, line, before, after, Noticeable) is { } distance
                ? Math.Max(known, distance) : null;
        }
        return worst is { } reach ? (int)Math.Ceiling(reach * Margin) + ExtraPixels : null;
    }

    /// <summary>The smallest move of the image that moves the outputs and changes nothing else.</summary>
    private (int Pixels, ShiftDifference Difference) Period(char axis, int size)
    {
        Dictionary<char, int> sizes = With(axis, size);
        TorchOutputs first = _runs.Window(sizes, axis, size + LargestDivisor, 0);
        foreach (int pixels in Periods.SelectMany(series => series).Where(pixels => pixels <= size / 2))
        {
            ShiftDifference difference = _sides.Shifted(axis, pixels, first, _runs.Window(sizes, axis, size + LargestDivisor, pixels));
            if (difference.IsMove)
                return (pixels, difference);
        }
        return (PeriodOfPatch(axis, size), ShiftDifference.Everywhere);
    }

    /// <summary>
    /// Where the middle of an image sees its edges, no move leaves the outputs the same. The response to a patch of noise in the middle
    /// hardly sees them, so the smallest move is taken that moves it nearly as well as any.
    /// </summary>
    private int PeriodOfPatch(char axis, int size)
    {
        Dictionary<char, int> sizes = With(axis, size);
        int patch = Math.Max(1, size / 4);
        TorchOutputs nothing = _runs.Window(sizes, axis, patch, -size);
        TorchOutputs At(int start) => _runs.Window(sizes, axis, patch, -start).Minus(nothing);
        var tried = new List<(int Pixels, double Difference)>();
        foreach (int pixels in Periods.SelectMany(series => series).Where(pixels => pixels <= size / 2))
        {
            int start = (size - patch - pixels) / 2;
            tried.Add((pixels, _sides.Shifted(axis, pixels, At(start + pixels), At(start)).Middle));
            if (tried[^1].Difference <= ShiftDifference.Equal)
                break;
        }
        double best = tried.Select(found => found.Difference).DefaultIfEmpty(0).Min();
        return tried.Where(found => found.Difference <= best * NearlyBest).Select(found => found.Pixels).DefaultIfEmpty(1).Min();
    }

    private int Divisor(char axis)
    {
        int start = (_smallest[axis] + LargestDivisor - 1) / LargestDivisor * LargestDivisor;
        for (int divisor = 1; divisor < LargestDivisor; divisor *= 2)
        {
            try
            {
                if (_sides.Fits(axis, start + divisor, _runs.Run(With(axis, start + divisor))))
                    return divisor;
            }
            catch (NetworkException error) when (error is not NetworkMemoryException)
            {
                continue; // that size does not fit its levels together
            }
        }
        return 1;
    }

    private static int Common(int a, int b)
    {
        int multiple = a;
        while (multiple % b != 0)
            multiple += a;
        return multiple;
    }

    private double Bytes()
    {
        bool deep = _runs.Has('z');
        Dictionary<char, int> sizes = "zyx".ToDictionary(axis => axis,
            axis => _runs.Allowed(axis, Math.Max(_smallest[axis], axis == 'z' ? 16 : deep ? 64 : 256)));
        double pixels = "zyx".Where(_runs.Has).Aggregate(1.0, (product, axis) => product * sizes[axis]);
        return _runs.Run(sizes).Peak / pixels + _runs.Inputs.Sum(input => input.Channels) * (double)sizeof(float);
    }
}
