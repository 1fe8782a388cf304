using BioDL.Core.Images;

namespace BioDL.Core.Runs;

/// <summary>The pixel type that an output is best shown and kept in, the same in every host.</summary>
public static class FittingType
{
    /// <summary>
    /// A restored input has the input's own type. Otherwise: masks UInt8, labels the narrowest type that holds the described one, images
    /// and
    /// values as described where it is UInt8 or UInt16, else Float32. Three channels of UInt8 from packed RGB are packed RGB again.
    /// </summary>
    /// <param name="output">of the plan</param>
    /// <param name="input">the image that the output follows</param>
    public static PixelType Of(PlannedOutput output, PixelType input)
    {
        bool packed = input == PixelType.Argb32 && output.Channels == 3;
        if (output.RestoresInput)
            return input != PixelType.Argb32 ? input : packed ? PixelType.Argb32 : PixelType.UInt8;
        return (output.Kind, output.DataType) switch
        {
            (OutputKind.Mask, _) => PixelType.UInt8,
            (_, "uint8") => packed && output.Kind == OutputKind.Image ? PixelType.Argb32 : PixelType.UInt8,
            (_, "uint16") => PixelType.UInt16,
            (OutputKind.Labels, "int8" or "bool") => PixelType.UInt8,
            (OutputKind.Labels, "int16") => PixelType.UInt16,
            (OutputKind.Labels, _) => PixelType.UInt32,
            _ => PixelType.Float32,
        };
    }
}
