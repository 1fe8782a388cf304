using BioDL.Core.Images;
using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Passes;

/// <summary>Reads tiles of an image into a network's input: host pixel, float32, preprocessing, tensor.</summary>
/// <param name="input">the image</param>
/// <param name="volumes">the network sees stacks</param>
/// <param name="ours">room for a copy in our order of axes, used where the network's is another</param>
internal sealed unsafe class BlockReader(InputMatch input, bool volumes, Tensor ours)
{
    /// <summary>Null where every float32 fits the network's own type.</summary>
    public ElementFit? Fit { get; } = ElementFit.Of(input.Tensor);

    /// <summary>Pixels of the image for one of the network's.</summary>
    private double PixelsSeen => input.Sampling is { } sampling ? sampling.Y.Pitch * sampling.X.Pitch : 1;

    /// <summary>
    /// Fill a tensor. Beyond its borders the image is mirrored about its outermost pixels; values that are not finite become 0.
    /// </summary>
    /// <param name="sample">frame, slice (of a network of planes) and channel group</param>
    /// <param name="window">what to read; its Z counts for stacks only</param>
    /// <param name="chain">preprocessing of a plane</param>
    /// <param name="into">the network's input, in its own order of axes</param>
    /// <returns>bytes of pixels read</returns>
    public long Read(Sample sample, ReadWindow window, Func<int, StepChain> chain, Tensor into)
    {
        InputTensor tensor = input.Tensor;
        int[] channels = input.Channels(sample.Group);
        var size = new TensorSize(channels.Length, window.Depth, window.Height, window.Width);
        bool direct = AxisOrder.IsOurs(tensor.Axes, channels.Length);
        AxisOrder.Reshape(into, tensor.Axes, size);
        if (!direct)
            ours.Reshape(size.C, size.Z, size.Y, size.X);
        float* data = direct ? into.Data : ours.Data;
        // The colours of packed RGB lie in one plane, so they are read under one lock.
        int together = input.View.Type == PixelType.Argb32 ? channels.Length : 1;
        for (int z = 0; z < window.Depth; z++)
        {
            int slice = volumes ? TileReader.Mirror((long)window.Z + z, input.View.Slices) : sample.Slice;
            StepChain steps = chain(slice);
            float* values = data + z * size.Plane;
            for (int c = 0; c < channels.Length; c += together)
                ReadPlane(sample with { Slice = slice }, window, steps, channels.AsMemory(c, together), c, values);
            if (!steps.AcrossChannels)
                continue;
            steps.ApplyAll(values, size.Channel, channels.Length, size.Plane);
            for (int c = 0; c < channels.Length && Fit is null; c++)
                RawPass.Finish(values + c * size.Channel, size.Plane);
        }
        Fit?.Apply(data, size, window.Own);
        if (!direct)
            AxisOrder.ToNetwork(ours.Data, into.Data, tensor.Axes, size);
        return (long)(channels.Length * size.Channel * input.View.Type.Size() * PixelsSeen);
    }

    /// <summary>Channels that lie in one plane, under locks of a few milliseconds, the rows shared among the cores.</summary>
    private void ReadPlane(Sample sample, ReadWindow window, StepChain steps, ReadOnlyMemory<int> channels, int first, float* to)
    {
        long number = input.View.PlaneNumber(sample.Frame, sample.Slice, input.Source(channels.Span[0]).Channel),
        plane = (long)window.Height * window.Width;
        int rows = (int)Math.Clamp(PlaneBand.MaxPixels / (window.Width * PixelsSeen), 1, window.Height);
        for (int row = 0; row < window.Height; row += rows)
        {
            using PlaneLock locked = input.View.Lock(number);
            byte* origin = locked.Pixel(0, 0);
            int top = row;
            Cores.ShareRows(Math.Min(rows, window.Height - row), window.Width, (start, end) =>
            {
                var part = new PlaneWindow(window.Y + top + start, window.X, end - start, window.Width);
                for (int c = 0; c < channels.Length; c++)
                    ReadRows(origin, part, input.Source(channels.Span[c]).Part, steps, first + c,
                        to + (first + c) * window.Depth * plane + (top + (long)start) * window.Width);
            });
        }
    }

    /// <summary>Rows of one channel with all steps that need no other.</summary>
    private void ReadRows(byte* origin, PlaneWindow part, PixelPart from, StepChain steps, int channel, float* to)
    {
        if (steps.IsDivision && Fit is null && input.View.Values.IsIdentity && input.Sampling is null)
        {
            TileReader.ReadRows(input.View, origin, part, RowPasses.For(input.View.Type, from), steps.Division(channel), to);
            return;
        }
        if (input.Sampling is { } sampling)
            SampledReader.ReadRows(input.View, sampling, from, origin, part, to);
        else
            ValueReader.ReadRows(input.View, from, origin, part, to);
        if (steps.AcrossChannels)
            return;
        long count = (long)part.Height * part.Width;
        steps.Apply(to, channel, count);
        if (Fit is null)
            RawPass.Finish(to, count);
    }
}
