using System.Text.Json.Serialization;

namespace BioDL.Training.Checkpoints;

/// <summary>How far a training is, beside its tensors: the text of a checkpoint.</summary>
internal sealed record Standing
{
    /// <summary>Steps done.</summary>
    public int Step { get; set; }

    /// <summary>Of training, without pauses, over all processes that took part.</summary>
    public double Seconds { get; set; }

    /// <summary>Patches a step: those of the job, or fewer where memory did not suffice.</summary>
    public int Batch { get; set; }

    /// <summary>
    /// How often it went back because numbers were no longer finite; each time the rate is halved and other patches are drawn.
    /// </summary>
    public int Returns { get; set; }

    /// <summary>Loss of the best validation; null: none yet.</summary>
    public double? Best { get; set; }

    /// <summary>Validations since the best one.</summary>
    public int SinceBest { get; set; }

    /// <summary>Bytes of the curve when this was written: what follows belongs to steps that are done again.</summary>
    public long CurveBytes { get; set; }
}

[JsonSourceGenerationOptions]
[JsonSerializable(typeof(Standing))]
internal sealed partial class StandingJson : JsonSerializerContext;
