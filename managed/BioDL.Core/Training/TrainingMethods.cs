namespace BioDL.Core.Training;

/// <summary>The names of methods in every host: command line, macro, package.</summary>
public static class TrainingMethods
{
    private static readonly (TrainingMethod Method, string Id)[] Table =
    [
        (TrainingMethod.DenoiseImage, "denoise-image"), (TrainingMethod.Noise2Void, "noise2void"),
        (TrainingMethod.Restoration, "restoration"), (TrainingMethod.StarDist, "stardist"), (TrainingMethod.Semantic, "semantic"),
        (TrainingMethod.Stain, "stain"),
    ];

    public static IReadOnlyList<string> Ids { get; } = [.. Table.Select(row => row.Id)];

    public static string Id(this TrainingMethod method) => Array.Find(Table, row => row.Method == method).Id
        ?? throw new ArgumentOutOfRangeException(nameof(method), method, "unknown method");

    /// <returns>null: there is no method of that name</returns>
    public static TrainingMethod? Parse(string id) => Array.Find(Table, row => row.Id == id) is { Id: not null } row ? row.Method : null;

    /// <summary>Each image has one that it is to become.</summary>
    public static bool NeedsTarget(this TrainingMethod method) =>
        method is TrainingMethod.Restoration or TrainingMethod.Stain or TrainingMethod.Semantic;

    /// <summary>Each image has a label image.</summary>
    public static bool NeedsLabels(this TrainingMethod method) => method == TrainingMethod.StarDist;
}
