namespace BioDL.Core.Images;

/// <summary>Views of views, and the check that a view's numbers make sense before the first pixel is touched.</summary>
public static class ImageViews
{
    /// <summary>A rectangle of every plane.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: empty, or not within the view.</exception>
    public static ImageView Crop(this ImageView view, int y, int x, int height, int width)
    {
        if (y < 0 || x < 0 || height < 1 || width < 1 || height > view.Height - y || width > view.Width - x)
            throw new BioDLException(Status.InvalidArgument,
                $"the region of {width} x {height} pixels at x {x}, y {y} is not within the image of {view.Width} x {view.Height} pixels",
                "Choose a region that lies within the image.");
        return view with { Height = height, Width = width, Offset = view.Offset + y * view.RowStride + x * view.PixelStride };
    }

    /// <summary>One channel as an image of its own.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: no such channel.</exception>
    public static ImageView Channel(this ImageView view, int channel)
    {
        if (channel < 0 || channel >= view.Channels)
            throw new BioDLException(Status.InvalidArgument, $"the image has {view.Channels} channel(s), there is no channel {channel + 1}",
                $"Choose a channel from 1 to {view.Channels}.");
        return view with { Channels = 1, Planes = new ChannelPlanes(view.Planes, view.Channels, channel) };
    }

    /// <summary>
    /// Check sizes and strides: a known type, at least one pixel along each axis, planes that can be counted, one plane of packed RGB, and
    /// no address within the view whose distance from its start needs more than 63 bits.
    /// </summary>
    /// <param name="view">the view</param>
    /// <param name="name">what the message calls it, such as "the image" or "the label image"</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/></exception>
    public static void Validate(this ImageView view, string name)
    {
        if (!Enum.IsDefined(view.Type))
            throw Invalid($"{name} has the unknown pixel type {(int)view.Type}", "Use one of BIODL_DTYPE_*.");
        if (view.Frames < 1 || view.Slices < 1 || view.Channels < 1 || view.Height < 1 || view.Width < 1)
            throw Invalid($"{name} has {view.Frames} x {view.Slices} x {view.Channels} x {view.Height} x {view.Width} (T, Z, C, "
                + "Y, X) pixels",
                "Each axis has at least one; an axis the image has not has size 1.");
        if (view.Type == PixelType.Argb32 && view.Channels != 1)
            throw Invalid($"{name} is packed RGB with {view.Channels} channels", "Packed RGB has one plane for its three colours: C is 1.");
        if (!double.IsFinite(view.ValueScale) || view.ValueScale == 0 || !double.IsFinite(view.ValueOffset))
            throw Invalid(FormattableString.Invariant($"{name} has the value scale {view.ValueScale} and offset {view.ValueOffset}"),
                "Values are pixel * scale + offset: give finite numbers, and a scale that is not 0.");
        if (view.Type is PixelType.Argb32 or PixelType.UInt32 && !view.Values.IsIdentity)
            throw Invalid($"{name} has values other than its pixels, and its type is {view.Type}",
                "Packed RGB and labels are their own values: leave value scale and offset out.");
        if (view.Planes is null)
            throw Invalid($"{name} has no pixels", "Give it memory or lock and unlock callbacks.");
        Int128 planes = (Int128)view.Frames * view.Slices * view.Channels;
        Int128 reach = Reach(view.Height, view.RowStride) + Reach(view.Width, view.PixelStride)
            + Int128.Abs(view.Offset) + view.Type.Size();
        if (view.Planes is FixedPlanes fixedPlanes)
            reach += Reach(view.Frames, fixedPlanes.FrameStride) + Reach(view.Slices, fixedPlanes.SliceStride)
                + Reach(view.Channels, fixedPlanes.ChannelStride);
        if (planes > long.MaxValue || reach > long.MaxValue)
            throw Invalid($"{name} has sizes and strides that reach beyond any memory",
                "Check its shape and its strides, which are in bytes.");
    }

    private static Int128 Reach(int size, long stride) => Int128.Abs((Int128)(size - 1) * stride);

    private static BioDLException Invalid(string message, string hint) => new(Status.InvalidArgument, message, hint);
}

/// <summary>The planes of one channel among several.</summary>
internal sealed unsafe class ChannelPlanes(IPlanes all, int channels, int channel) : IPlanes
{
    public byte* Lock(long plane) => all.Lock(plane * channels + channel);

    public void Unlock(long plane, byte* start, bool written) => all.Unlock(plane * channels + channel, start, written);
}
