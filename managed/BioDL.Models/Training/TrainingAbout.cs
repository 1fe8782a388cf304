using System.Text.Json.Serialization;

namespace BioDL.Models.Training;

/// <summary>What a training's folder keeps for its end, beside the job: only the host needs it.</summary>
internal sealed record TrainingAbout
{
    public const string FileName = "about.json";

    public required string Name { get; init; }

    /// <summary>As in the request.</summary>
    public string Folder { get; init; } = "";
    public string Start { get; init; } = "";
    public TrainingCredits Credits { get; init; } = new();
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Micrometres; 0: not known, or not the same everywhere.</summary>
    public double PixelSize { get; init; }

    /// <summary>What is known of objects in label images; null: there are none.</summary>
    public ObjectFacts? Objects { get; init; }
    /// <summary>That the worker may take.</summary>
    public long MemoryBytes { get; init; }
    public DateTimeOffset Created { get; init; }
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Objects of all training images together: for what a model says it was made for.</summary>
/// <param name="Count">of them</param>
/// <param name="Diameter">median, pixels: of the circle of equal area</param>
/// <param name="SmallDiameter">of the 5th percentile</param>
/// <param name="LargeDiameter">of the 95th</param>
/// <param name="AreBright">their mean is above that of the ground</param>
internal sealed record ObjectFacts(int Count, double Diameter, double SmallDiameter, double LargeDiameter, bool AreBright);

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(TrainingAbout))]
internal sealed partial class TrainingAboutJson : JsonSerializerContext;
