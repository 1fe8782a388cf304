using System.Buffers;
using System.Numerics;
using BioDL.Core.Images;
using BioDL.Core.Road.Planning;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Passes;

/// <summary>
/// Rows of an image as a network sees them that sees it at another scale: each is made of the image's rows that it covers, so that nothing
/// of the whole size is ever held.
/// </summary>
internal static unsafe class SampledReader
{
    /// <param name="view">the image</param>
    /// <param name="sampling">how its pixels become the network's</param>
    /// <param name="part">which number of its pixels</param>
    /// <param name="origin">pixel (0, 0) of its plane, locked</param>
    /// <param name="window">in pixels of the network; mirrored beyond the image</param>
    /// <param name="to">the window's first value; a row has <see cref="PlaneWindow.Width"/>. NaN where a pixel is no finite number</param>
    public static void ReadRows(ImageView view, PlaneSampling sampling, PixelPart part, byte* origin, PlaneWindow window, float* to)
    {
        AxisKernel y = Kernel(sampling.Y, window.Y, window.Height), x = Kernel(sampling.X, window.X, window.Width);
        int columns = x.End - x.Start;
        float[] buffer = ArrayPool<float>.Shared.Rent(2 * columns);
        fixed (float* row = buffer)
        {
            float* sum = row + columns;
            for (int i = 0; i < window.Height; i++)
            {
                ReadOnlySpan<float> weights = y.Weights(i);
                new Span<float>(sum, columns).Clear();
                for (int k = 0; k < weights.Length; k++)
                {
                    ValueReader.ReadRows(view, part, origin, new PlaneWindow(y.First(i) + k, x.Start, 1, columns), row);
                    Add(sum, row, weights[k], columns);
                }
                Across(sum - x.Start, x, to + (long)i * window.Width, window.Width);
            }
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    private static AxisKernel Kernel(AxisSampling axis, int start, int count) =>
        AxisKernel.Of(Enumerable.Range(0, count).Select(i => TileReader.Mirror((long)start + i, axis.Seen)), axis.Pitch, 0, axis.Length);

    /// <summary>sum += weight * values</summary>
    internal static void Add(float* sum, float* values, float weight, int count)
    {
        var times = new Vector<float>(weight);
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            (Vector.Load(sum + i) + times * Vector.Load(values + i)).Store(sum + i);
        for (; i < count; i++)
            sum[i] += weight * values[i];
    }

    /// <summary>Each target along a row.</summary>
    internal static void Across(float* sources, AxisKernel kernel, float* to, int count)
    {
        for (int i = 0; i < count; i++)
        {
            float* from = sources + kernel.First(i);
            float value = 0;
            foreach (float weight in kernel.Weights(i))
                value += weight * *from++;
            to[i] = value;
        }
    }
}
