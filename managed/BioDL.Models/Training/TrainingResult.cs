namespace BioDL.Models.Training;

/// <summary>What a training has made.</summary>
/// <param name="ModelId">in the catalogue</param>
/// <param name="Path">the package's folder in the cache</param>
/// <param name="Report">the self-contained HTML page in it</param>
/// <param name="Figures">of the validation set, by name</param>
/// <param name="Warnings">what is to be known of it, one sentence each</param>
public sealed record TrainingResult(string ModelId, string Path, string Report, IReadOnlyDictionary<string, double> Figures,
    IReadOnlyList<string> Warnings);

/// <summary>The last validation picture: the same part of a validation image each time, float32 planes of equal size, row by row.</summary>
/// <param name="Step">when it was made</param>
/// <param name="Height">pixels along y</param>
/// <param name="Width">pixels along x</param>
/// <param name="Planes">"input", "prediction" and, where there is one, "target"; normalised values</param>
public sealed record TrainingPicture(int Step, int Height, int Width, IReadOnlyList<(string Name, float[] Pixels)> Planes);

/// <summary>A training that was broken off and can be taken up again.</summary>
/// <param name="Id">for <see cref="Runs.TrainingRun.Resume"/></param>
/// <param name="Name">of the model to be</param>
/// <param name="Method">id, such as "noise2void"</param>
/// <param name="Step">done</param>
/// <param name="Steps">of so many</param>
/// <param name="Last">when it last wrote its checkpoint, or was begun</param>
public sealed record UnfinishedTraining(string Id, string Name, string Method, int Step, int Steps, DateTimeOffset Last);
