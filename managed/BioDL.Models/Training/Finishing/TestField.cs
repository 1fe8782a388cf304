using BioDL.Core.Runs;
using BioDL.Core.Training;
using BioDL.Models.Files;

namespace BioDL.Models.Training.Finishing;

/// <summary>The part of an image that a package is tested with: as it was before any step.</summary>
internal static class TestField
{
    /// <summary>Pixels along y and x where a network does not need more: small enough for a package.</summary>
    private const int Side = 128, Slices = 16;

    /// <summary>Of a validation image, or of the first; its middle.</summary>
    /// <param name="store">of the training</param>
    /// <param name="job">of the training</param>
    /// <param name="input">sizes that the network takes</param>
    /// <returns>b, c, (z,) y, x, in the image's own type</returns>
    public static NpyArray Input(TrainingStore store, TrainingJob job, InputTensor input)
    {
        TrainingSample sample = job.Samples.FirstOrDefault(one => one.IsValidation) ?? job.Samples[0];
        int[] whole = [.. sample.Input.Shape.Skip(1)], size = new int[whole.Length];
        for (int axis = 0; axis < size.Length; axis++)
        {
            char letter = input.Axes[^(size.Length - axis)];
            AxisSizes sizes = input.Along(letter);
            int wanted = Math.Min(whole[axis], letter == 'z' ? Slices : Side);
            size[axis] = sizes.Min + Math.Max(0, (wanted - sizes.Min) / sizes.Step * sizes.Step);
        }
        return new ArrayCut(store.PathOf(sample.Input.File), sample.Input).Read(size);
    }
}
