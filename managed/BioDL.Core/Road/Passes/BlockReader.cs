using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Passes;

/// <summary>What the network reads for a tile, in pixels of the image; it may reach beyond the image on any side.</summary>
internal readonly record struct ReadWindow(int Z, int Y, int X, int Depth, int Height, int Width);

/// <summary>Reads tiles of an image into a network's input: host pixel, float32, preprocessing, tensor.</summary>
/// <param name="input">the image</param>
/// <param name="volumes">the network sees stacks</param>
/// <param name="ours">room for a copy in our order of axes, used where the network's is another</param>
internal sealed unsafe class BlockReader(InputMatch input, bool volumes, Tensor ours)
{
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
        for (int z = 0; z < window.Depth; z++)
        {
            int slice = volumes ? TileReader.Mirror((long)window.Z + z, input.View.Slices) : sample.Slice;
            StepChain steps = chain(slice);
            for (int c = 0; c < channels.Length; c++)
            {
                InputChannel source = input.Source(channels[c]);
                var pass = steps.IsDivision ? RowPasses.For(input.View.Type, source.Part) : RawPass.For(input.View.Type, source.Part);
                Scaling scaling = steps.IsDivision ? steps.Division(c) : Scaling.None;
                ReadPlane(input.View.PlaneNumber(sample.Frame, slice, source.Channel), window, pass, scaling, data + c * size.Channel + z * size.Plane);
            }
            if (!steps.IsDivision)
            {
                steps.ApplyAll(data + z * size.Plane, size.Channel, channels.Length, size.Plane);
                for (int c = 0; c < channels.Length; c++)
                    RawPass.Finish(data + c * size.Channel + z * size.Plane, size.Plane);
            }
        }
        if (!direct)
            AxisOrder.ToNetwork(ours.Data, into.Data, tensor.Axes, size);
        return channels.Length * size.Channel * input.View.Type.Size();
    }

    /// <summary>One plane, under locks of a few milliseconds.</summary>
    private void ReadPlane(long number, ReadWindow window, delegate*<byte*, long, float*, int, Scaling, void> pass, Scaling scaling, float* to)
    {
        int rows = Math.Max(1, PlaneBand.MaxPixels / window.Width);
        for (int row = 0; row < window.Height; row += rows)
        {
            using PlaneLock plane = input.View.Lock(number);
            var part = new PlaneWindow(window.Y + row, window.X, Math.Min(rows, window.Height - row), window.Width);
            TileReader.ReadRows(input.View, plane, part, pass, scaling, to + (long)row * window.Width);
        }
    }
}
