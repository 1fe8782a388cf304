using System.Globalization;
using System.Text;

namespace BioDL.Cli.Tiff;

/// <summary>
/// ImageJ's lines of <c>key=value</c> in a TIFF's ImageDescription (ij.io.TiffEncoder, ij.io.TiffDecoder): axes, unit, spacing, frame
/// interval.
/// </summary>
internal sealed class ImageDescription
{
    /// <summary>The lines that say how large a pixel is and how long a frame takes.</summary>
    internal static readonly string[] CalibrationKeys =
        ["unit", "yunit", "zunit", "spacing", "finterval", "fps", "tunit", "xorigin", "yorigin", "zorigin"];

    private readonly Dictionary<string, string> _values = [];

    private ImageDescription()
    {
    }

    /// <returns>null when ImageJ did not write it</returns>
    internal static ImageDescription? Parse(string text)
    {
        if (!text.StartsWith("ImageJ=", StringComparison.Ordinal))
            return null;
        var description = new ImageDescription();
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                description._values[line[..equals]] = Unescape(line[(equals + 1)..]);
        }
        return description;
    }

    /// <summary>A count such as "slices"; 1 when it is missing or makes no sense.</summary>
    internal int Count(string key) => Number(key) is >= 1 and <= int.MaxValue and double value ? (int)value : 1;

    /// <summary>A number; 0 when it is missing.</summary>
    internal double Number(string key) =>
        _values.TryGetValue(key, out string? text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) ? value : 0;

    internal string Text(string key) => _values.GetValueOrDefault(key, "");

    /// <summary>The lines of <see cref="CalibrationKeys"/>, as they were.</summary>
    internal IReadOnlyDictionary<string, string> Calibration() =>
        CalibrationKeys.Where(_values.ContainsKey).ToDictionary(key => key, key => _values[key]);

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
            else
            {
                plain.Append(text[i]);
            }
        }
        return plain.ToString();
    }
}
