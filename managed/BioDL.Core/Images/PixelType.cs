namespace BioDL.Core.Images;

/// <summary>The type of a pixel. The numbers are those of <c>BIODL_DTYPE_*</c> in native/include/biodl/image.h.</summary>
public enum PixelType
{
    UInt8 = 1,
    UInt16 = 2,

    /// <summary>Label images only.</summary>
    UInt32 = 3,
    Float32 = 4,

    /// <summary>One native 32-bit word 0xAARRGGBB a pixel; inputs only.</summary>
    Argb32 = 5,
}

public static class PixelTypes
{
    /// <summary>Bytes of one pixel.</summary>
    public static int Size(this PixelType type) => type switch
    {
        PixelType.UInt8 => 1,
        PixelType.UInt16 => 2,
        PixelType.UInt32 or PixelType.Float32 or PixelType.Argb32 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown pixel type"),
    };
}
