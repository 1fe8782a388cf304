namespace BioDL.Core.Images;

/// <summary>The value of one pixel, the plain way: the definition that the fast passes are tested against.</summary>
internal static unsafe class PixelValue
{
    public static float Read(byte* pixel, PixelType type, PixelPart part) => type switch
    {
        PixelType.UInt8 => *pixel,
        PixelType.UInt16 => *(ushort*)pixel,
        PixelType.Float32 => *(float*)pixel,
        PixelType.Argb32 => Part(*(uint*)pixel, part),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type of input pixels"),
    };

    private static float Part(uint argb, PixelPart part)
    {
        uint red = argb >> 16 & 0xff, green = argb >> 8 & 0xff, blue = argb & 0xff;
        return part switch
        {
            PixelPart.Red => red,
            PixelPart.Green => green,
            PixelPart.Blue => blue,
            _ => (red + green + blue) / 3f,
        };
    }
}
