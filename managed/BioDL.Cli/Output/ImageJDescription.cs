using System.Globalization;
using System.Text;
using BioDL.Cli.Tiff;

namespace BioDL.Cli.Output;

/// <summary>
/// What <see cref="ImageDescription"/> reads, written: an image that ImageJ opens with its axes, its calibration and its display range.
/// </summary>
internal static class ImageJDescription
{
    /// <param name="image">of any axes; shown as a composite where it has channels</param>
    /// <param name="low">what is shown as black</param>
    /// <param name="high">what is shown as white</param>
    internal static string Of(Hyperstack image, double low, double high)
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
                text.Append(CultureInfo.InvariantCulture,
                    $"hyperstack=true\nmode={(channels is > 1 and <= 7 ? "composite" : "grayscale")}\n");
        }
        foreach (string key in ImageDescription.CalibrationKeys.Where(image.Calibration.Lines.ContainsKey))
            text.Append(CultureInfo.InvariantCulture, $"{key}={Escape(image.Calibration.Lines[key])}\n");
        if (images > 1)
            text.Append("loop=false\n");
        if (!image.IsRgb)
            text.Append(CultureInfo.InvariantCulture, $"min={low:0.0#####}\nmax={high:0.0#####}\n");
        return text.ToString();
    }

    // ImageJ keeps the description in ASCII: a micro sign is written as \u00B5.
    private static string Escape(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:X4}"));
}
