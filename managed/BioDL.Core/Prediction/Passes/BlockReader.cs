using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Prediction.Planning;
using BioDL.Core.Prediction.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Prediction.Passes;

/// <summary>What the network reads for a tile, in pixels of the image; it may reach beyond the image on any side.</summary>
internal readonly record struct ReadWindow(int Z, int Y, int X, int Depth, int Height, int Width);

/// <summary>Reads one tile of an image into a network's input: host pixel, float32, preprocessing, tensor.</summary>
internal static unsafe class BlockReader
{
    /// <summary>
    /// Fill a tensor. Beyond its borders the image is mirrored about its outermost pixels; values that are not finite become 0.
    /// </summary>
    /// <param name="input">the image</param>
    /// <param name="sample">frame, slice (of a network of planes) and channel group</param>
    /// <param name="volumes">the network sees stacks</param>
    /// <param name="window">what to read; its Z counts for stacks only</param>
    /// <param name="chain">preprocessing of a plane</param>
    /// <param name="into">the network's input, in its own order of axes</param>
    /// <param name="ours">room for a copy in our order, used where the network's is another</param>
    /// <returns>bytes of pixels read</returns>
    public static long Read(InputMatch input, Sample sample, bool volumes, ReadWindow window, Func<int, StepChain> chain, Tensor into, Tensor ours)
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
                ReadPlane(input.View, input.View.PlaneNumber(sample.Frame, slice, source.Channel), source.Part, window, steps, c, data + c * size.Channel + z * size.Plane);
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
    private static void ReadPlane(ImageView view, long number, PixelPart part, ReadWindow window, StepChain steps, int channel, float* to)
    {
        var pass = steps.IsDivision ? RowPasses.For(view.Type, part) : RawPass.For(view.Type, part);
        Scaling scaling = steps.IsDivision ? steps.Division(channel) : Scaling.None;
        int rows = Math.Max(1, PlaneBand.MaxPixels / window.Width);
        for (int row = 0; row < window.Height; row += rows)
        {
            using PlaneLock plane = view.Lock(number);
            TileReader.ReadRows(view, plane, new PlaneWindow(window.Y, window.X, window.Width), row, Math.Min(window.Height, row + rows), pass, scaling, to);
        }
    }
}
