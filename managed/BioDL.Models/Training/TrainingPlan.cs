using BioDL.Core.Training;

namespace BioDL.Models.Training;

/// <summary>What a training would be, settled from a request before a pixel is read: for a dialog that says time and memory.</summary>
public sealed record TrainingPlan
{
    public required TrainingMethod Method { get; init; }
    public required UNet Network { get; init; }
    public required PatchOptions Patches { get; init; }
    public required AugmentationOptions Augmentation { get; init; }
    public required ScheduleOptions Schedule { get; init; }

    /// <summary>Planes (or volumes) that patches are drawn from, and those for checks.</summary>
    public required int TrainingSamples { get; init; }
    public required int ValidationSamples { get; init; }

    /// <summary>Of the worker, at its highest.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Of the training's folder.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Until the model is there, if it does not end early.</summary>
    public required double Minutes { get; init; }

    /// <summary>How images are split and what was made smaller and why; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
