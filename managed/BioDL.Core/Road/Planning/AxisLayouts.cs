using BioDL.Core.Runs;
using BioDL.Core.Tiles;

namespace BioDL.Core.Road.Planning;

/// <summary>Makes the layout of one axis from what the network asks and the image has.</summary>
/// <param name="network">what the network is</param>
/// <param name="wanted">for each output whether the caller wants it; others do not limit the tiles</param>
/// <param name="entire">see <see cref="RunOptions.WholeImage"/></param>
/// <param name="warn">takes warnings</param>
internal sealed class AxisLayouts(RunNetwork network, IReadOnlyList<bool> wanted, bool entire, Action<string> warn)
{
    /// <summary>The layout of an axis.</summary>
    /// <param name="axis">z, y or x</param>
    /// <param name="length">pixels of the image; 1 for the z axis of a network of planes</param>
    /// <param name="region">the wanted part; null: all</param>
    public AxisLayout Of(char axis, int length, (int Start, int End)? region)
    {
        if (!network.Inputs[0].Axes.Contains(axis))
            return Without(axis);
        bool[] follows = [.. network.Outputs.Select(output => output.Axes.Contains(axis) && output.Along(axis).Scale > 0)];
        AxisLink[] links = [.. network.Outputs.Select(output => output.Along(axis))];
        int grid = Grid(follows, links);
        int pad = entire ? 0 : Pad(follows, links, grid);
        var sizes = SizeRules.Join([.. network.Inputs.Select(input => input.Along(axis))], network.Divisor.Along(axis), grid,
            2 * pad + grid, axis);
        bool whole = entire || Enumerable.Range(0, follows.Length).Any(i => wanted[i] && !follows[i]);
        int halo = whole ? 0 : Halo(axis, pad, follows, links);
        if (sizes.Only is { } only && !whole)
            halo = new OnlySize(axis, new AxisRules(length, only - 2 * pad, sizes.Step, halo, grid), warn)
                .Halo(only, Math.Max(1, network.Divisor.Along(axis)), Declared(axis, follows, links));
        var rules = new AxisRules(length, sizes.Min - 2 * pad, sizes.Step, halo, grid);
        Check(axis, rules, whole, sizes.Only is not null);
        int origin = 0;
        if (region is { } part && !whole)
            (origin, rules) = Window(rules, part);
        return new AxisLayout
        {
            Axis = axis, Length = length, Origin = origin,
            Choice = new AxisChoice(rules, pad) { Whole = whole, Only = sizes.Only is { } fix ? fix - 2 * pad : null },
            Outputs = [.. Enumerable.Range(0, links.Length).Select(i => Output(i, axis, follows[i], pad, length, region))],
        };
    }

    /// <summary>An axis that the network has not: one slice at a time.</summary>
    private AxisLayout Without(char axis) => new()
    {
        Axis = axis, Length = 1, Origin = 0, Choice = new AxisChoice(new AxisRules(1, 1, 1, 0, 1), 0),
        Outputs = [.. network.Outputs.Select(output => Fixed(output, axis))],
    };

    private static OutputAxis Fixed(OutputTensor output, char axis)
    {
        AxisLink link = output.Along(axis);
        int size = output.Axes.Contains(axis) ? (int)Math.Round(link.Scale) + link.Offset : 1;
        return size > 0 ? new OutputAxis { Follows = false, Count = size }
            : throw new BioDLException(Status.ModelInvalid, $"the output {output.Name} has {size} values along {axis}",
                "Check the sizes in its description.");
    }

    private int Grid(bool[] follows, AxisLink[] links)
    {
        int grid = 1;
        for (int i = 0; i < links.Length; i++)
        {
            int denominator = follows[i] ? OutputAxis.Denominator(links[i].Scale, network.Outputs[i].Name) : 1, multiple = grid;
            while (multiple % denominator != 0)
                multiple += grid;
            grid = multiple;
        }
        return grid;
    }

    /// <summary>Pixels on each side for which no output has a value: half of what valid convolutions cut off.</summary>
    private static int Pad(bool[] follows, AxisLink[] links, int grid)
    {
        int pad = 0;
        for (int i = 0; i < links.Length; i++)
            if (follows[i] && links[i].Offset < 0)
                pad = Math.Max(pad, checked((int)Math.Ceiling(-links[i].Offset / 2.0 / links[i].Scale)));
        return (pad + grid - 1) / grid * grid;
    }

    private int Halo(char axis, int pad, bool[] follows, AxisLink[] links) =>
        network.Reach is { } reach ? Math.Max(0, reach.Along(axis) - pad) : Declared(axis, follows, links);

    /// <summary>The outputs' own halo, in pixels of the input.</summary>
    private int Declared(char axis, bool[] follows, AxisLink[] links)
    {
        double halo = 0;
        for (int i = 0; i < links.Length; i++)
            if (follows[i])
                halo = Math.Max(halo, network.Outputs[i].Halo.Along(axis) / links[i].Scale);
        return (int)Math.Min(Math.Ceiling(halo), int.MaxValue / 4);
    }

    private void Check(char axis, AxisRules rules, bool whole, bool only)
    {
        if ((long)rules.Min + 2L * rules.Halo + 2L * rules.Step + rules.Grid > int.MaxValue || rules.GridEnd > int.MaxValue
            || whole && rules.Padded > int.MaxValue)
        {
            throw new BioDLException(Status.InvalidArgument,
                $"an image with {rules.Length} pixels along {axis} cannot be cut into tiles for this model",
                "Crop the image.");
        }
        if (whole && only && rules.Length > rules.Min)
        {
            throw new BioDLException(Status.InvalidArgument,
                $"the model gives one answer for the whole image, but takes only {rules.Min} pixels along {axis}, and the image has "
                    + $"{rules.Length}",
                "Crop or resize the image.");
        }
        if (rules.Length < rules.Min && (axis == 'z' || rules.AsksForMin))
        {
            warn($"The image has {rules.Length} {(axis == 'z' ? "slice(s)" : "pixel(s)")} along {axis}, less than the network's "
                + "smallest tile "
                + $"of {rules.Min}, so it is mirrored.");
        }
    }

    /// <summary>The region with its context, from a multiple of the step on; it ends as the whole image would.</summary>
    private static (int Origin, AxisRules Rules) Window(AxisRules rules, (int Start, int End) region)
    {
        long origin = Math.Max(0, (long)region.Start - rules.Halo) / rules.Step * rules.Step;
        origin = Math.Min(origin, Math.Max(0, (long)rules.Length - rules.Min) / rules.Step * rules.Step);
        long end = Math.Min(rules.Length, (long)region.End + rules.Halo);
        return ((int)origin, rules with { Length = (int)(end - origin) });
    }

    private OutputAxis Output(int index, char axis, bool follows, int pad, int length, (int Start, int End)? region)
    {
        OutputTensor output = network.Outputs[index];
        if (!follows)
            return Fixed(output, axis);
        AxisLink link = output.Along(axis);
        if (entire)
            return new OutputAxis { Follows = true, Entire = true, Link = link, Count = Given(output, axis, link, length) };
        var (start, end) = region ?? (0, length);
        int first = (int)Math.Floor(start * link.Scale + 1e-9);
        long last = (long)Math.Ceiling(end * link.Scale - 1e-9);
        if (last > int.MaxValue)
            throw new BioDLException(Status.InvalidArgument, $"the output {output.Name} would have {last} pixels along {axis}",
                "Crop the image.");
        int lead = (int)Math.Floor(pad * link.Scale + link.Offset / 2.0 + 1e-9);
        return new OutputAxis { Follows = true, Link = link, Lead = lead, First = first, Count = (int)(last - first) };
    }

    private static int Given(OutputTensor output, char axis, AxisLink link, int length)
    {
        double size = Math.Round(length * link.Scale) + link.Offset;
        return size is > 0 and <= int.MaxValue ? (int)size
            : throw new BioDLException(Status.InvalidArgument,
                $"the image has {length} pixels along {axis}, for which the output {output.Name} has none",
                "Use a larger image.");
    }
}
