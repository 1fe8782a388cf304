using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Native.Interop;

/// <summary>A caller's <c>biodl_image</c> as a view, every field checked before the first pixel is touched.</summary>
internal static unsafe class Images
{
    private const int T = 0, Z = 1, C = 2, Y = 3, X = 4;
    private const string Axes = "TZCYX";
    private const long MostImages = 1024;

    /// <param name="source">the caller's image, not NULL</param>
    /// <param name="name">the parameter, for errors</param>
    public static ImageView View(ImageStruct* source, string name)
    {
        ImageStruct image = CallerStruct.Read(source, name);
        CheckType(image, name);
        CheckPlanes(image, name);
        CheckShape(image, name);
        var view = new ImageView
        {
            Type = (PixelType)image.Dtype,
            Frames = (int)image.Shape[T], Slices = (int)image.Shape[Z], Channels = (int)image.Shape[C],
            Height = (int)image.Shape[Y], Width = (int)image.Shape[X],
            RowStride = image.Strides[Y], PixelStride = image.Strides[X], Offset = image.Offset,
            ValueScale = image.ValueScale == 0 ? 1 : image.ValueScale, ValueOffset = image.ValueOffset,
            Planes = image.Data == null ? new CallbackPlanes(image) : Fixed(image),
        };
        return view;
    }

    /// <summary>Several images; an entry may be NULL where <paramref name="optional"/> says so.</summary>
    public static ImageView?[] Views(ImageStruct** images, long count, string name, bool optional)
    {
        CallerStruct.NotNull(images, name);
        if (count is < 1 or > MostImages)
            throw Bad($"there are {count} {name}", $"give 1 to {MostImages} images");
        var views = new ImageView?[count];
        for (int i = 0; i < count; i++)
            views[i] = images[i] == null && optional ? null : View(images[i], $"{name}[{i}]");
        return views;
    }

    private static FixedPlanes Fixed(in ImageStruct image) =>
        new((byte*)image.Data, (int)image.Shape[Z], (int)image.Shape[C], image.Strides[T], image.Strides[Z], image.Strides[C]);

    private static void CheckType(in ImageStruct image, string name)
    {
        if (!Enum.IsDefined((PixelType)image.Dtype))
            throw Bad($"{name}.dtype is {image.Dtype}", "use one of BIODL_DTYPE_*");
    }

    private static void CheckPlanes(in ImageStruct image, string name)
    {
        if ((image.Lock == null) != (image.Unlock == null))
            throw Bad($"{name} has only one of lock and unlock", "give both callbacks, or data and neither");
        if ((image.Data == null) == (image.Lock == null))
            throw Bad($"{name} needs either data or lock and unlock", "set data for memory that stays, callbacks for memory that may move");
    }

    /// <summary>
    /// Sizes are at least 1 and fit; strides are set where an axis has more than one step, and the whole extent fits 64 bits.
    /// </summary>
    private static void CheckShape(in ImageStruct image, string name)
    {
        long pixel = ((PixelType)image.Dtype).Size(), planes = 1;
        Int128 extent = Int128.Abs(image.Offset) + pixel;
        for (int axis = T; axis <= X; axis++)
        {
            long size = image.Shape[axis], stride = image.Strides[axis];
            if (size < 1 || size > int.MaxValue)
                throw Bad($"{name}.shape[{Axes[axis]}] is {size}", "every axis has a size from 1 to 2147483647; an absent axis has 1");
            if (axis <= C && ((planes *= size) > long.MaxValue / int.MaxValue))
                throw Bad($"{name}.shape has too many planes", "segment a part of the series at a time");
            if (size == 1 || (axis <= C && image.Data == null))
                continue;
            if (Int128.Abs(stride) < pixel)
                throw Bad($"{name}.strides[{Axes[axis]}] is {stride}, less than a pixel of {pixel} bytes", "strides are in bytes");
            extent += Int128.Abs(stride) * (size - 1);
        }

        if (extent > long.MaxValue)
            throw Bad($"{name}.strides overflow: the image would span {extent} bytes", "check shape and strides");
    }

    private static BioDLException Bad(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
