using BioDL.Core.Images;
using BioDL.Core.Running;
using BioDL.Core.Runs;

namespace BioDL.Cli.Images;

/// <summary>What a verb makes of the images of a job: files that appear when all is done.</summary>
internal interface IResults : IDisposable
{
    /// <summary>In the order of the model's outputs; null where one is not written. Known when all is done.</summary>
    IReadOnlyList<ResultFile?> Files { get; }

    /// <summary>Objects that were found; null for a verb that finds none.</summary>
    long? Count { get; }

    /// <summary>Run the model over the sources.</summary>
    Account Run(ProgressHandler progress);

    /// <summary>Finish the files and move them to their places.</summary>
    /// <param name="provenance">a JSON object, for files that can hold it</param>
    /// <param name="cancel">asked while a large file is written</param>
    void Commit(string provenance, CancellationToken cancel);
}

/// <summary>One image or array on its way into a file.</summary>
internal interface IResultFile : IDisposable
{
    ResultFile About { get; }

    /// <summary>Where the run writes.</summary>
    ImageView View { get; }

    /// <summary>Finish the file and move it to its place.</summary>
    void Commit(string provenance);
}

/// <summary>One image or array that is written.</summary>
/// <param name="Name">of the output; "labels" for a label image</param>
/// <param name="Path">where it is</param>
/// <param name="Type">of its pixels</param>
/// <param name="Axes">outermost first, such as "tzcyx"</param>
/// <param name="Shape">one size an axis</param>
internal sealed record ResultFile(string Name, string Path, PixelType Type, string Axes, IReadOnlyList<long> Shape)
{
    internal const string ImageAxes = "tzcyx";

    /// <summary>Values beyond the type, which became the nearest one.</summary>
    internal long Clipped { get; init; }

    /// <summary>Values that were NaN or infinite and became 0.</summary>
    internal long NotFinite { get; init; }

    /// <summary>"1 x 2 x 3 x 20 x 24 (T, Z, C, Y, X)".</summary>
    internal string Size => $"{string.Join(" x ", Shape)} ({string.Join(", ", Axes.ToUpperInvariant().ToCharArray())})";

    internal string TypeName => Type.ToString().ToLowerInvariant();
}
