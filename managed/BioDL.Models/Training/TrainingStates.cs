using BioDL.Core.Training;

namespace BioDL.Models.Training;

/// <summary>Questions about a state.</summary>
public static class TrainingStates
{
    /// <summary>Done, cancelled or failed.</summary>
    public static bool IsOver(this TrainingProgress progress) =>
        progress.State is TrainingState.Done or TrainingState.Cancelled or TrainingState.Failed;
}
