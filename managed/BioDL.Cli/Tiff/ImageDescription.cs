using System.Globalization;
using System.Text;

namespace BioDL.Cli.Tiff;

/// <summary>
/// ImageJ's lines of <c>key=value</c> in a TIFF's ImageDescription (ij.io.TiffEncoder, ij.io.TiffDecoder): axes, unit, spacing, frame interval.
/// </summary>
internal sealed class ImageDescription
{
    private static readonly string[] CalibrationKeys =
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
        _values.TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) ? value : 0;

    internal string Text(string key) => _values.GetValueOrDefault(key, "");

    /// <summary>The lines that say how large a pixel is and how long a frame takes, as they were.</summary>
    internal IReadOnlyDictionary<string, string> Calibration() =>
        CalibrationKeys.Where(_values.ContainsKey).ToDictionary(key => key, key => _values[key]);

    /// <summary>The description of a grey image of this project's, which ImageJ opens as a stack or hyperstack with its calibration.</summary>
    internal static string Compose(int frames, int slices, IReadOnlyDictionary<string, string> calibration, double displayMaximum)
    {
        var text = new StringBuilder("ImageJ=1.53t\n");
        if ((long)frames * slices > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"images={(long)frames * slices}\n");
            if (slices > 1)
                text.Append(CultureInfo.InvariantCulture, $"slices={slices}\n");
            if (frames > 1)
                text.Append(CultureInfo.InvariantCulture, $"frames={frames}\n");
            if (slices > 1 && frames > 1)
                text.Append("hyperstack=true\nmode=grayscale\n");
        }
        foreach (string key in CalibrationKeys.Where(calibration.ContainsKey))
            text.Append(CultureInfo.InvariantCulture, $"{key}={Escape(calibration[key])}\n");
        if ((long)frames * slices > 1)
            text.Append("loop=false\n");
        return text.Append(CultureInfo.InvariantCulture, $"min=0.0\nmax={displayMaximum:0.0###}\n").ToString();
    }

    /// <summary>The description of an image of any axes, shown as a composite where it has channels.</summary>
    internal static string Compose(Output.Hyperstack image, double low, double high)
    {
        long images = image.Pages, channels = image.Channels / image.Samples;
        var text = new StringBuilder("ImageJ=1.53t\n");
        if (images > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"images={images}\n");
            foreach ((string axis, long size) in new[] { ("channels", channels), ("slices", image.Slices), ("frames", image.Frames) })
            {
                if (size > 1)
                    text.Append(CultureInfo.InvariantCulture, $"{axis}={size}\n");
            }
            if (channels > 1 || (image.Slices > 1 && image.Frames > 1))
                text.Append(CultureInfo.InvariantCulture, $"hyperstack=true\nmode={(channels is > 1 and <= 7 ? "composite" : "grayscale")}\n");
        }
        foreach (string key in CalibrationKeys.Where(image.Calibration.Lines.ContainsKey))
            text.Append(CultureInfo.InvariantCulture, $"{key}={Escape(image.Calibration.Lines[key])}\n");
        if (images > 1)
            text.Append("loop=false\n");
        if (!image.IsRgb)
            text.Append(CultureInfo.InvariantCulture, $"min={low:0.0#####}\nmax={high:0.0#####}\n");
        return text.ToString();
    }

    // ImageJ keeps the description in ASCII: a micro sign is written as \u00B5.
    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:X4}"));

    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            bool escaped = text.AsSpan(i).StartsWith("\\u") && i + 6 <= text.Length;
            if (escaped && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
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
