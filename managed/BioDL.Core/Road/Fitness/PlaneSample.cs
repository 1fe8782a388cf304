using BioDL.Core.Images;
using BioDL.Core.Road.Passes;
using BioDL.Core.Road.Planning;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Fitness;

/// <summary>
/// A look at one plane without reading all of it: square windows spread evenly over it, as values. Enough to see what kind of image it is;
/// statistics that results depend on are taken over whole planes.
/// </summary>
internal sealed unsafe class PlaneSample
{
    /// <summary>Pixels of a window's side, and the windows along each axis at most: a quarter of a million pixels.</summary>
    public const int Side = 32, MostWindows = 16;

    private PlaneSample(float[] values, int windows) => (Values, Windows) = (values, windows);

    /// <summary>Window after window, each row by row; 0 where a pixel is no finite number.</summary>
    public float[] Values { get; }

    public int Windows { get; }

    /// <param name="input">the image</param>
    /// <param name="channel">one of its channels</param>
    /// <param name="at">frame and slice</param>
    /// <returns>null for an image that is too small to be judged</returns>
    public static PlaneSample? Of(InputMatch input, int channel, Sample at)
    {
        ImageView view = input.View;
        int rows = Math.Min(MostWindows, view.Height / Side), columns = Math.Min(MostWindows, view.Width / Side);
        if (rows * columns < 4)
            return null;
        var values = new float[rows * columns * Side * Side];
        InputChannel source = input.Source(channel);
        using PlaneLock plane = view.Lock(view.PlaneNumber(at.Frame, at.Slice, source.Channel));
        byte* origin = plane.Pixel(0, 0);
        fixed (float* to = values)
        {
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < columns; column++)
                {
                    var window = new PlaneWindow(Place(row, rows, view.Height), Place(column, columns, view.Width), Side, Side);
                    ValueReader.ReadRows(view, source.Part, origin, window, to + (row * columns + column) * (long)(Side * Side));
                }
            RawPass.Finish(to, values.Length);
        }
        return new PlaneSample(values, rows * columns);
    }

    /// <summary>The means of blocks of the windows.</summary>
    /// <param name="block">pixels of a side; divides <see cref="Side"/></param>
    public float[] Blocks(int block)
    {
        int across = Side / block;
        var means = new float[Windows * across * across];
        for (int i = 0; i < Values.Length; i++)
        {
            var (window, pixel) = Math.DivRem(i, Side * Side);
            means[(window * across + pixel / Side / block) * across + pixel % Side / block] += Values[i] / (block * block);
        }
        return means;
    }

    /// <summary>Windows lie in the middle of equal parts of the axis.</summary>
    private static int Place(int window, int windows, int length) => (int)(((2L * window + 1) * length / windows - Side) / 2);
}
