namespace BioDL.Core.Training;

/// <summary>What a worker writes into a training's folder.</summary>
public static class TrainingFiles
{
    /// <summary>A <see cref="TrainingProgress"/> a validation, one line each.</summary>
    public const string Curve = "curve.jsonl";

    /// <summary>All that it needs to go on, as safetensors; whoever has one can be taken up again.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Weights of the best validation, as safetensors.</summary>
    public const string Best = "best";

    /// <summary>The best network, at the end and after a snapshot.</summary>
    public const string Weights = "weights.onnx";

    /// <summary>Planes of float32, one after the other, row by row, as <see cref="PictureHeader"/> says.</summary>
    public const string Picture = "picture.bin";

    /// <summary>A <see cref="TrainingPictureHeader"/>. Both are of one size throughout a training.</summary>
    public const string PictureHeader = "picture.json";
}

/// <summary>What <see cref="TrainingFiles.Picture"/> holds: the same part of a validation image each time, normalised values.</summary>
/// <param name="Step">when it was made</param>
/// <param name="Height">pixels along y</param>
/// <param name="Width">pixels along x</param>
/// <param name="Planes">"input", "prediction" and, where there is one, "target"</param>
public sealed record TrainingPictureHeader(int Step, int Height, int Width, IReadOnlyList<string> Planes);
