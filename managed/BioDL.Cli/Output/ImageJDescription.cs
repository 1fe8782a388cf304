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
        foreach ((string key, string value) in Lines(image.Calibration).Concat(image.Values.Lines(image.Type)))
            text.Append(CultureInfo.InvariantCulture, $"{key}={Escape(value)}\n");
        if (images > 1)
            text.Append("loop=false\n");
        if (!image.IsRgb)
            text.Append(CultureInfo.InvariantCulture, $"min={low:0.0#####}\nmax={high:0.0#####}\n");
        return text.ToString();
    }

    /// <summary>ImageJ takes the unit from here alone, whatever the tags say.</summary>
    private static IEnumerable<(string Key, string Value)> Lines(Calibration calibration)
    {
        if (calibration.IsCalibrated)
            yield return ("unit", calibration.Unit);
        if (calibration.YUnit is { } yUnit && yUnit != calibration.Unit)
            yield return ("yunit", yUnit);
        if (calibration.ZUnit is { } zUnit && zUnit != calibration.Unit)
            yield return ("zunit", zUnit);
        if (calibration.TimeUnit != "sec")
            yield return ("tunit", calibration.TimeUnit);
        (string Key, double? Value)[] numbers =
        [
            ("spacing", calibration.PixelDepth), ("finterval", calibration.FrameInterval), ("fps", calibration.FramesPerSecond),
            ("xorigin", calibration.Origin.X), ("yorigin", calibration.Origin.Y), ("zorigin", calibration.Origin.Z),
        ];
        foreach ((string key, double? value) in numbers)
        {
            if (value is { } number and not 0)
                yield return (key, Calibration.Text(number));
        }
        if (calibration.InvertsY)
            yield return ("inverty", "true");
    }

    // ImageJ keeps the description in ASCII: a micro sign is written as \u00B5.
    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and <= '~' and not '\\' ? c.ToString() : $"\\u{(int)c:X4}"));
}
