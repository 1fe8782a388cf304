namespace BioDL.Cli.Tiff;

/// <summary>Units of length and time, as OME's schema and ImageJ's users write them.</summary>
internal static class Units
{
    /// <summary>OME's word for sizes that are none; ImageJ's for pixels without a scale.</summary>
    internal const string Pixel = "pixel";

    private static readonly Dictionary<string, double> Prefixes = new()
    {
        ["Y"] = 1e24, ["Z"] = 1e21, ["E"] = 1e18, ["P"] = 1e15, ["T"] = 1e12, ["G"] = 1e9, ["M"] = 1e6, ["k"] = 1e3, ["h"] = 1e2,
        ["da"] = 1e1, [""] = 1, ["d"] = 1e-1, ["c"] = 1e-2, ["m"] = 1e-3, ["µ"] = 1e-6, ["n"] = 1e-9, ["p"] = 1e-12, ["f"] = 1e-15,
        ["a"] = 1e-18, ["z"] = 1e-21, ["y"] = 1e-24,
    };

    // UnitsLength of the schema that are no metres with a prefix, in metres; a point is 1/72 inch.
    private static readonly Dictionary<string, double> OtherLengths = new()
    {
        ["Å"] = 1e-10, ["thou"] = 25.4e-6, ["li"] = 25.4e-3 / 12, ["in"] = 25.4e-3, ["ft"] = 0.3048, ["yd"] = 0.9144, ["mi"] = 1609.344,
        ["ua"] = 149597870700, ["ly"] = 9460730472580800, ["pc"] = 3.0856775814913673e16, ["pt"] = 25.4e-3 / 72,
    };

    private static readonly Dictionary<string, double> OtherTimes = new() { ["min"] = 60, ["h"] = 3600, ["d"] = 86400 };

    // In any case of the letters, singular or plural; what is not here is compared with OME's symbols.
    private static readonly Dictionary<string, double> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["um"] = 1, ["micron"] = 1, ["micrometer"] = 1, ["micrometre"] = 1, ["nanometer"] = 1e-3, ["nanometre"] = 1e-3,
        ["angstrom"] = 1e-4, ["millimeter"] = 1e3, ["millimetre"] = 1e3, ["centimeter"] = 1e4, ["centimetre"] = 1e4, ["inch"] = 25400,
        ["inches"] = 25400, ["meter"] = 1e6, ["metre"] = 1e6, ["nm"] = 1e-3, ["mm"] = 1e3, ["cm"] = 1e4,
    };

    /// <summary>Micrometres of one of OME's UnitsLength; null for <see cref="Pixel"/>, "reference frame" and what is not one.</summary>
    internal static double? OmeLength(string symbol) => Of(symbol, "m", OtherLengths) is { } metres ? metres * 1e6 : null;

    /// <summary>Seconds of one of OME's UnitsTime; null for what is not one.</summary>
    internal static double? OmeTime(string symbol) => Of(symbol, "s", OtherTimes);

    /// <summary>Micrometres of a unit in ImageJ's calibration, which may be any word; null when it is no known length.</summary>
    internal static double? Length(string unit)
    {
        string word = unit.Trim();
        return Words.TryGetValue(word, out double known) || Words.TryGetValue(word.TrimEnd('s', 'S'), out known) ? known : OmeLength(word);
    }

    private static double? Of(string symbol, string unit, Dictionary<string, double> others)
    {
        // The Greek letter and the micro sign look alike, and both are in use.
        string name = symbol.Trim().Replace('\u03BC', 'µ').Replace('\u212B', 'Å');
        if (others.TryGetValue(name, out double other))
            return other;
        return name.EndsWith(unit, StringComparison.Ordinal) && Prefixes.TryGetValue(name[..^unit.Length], out double prefix) ? prefix
            : null;
    }
}
