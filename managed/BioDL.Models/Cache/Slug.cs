namespace BioDL.Models.Cache;

/// <summary>Names that are file names on every system: letters, digits, dots, hyphens and underscores of ASCII.</summary>
internal static class Slug
{
    private const int MaximumLength = 80;

    // Windows keeps these, with any ending.
    private static readonly string[] Kept = ["con", "prn", "aux", "nul",
        .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"com{i}", $"lpt{i}" })];

    /// <summary>A name for a file or folder that resembles a text.</summary>
    public static string Of(string text)
    {
        string name = string.Concat(text.Select(c => IsPlain(c) ? c : '-'));
        while (name.Contains("--", StringComparison.Ordinal))
            name = name.Replace("--", "-", StringComparison.Ordinal);
        name = name.Trim('-', '.');
        if (name.Length > MaximumLength)
            name = name[..MaximumLength].Trim('-', '.');
        return name.Length == 0 ? "model" : IsKept(name) ? $"model-{name}" : name;
    }

    /// <summary>The same in lower case, for ids.</summary>
    public static string Id(string text) => Of(text).ToLowerInvariant();

    public static bool IsSlug(string text) => text.Length > 0 && Id(text) == text;

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    private static bool IsKept(string name) => Kept.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase);
}
