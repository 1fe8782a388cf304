using BioDL.Core.Training;

namespace BioDL.Training.Patches;

/// <summary>
/// Changes patches as one and the same object might also have been seen: geometry first, input and target and labels alike, then what
/// happens to intensities on the way to the camera. In order: scale and elastic deformation, flips and turns, stains, simulated noise, gain
/// and offset, blur, noise. All numbers come from the step's generator.
/// </summary>
/// <param name="job">method and options</param>
internal sealed class Augmenter(TrainingJob job)
{
    private readonly AugmentationOptions _options = job.Augmentation;

    /// <summary>Class numbers are no intensities: nothing lies between two of them.</summary>
    private bool TargetsAreClasses => job.Method == TrainingMethod.Semantic;

    /// <summary>What restores an image gives a brighter one for a brighter one; a stain or a class is what it is.</summary>
    private bool TargetFollowsInput => job.Method is TrainingMethod.Restoration or TrainingMethod.DenoiseImage;

    /// <summary>Pixels that <see cref="Apply"/> needs more on each side of a patch, per spatial axis.</summary>
    public int[] Margin
    {
        get
        {
            if (_options.Scale <= 0 && _options.Elastic <= 0)
                return [.. job.Patches.Size.Select(_ => 0)];
            int Along(int size) => (int)Math.Ceiling(size / 2.0 * _options.Scale + _options.Elastic) + 1;
            int[] plane = [.. job.Patches.Size.TakeLast(2).Select(Along)];
            return [.. job.Patches.Size.SkipLast(2).Select(_ => 0), .. plane];
        }
    }

    /// <summary>Change patches in place; afterwards they have the size of the options.</summary>
    /// <param name="patches">with <see cref="Margin"/> more on each side</param>
    /// <param name="random">of the step</param>
    public void Apply(IReadOnlyList<Patch> patches, PatchRandom random)
    {
        foreach (Patch patch in patches)
        {
            if (_options.Scale > 0 || _options.Elastic > 0)
                Warp.Draw(_options, job.Patches.Size, random).Apply(patch, TargetsAreClasses);
            QuarterTurn.Draw(_options, patch.Size, random).Apply(patch);
            if (_options.Stain > 0)
                StainMixer.Draw(_options.Stain, random).Apply(patch);
            SimulateNoise(patch, random);
            Intensities.Apply(_options, patch, TargetFollowsInput, random);
        }
    }

    /// <summary>What must be done to validation patches, too: where inputs are made of targets, they are made.</summary>
    /// <param name="patches">without a margin</param>
    /// <param name="random">of validation, always the same</param>
    public void ApplyToValidation(IReadOnlyList<Patch> patches, PatchRandom random)
    {
        foreach (Patch patch in patches)
            SimulateNoise(patch, random);
    }

    private void SimulateNoise(Patch patch, PatchRandom random)
    {
        if (_options.SimulatedNoise > 0)
            NoiseSimulator.Apply(patch, _options.SimulatedNoise, random);
    }
}
