namespace BioDL.Models.Descriptions;

/// <summary>Texts of others, as they may be shown: in a terminal an escape sequence could do more than be read.</summary>
internal static class PlainText
{
    private const int Longest = 4000;

    /// <summary>Without control characters but line ends, and not endless.</summary>
    public static string Of(string text)
    {
        string plain = string.Concat(text.Where(c => c == '\n' || !char.IsControl(c)
            && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)).Trim();
        return plain.Length <= Longest ? plain : plain[..Longest] + "...";
    }

    /// <summary>The same in one line.</summary>
    public static string Line(string text) => Of(text.ReplaceLineEndings(" "));
}
