using System.Globalization;
using System.Text;
using BioDL.Cli.Tiff;
using BioDL.Core.Segmentation;

namespace BioDL.Cli.Output;

/// <summary>
/// The objects of one or more images as CSV (RFC 4180, UTF-8, points as decimal marks). Frame and slice count from 1, as in ImageJ. Area and
/// centre are in the unit of the row; centre is measured from the image's upper left corner, as ImageJ does. The columns that end in
/// _px are in pixels, where the first pixel's centre is 0; right and bottom are excluded.
/// </summary>
internal sealed class ObjectTable
{
    private static readonly string[] Columns =
    [
        "image", "label", "frame", "slice", "probability", "area", "center_x", "center_y", "unit",
        "area_px", "center_x_px", "center_y_px", "left_px", "top_px", "right_px", "bottom_px",
    ];

    private readonly StringBuilder _text = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");

    internal void Add(string image, SegmentResult result, Calibration calibration)
    {
        string name = Quote(image), unit = Quote(calibration.Unit);
        double width = calibration.PixelWidth, height = calibration.PixelHeight;
        foreach (ref readonly SegmentedObject item in result.Objects.AsSpan())
        {
            _text.Append(CultureInfo.InvariantCulture, $"{name},{item.Label},{item.Frame + 1},{item.Slice + 1},{item.Probability},");
            _text.Append(CultureInfo.InvariantCulture, $"{(float)(item.Area * width * height)},");
            _text.Append(CultureInfo.InvariantCulture, $"{(float)((item.CenterX + 0.5) * width)},{(float)((item.CenterY + 0.5) * height)},{unit},");
            _text.Append(CultureInfo.InvariantCulture, $"{(float)item.Area},{item.CenterX},{item.CenterY},");
            _text.Append(CultureInfo.InvariantCulture, $"{item.Left},{item.Top},{item.Right},{item.Bottom}\r\n");
        }
    }

    internal void Write(string path) => SafeFile.Write(path, stream =>
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var writer = new StreamWriter(stream, encoding);
        foreach (ReadOnlyMemory<char> chunk in _text.GetChunks())
            writer.Write(chunk.Span);
    });

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
