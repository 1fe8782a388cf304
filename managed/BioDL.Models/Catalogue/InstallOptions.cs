namespace BioDL.Models.Catalogue;

/// <summary>How to install a model.</summary>
public sealed record InstallOptions
{
    /// <summary>
    /// Of the file that is installed (a zip, a network, or a description), 64 hexadecimal digits; null: only what the package and the
    /// collection say is checked.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>The id to give it; null: its own, else one made of the file's name.</summary>
    public string? Name { get; init; }

    /// <summary>Keep a package that cannot be run here.</summary>
    public bool KeepUnrunnable { get; init; }
}
