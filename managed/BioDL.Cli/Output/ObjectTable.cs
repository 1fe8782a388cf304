using System.Text;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Models.Outputs;
using static System.FormattableString;

namespace BioDL.Cli.Output;

/// <summary>
/// The objects of one or more images as CSV (RFC 4180, UTF-8, points as decimal marks). Frame and slice count from 1, as in ImageJ. Area
/// and centre are those of the pixels that the label image shows, in the unit of the row and from its origin: what ImageJ measures as Area,
/// X and Y, and regionprops as area and centroid. The columns that end in _px are in pixels, where the first pixel's centre is 0; right and
/// bottom are excluded. The star's point and the area of its whole polygon are columns of their own.
/// </summary>
internal sealed class ObjectTable : IDisposable
{
    private static readonly string[] Columns =
    [
        "image", "label", "frame", "slice", "probability", "area", "center_x", "center_y", "unit",
        "area_px", "center_x_px", "center_y_px", "left_px", "top_px", "right_px", "bottom_px",
        "star_x_px", "star_y_px", "polygon_area_px", "touches_edge", "track", "class",
    ];

    private readonly SafeFile _file;
    private readonly StreamWriter _rows;

    /// <param name="file">to write, row by row; belongs to this from now on</param>
    internal ObjectTable(SafeFile file)
    {
        _file = file;
        _rows = new StreamWriter(file.Temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            NewLine = "\r\n",
        };
        _rows.WriteLine(string.Join(',', Columns));
    }

    /// <exception cref="BioDLException"><see cref="Status.Io"/>: the disk is full.</exception>
    internal void Add(string image, SegmentedObjects result, Calibration calibration)
    {
        string name = Quote(image), unit = Quote(calibration.Unit);
        double pixel = calibration.PixelWidth * calibration.PixelHeight;
        try
        {
            foreach (ref readonly SegmentedObject item in result.Objects.AsSpan())
            {
                _rows.WriteLine(Invariant($"{name},{item.Label},{item.Frame + 1},{item.Slice + 1},{item.Probability},")
                    + Invariant($"{(float)(item.Pixels * pixel)},")
                    + Invariant($"{(float)calibration.X(item.CentroidX)},{(float)calibration.Y(item.CentroidY, result.Height)},{unit},")
                    + Invariant($"{item.Pixels},{(float)item.CentroidX},{(float)item.CentroidY},")
                    + Invariant($"{item.Left},{item.Top},{item.Right},{item.Bottom},")
                    + Invariant($"{item.CenterX},{item.CenterY},{(float)item.Area},{item.TouchesEdge},{item.Track},{item.ClassId}"));
            }
            _rows.Flush();
        }
        catch (IOException error)
        {
            throw _file.Failed(error);
        }
    }

    /// <summary>Move the table to its place.</summary>
    internal void Commit()
    {
        _rows.Dispose();
        _file.Commit();
    }

    public void Dispose()
    {
        try
        {
            _rows.Dispose();
        }
        catch (IOException)
        {
            // what could not be written was told when it was added
        }
        _file.Dispose();
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
