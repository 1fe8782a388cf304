using BioDL.Core.Images;
using BioDL.Core.Road.Passes;
using BioDL.Core.Road.Planning;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Statistics;

/// <summary>Takes neighbouring values.</summary>
internal unsafe delegate void ValueConsumer(float* values, int count);

/// <summary>All values of a plane after some steps, piece by piece, for statistics that are taken in the middle of a chain.</summary>
internal static unsafe class ValueStream
{
    /// <summary>Values of a channel at a time: half a megabyte.</summary>
    private const int Piece = 1 << 17;

    /// <param name="input">the image</param>
    /// <param name="at">frame, slice and channel group</param>
    /// <param name="wanted">the tensor's channels whose values are wanted</param>
    /// <param name="chain">the steps before</param>
    /// <param name="consume">gets the values of one channel after the other; NaN where a pixel or a result is no finite number</param>
    /// <param name="cancelled">asked between pieces, while nothing is locked</param>
    public static void Run(InputMatch input, Sample at, IReadOnlyList<int> wanted, StepChain chain, ValueConsumer consume,
        Func<bool>? cancelled)
    {
        int[] channels = input.Channels(at.Group);
        int[] read = chain.AcrossChannels ? [.. Enumerable.Range(0, channels.Length)] : [.. wanted];
        ImageView view = input.View;
        int width = Math.Min(view.Width, Piece), rows = Math.Max(1, Math.Min(view.Height, Piece / width));
        using var buffer = new Tensor();
        buffer.Reshape(channels.Length, (long)rows * width);
        for (int y = 0; y < view.Height; y += rows)
            for (int x = 0; x < view.Width; x += width)
            {
                if (cancelled?.Invoke() == true)
                    throw new BioDLException(Status.Cancelled, "The statistics were cancelled.");
                int height = Math.Min(rows, view.Height - y), columns = Math.Min(width, view.Width - x), count = height * columns;
                foreach (int c in read)
                    Read(input, at, channels[c], new PlaneWindow(y, x, height, columns), buffer.Data + c * (long)rows * width);
                if (chain.AcrossChannels)
                    chain.ApplyAll(buffer.Data, (long)rows * width, channels.Length, count);
                foreach (int c in wanted)
                {
                    float* values = buffer.Data + c * (long)rows * width;
                    if (!chain.AcrossChannels)
                        Cores.ShareRows(height, columns,
                            (start, end) => chain.Apply(values + (long)start * columns, c, (end - start) * (long)columns));
                    consume(values, count);
                }
            }
    }

    private static void Read(InputMatch input, Sample at, int channel, PlaneWindow window, float* to)
    {
        InputChannel source = input.Source(channel);
        using PlaneLock plane = input.View.Lock(input.View.PlaneNumber(at.Frame, at.Slice, source.Channel));
        byte* origin = plane.Pixel(0, 0);
        Cores.ShareRows(window.Height, window.Width, (start, end) => ValueReader.ReadRows(input.View, source.Part, origin,
            window with { Y = window.Y + start, Height = end - start }, to + (long)start * window.Width));
    }
}
