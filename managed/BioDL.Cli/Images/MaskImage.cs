using BioDL.Cli.Pictures;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Cli.Images;

/// <summary>A mask from an image of one plane: 8-bit, or any pixels that are 0 or not, such as labels.</summary>
internal sealed unsafe class MaskImage : IDisposable
{
    private readonly ImageFile _image;
    private readonly PlaneMemory? _made;

    private MaskImage(ImageFile image)
    {
        ImageView view = image.View;
        if (view.Frames * (long)view.Slices * view.LogicalChannels != 1)
        {
            throw new BioDLException(Status.InvalidArgument,
                $"--mask {image.Path} has {view.Frames} x {view.Slices} x {view.LogicalChannels} (T, Z, C) planes",
                "Give a mask of one grey plane.");
        }
        _image = image;
        if (view.Type == PixelType.UInt8)
        {
            View = view;
            return;
        }
        _made = new PlaneMemory(view.PixelsPerPlane);
        View = ImageView.Contiguous(_made.Data, PixelType.UInt8, view.Height, view.Width);
        using PlaneLock plane = view.Lock(0);
        for (int y = 0; y < view.Height; y++)
        {
            byte* to = _made.Data + (long)y * view.Width;
            for (int x = 0; x < view.Width; x++)
                to[x] = IsZero(plane.Pixel(y, x), view.Type) ? (byte)0 : byte.MaxValue;
        }
    }

    /// <summary>One plane of UInt8.</summary>
    internal ImageView View { get; }

    /// <exception cref="BioDLException">No image, or not one grey plane.</exception>
    internal static MaskImage Open(string path)
    {
        ImageFile image = ImageFiles.Open(path);
        try
        {
            return new MaskImage(image);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _made?.Dispose();
        _image.Dispose();
    }

    private static bool IsZero(byte* pixel, PixelType type) => type == PixelType.UInt16 ? *(ushort*)pixel == 0 : *(float*)pixel == 0;
}
