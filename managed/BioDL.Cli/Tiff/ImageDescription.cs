using System.Globalization;
using System.Text;

namespace BioDL.Cli.Tiff;

/// <summary>
/// ImageJ's lines of <c>key=value</c> in a TIFF's ImageDescription (ij.io.FileSaver, ij.io.FileOpener): axes, sizes, values.
/// </summary>
internal sealed class ImageDescription
{
    private readonly Dictionary<string, string> _values = [];

    private ImageDescription()
    {
    }

    /// <returns>null when ImageJ did not write it</returns>
    internal static ImageDescription? Parse(string text)
    {
        if (!text.StartsWith("ImageJ", StringComparison.Ordinal))
            return null;
        var description = new ImageDescription();
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                description._values[line[..equals].TrimEnd()] = Unescape(line[(equals + 1)..].TrimStart());
        }
        return description;
    }

    /// <summary>A count such as "slices"; 1 when it is missing or makes no sense.</summary>
    internal int Count(string key) => Number(key) is >= 1 and <= int.MaxValue and double value ? (int)value : 1;

    /// <summary>A number; 0 when it is missing.</summary>
    internal double Number(string key) => Optional(key) ?? 0;

    /// <summary>A number; null when it is missing or none.</summary>
    internal double? Optional(string key) => TryNumber(_values.GetValueOrDefault(key), out double value) ? value : null;

    internal string Text(string key) => _values.GetValueOrDefault(key, "");

    internal bool Has(string key) => _values.ContainsKey(key);

    internal static bool TryNumber(string? text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    // As java.util.Properties reads them: \u00B5 is a micro sign.
    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            bool escaped = text.AsSpan(i).StartsWith("\\u") && i + 6 <= text.Length;
            if (escaped && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out ushort code))
            {
                plain.Append((char)code);
                i += 5;
            }
            else if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
            }
            else
            {
                plain.Append(text[++i]);
            }
        }
        return plain.ToString();
    }
}
