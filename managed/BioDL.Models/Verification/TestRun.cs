using BioDL.Core.Images;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Models.Files;

namespace BioDL.Models.Verification;

/// <summary>A network over test inputs: the whole of each in one tile, so that nothing but the network is measured.</summary>
internal static class TestRun
{
    /// <param name="model">an open model</param>
    /// <param name="inputs">as many as it has, in its order</param>
    /// <param name="options">what else is asked of the run</param>
    /// <param name="axes">of the array of an output, by its number</param>
    /// <param name="progress">null: none</param>
    /// <returns>float32, to be disposed of</returns>
    /// <exception cref="Core.BioDLException">As <see cref="Model.Run"/>.</exception>
    public static (IReadOnlyList<NpyArray> Outputs, RunResult Result) Of(Model model, IReadOnlyList<ImageView> inputs, RunOptions options,
        Func<int, string> axes, ProgressHandler? progress = null)
    {
        options = options with { WholeImage = true };
        RunPlan plan = model.Plan(inputs, options);
        var arrays = new List<NpyArray>();
        try
        {
            foreach ((PlannedOutput output, int index) in plan.Outputs.Select((output, index) => (output, index)))
            {
                arrays.Add(NpyArray.Create("float32", [.. axes(index).Select(axis => (long)(axis switch
                {
                    't' or 'b' => output.Frames,
                    'z' => output.Slices,
                    'c' => output.Channels,
                    'y' => output.Height,
                    _ => output.Width,
                }))]));
            }
            ImageView[] views = [.. arrays.Select((array, index) => array.View(axes(index), plan.Outputs[index].Name))];
            return (arrays, model.Run(inputs, options, progress, views));
        }
        catch
        {
            arrays.ForEach(array => array.Dispose());
            throw;
        }
    }
}
