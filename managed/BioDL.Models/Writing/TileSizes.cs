using BioDL.Core.Runs;
using BioDL.Models.Descriptions;

namespace BioDL.Models.Writing;

/// <summary>
/// Sizes and halos that a description of a network gives so that any program may cut an image into tiles: what an output depends on lies
/// in the halo, and the smallest input leaves one value when both halos are cut off, as the format demands.
/// </summary>
internal static class TileSizes
{
    /// <summary>
    /// Pixels along z of the smallest volume: more would shut out stacks of a few slices, so the halo there may be short.
    /// </summary>
    private const int SmallestStack = 16;

    /// <param name="about">what was read of the bare network</param>
    /// <param name="reach">input pixels that an output value depends on, to each side</param>
    public static ModelDescription Fitted(ModelDescription about, Extent reach) => about with
    {
        Inputs = [.. about.Inputs.Select(input => input with
        {
            Z = Fitted(about, input, 'z', reach), Y = Fitted(about, input, 'y', reach), X = Fitted(about, input, 'x', reach),
        })],
        Outputs = [.. about.Outputs.Select(output => output with
        {
            Halo = new Extent(Halo(about, output, 'z', reach), Halo(about, output, 'y', reach), Halo(about, output, 'x', reach)),
        })],
    };

    private static AxisSizes Fitted(ModelDescription about, InputTensor input, char axis, Extent reach)
    {
        AxisSizes sizes = input.Along(axis);
        if (sizes.Step == 0)
            return sizes;
        double needed = about.Outputs.Select(output => (2 * Values(output, axis, reach) + 1) / Scale(output, axis)).DefaultIfEmpty(1).Max();
        int least = Math.Max(sizes.Min, (int)Math.Min(Math.Ceiling(needed), axis == 'z' ? SmallestStack : int.MaxValue));
        return sizes with { Min = sizes.Min + (least - sizes.Min + sizes.Step - 1) / sizes.Step * sizes.Step };
    }

    private static int Halo(ModelDescription about, OutputTensor output, char axis, Extent reach)
    {
        InputTensor input = about.Inputs.First(input => input.Name == output.Reference);
        if (!output.Axes.Contains(axis) || input.Along(axis).Step == 0 || output.Along(axis).Scale == 0)
            return 0;
        int least = (int)(Fitted(about, input, axis, reach).Min * Scale(output, axis)) + output.Along(axis).Offset;
        return Math.Min(Values(output, axis, reach), (least - 1) / 2);
    }

    /// <summary>The reach in values of an output.</summary>
    private static int Values(OutputTensor output, char axis, Extent reach) => output.Axes.Contains(axis)
        ? (int)Math.Ceiling(reach.Along(axis) * Scale(output, axis)) : 0;

    private static double Scale(OutputTensor output, char axis) => output.Along(axis).Scale is > 0 and var scale ? scale : 1;
}
