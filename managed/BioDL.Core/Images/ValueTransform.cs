namespace BioDL.Core.Images;

/// <summary>
/// What a pixel means: value = pixel * <paramref name="Scale"/> + <paramref name="Offset"/>, rounded to float32 after each of the two, so
/// that an image with a transform gives the very bits that a float32 image of its values gives. ImageJ's signed 16-bit images are unsigned
/// pixels with the offset -32768; a linear calibration of intensities is a scale and an offset.
/// </summary>
/// <param name="Scale">values to a step of the pixels; negative where dark pixels are large values; not 0</param>
/// <param name="Offset">the value of the pixel 0</param>
public readonly record struct ValueTransform(double Scale, double Offset)
{
    public static ValueTransform Identity => new(1, 0);

    public bool IsIdentity => this == Identity;

    public float Of(float pixel) => pixel * (float)Scale + (float)Offset;

    /// <summary>This transform's values transformed once more.</summary>
    public ValueTransform Then(ValueTransform next) => new(Scale * next.Scale, Offset * next.Scale + next.Offset);
}
