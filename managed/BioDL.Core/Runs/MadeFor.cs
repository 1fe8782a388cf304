using System.Globalization;

namespace BioDL.Core.Runs;

/// <summary>What objects stand on.</summary>
public enum Ground
{
    /// <summary>Not known, or neither.</summary>
    Unknown = 0,

    /// <summary>Bright objects on a dark ground, as in fluorescence.</summary>
    Dark = 1,

    /// <summary>Dark objects on a bright ground, as in stained sections and phase contrast.</summary>
    Bright = 2,
}

/// <summary>Sizes from one to another; both positive.</summary>
public readonly record struct SizeRange(double Low, double High)
{
    public bool Holds(double size) => size >= Low && size <= High;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Low:0.##} to {High:0.##}");
}

/// <summary>
/// The images that a model was made for, as its description says (config.biodl.made_for) or its tags do; an image of another kind still
/// runs, with a warning in words. What is not known is null or empty, and not compared.
/// </summary>
public sealed record MadeFor
{
    public Ground Ground { get; init; }

    /// <summary>The usual diameter of an object in pixels: what an image is resampled to when its objects are of another size.</summary>
    public double? Diameter { get; init; }

    /// <summary>Diameters of objects in pixels that the model was trained with.</summary>
    public SizeRange? Diameters { get; init; }

    /// <summary>Diameters of the objects in micrometres, whatever the pixels.</summary>
    public SizeRange? Micrometres { get; init; }

    /// <summary>Words by which channels go that it was made for, such as "dapi"; a channel is known when its name holds one.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>In words, one line: "bright objects on a dark ground, 7 to 60 px (usually 21), 4 to 30 um".</summary>
    public string Describe()
    {
        var parts = new List<string>();
        if (Ground != Ground.Unknown)
            parts.Add(Ground == Ground.Dark ? "bright objects on a dark ground" : "dark objects on a bright ground");
        if (Diameters is { } pixels)
            parts.Add($"diameters of {pixels} px");
        if (Diameter is { } usual)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"usually {usual:0.##} px"));
        if (Micrometres is { } micrometres)
            parts.Add($"{micrometres} um");
        if (Channels.Count > 0)
            parts.Add($"channels such as {string.Join(", ", Channels)}");
        return string.Join("; ", parts);
    }
}
