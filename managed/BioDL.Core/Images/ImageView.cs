namespace BioDL.Core.Images;

/// <summary>
/// A view of pixels that belong to a host: axes T, Z, C, Y, X, byte strides within a plane, planes by number. Never a copy.
/// </summary>
public sealed unsafe record ImageView
{
    public required PixelType Type { get; init; }

    public int Frames { get; init; } = 1;

    public int Slices { get; init; } = 1;

    public int Channels { get; init; } = 1;

    /// <summary>Pixels along Y.</summary>
    public required int Height { get; init; }

    /// <summary>Pixels along X.</summary>
    public required int Width { get; init; }

    /// <summary>Bytes from a pixel to its neighbour along Y; may be negative.</summary>
    public required long RowStride { get; init; }

    /// <summary>Bytes from a pixel to its neighbour along X; may be negative.</summary>
    public required long PixelStride { get; init; }

    /// <summary>Bytes from a plane's start to the view's first pixel: a crop of memory that moves is a view too.</summary>
    public long Offset { get; init; }

    public required IPlanes Planes { get; init; }

    /// <summary>
    /// The value that a person sees, a network gets and an output gives is pixel * ValueScale + ValueOffset; a pixel is written as
    /// (value - ValueOffset) / ValueScale. Any finite number but 0; 1 for packed RGB and labels.
    /// </summary>
    public double ValueScale { get; init; } = 1;

    /// <summary>The value of the pixel 0: -32768 for ImageJ's signed 16-bit images. 0 for packed RGB and labels.</summary>
    public double ValueOffset { get; init; }

    /// <summary>Both in one.</summary>
    public ValueTransform Values => new(ValueScale, ValueOffset);

    /// <summary>Channels as a network sees them: three for packed RGB.</summary>
    public int LogicalChannels => Type == PixelType.Argb32 ? 3 : Channels;

    public long PixelsPerPlane => (long)Height * Width;

    /// <summary>The plane number of a frame, slice and channel.</summary>
    public long PlaneNumber(int frame, int slice, int channel = 0) => ((long)frame * Slices + slice) * Channels + channel;

    /// <summary>Lock one plane while a tile of it is read or written: <c>using var plane = view.Lock(number, write);</c></summary>
    public PlaneLock Lock(long plane, bool write = false) => new(this, plane, write);

    /// <summary>A contiguous T, Z, C, Y, X array in memory that does not move.</summary>
    public static ImageView Contiguous(void* data, PixelType type, int height, int width, int frames = 1, int slices = 1, int channels = 1)
    {
        long pixel = type.Size(), row = pixel * width, plane = row * height;
        return new ImageView
        {
            Type = type, Frames = frames, Slices = slices, Channels = channels, Height = height, Width = width,
            RowStride = row, PixelStride = pixel,
            Planes = new FixedPlanes((byte*)data, slices, channels, plane * channels * slices, plane * channels, plane),
        };
    }
}

/// <summary>A locked plane. Dispose it before a network runs and before the host is called.</summary>
public readonly unsafe ref struct PlaneLock
{
    private readonly ImageView _view;
    private readonly long _plane;
    private readonly byte* _start;
    private readonly bool _write;

    internal PlaneLock(ImageView view, long plane, bool write)
    {
        (_view, _plane, _write) = (view, plane, write);
        _start = view.Planes.Lock(plane);
    }

    /// <summary>The address of pixel (y, x) of the view.</summary>
    public byte* Pixel(int y, int x) => _start + _view.Offset + y * _view.RowStride + x * _view.PixelStride;

    public void Dispose() => _view.Planes.Unlock(_plane, _start, _write);
}
