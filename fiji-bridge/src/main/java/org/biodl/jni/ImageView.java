package org.biodl.jni;

/**
 * A region of an image whose planes are Java arrays: axes T, Z, C, Y, X, nothing copied. The native side reads the fields.
 */
public final class ImageView
{
    final Planes planes;

    // Axes T, Z, C, Y, X; strides in bytes, those of T, Z and C unused; offset in bytes.
    // <generated ImageView>
    final int dtype;
    final long[] shape;
    final long[] strides;
    final long offset;
    final double valueScale;
    final double valueOffset;
    // </generated>

    /**
     * @param planes where the pixels are
     * @param type of the pixels
     * @param shape T, Z, C, Y, X of the region, each at least 1
     * @param rowPixels pixels in a row of the whole plane
     * @param firstPixel index of the region's first pixel in the plane's array
     */
    public ImageView(Planes planes, PixelType type, long[] shape, long rowPixels, long firstPixel)
    {
        long row = Math.multiplyExact(rowPixels, type.size);
        long offset = Math.multiplyExact(firstPixel, type.size);
        Math.addExact(offset, Math.multiplyExact(shape[3], row));
        this.planes = planes;
        this.dtype = type.code;
        this.shape = shape.clone();
        this.strides = new long[] { 0, 0, 0, row, type.size };
        this.offset = offset;
        this.valueScale = 1;
        this.valueOffset = 0;
    }

    private ImageView(ImageView pixels, double valueScale, double valueOffset)
    {
        this.planes = pixels.planes;
        this.dtype = pixels.dtype;
        this.shape = pixels.shape;
        this.strides = pixels.strides;
        this.offset = pixels.offset;
        this.valueScale = valueScale;
        this.valueOffset = valueOffset;
    }

    /**
     * The same pixels with other values, those that a person sees: pixel * scale + offset. Statistics, networks and outputs work in
     * values; a pixel of an output is (value - offset) / scale, rounded and clipped. Not for RGB and labels.
     *
     * @param scale value of a step of the pixels, not 0; 1 where only the offset differs
     * @param offset value of the pixel 0: -32768 for signed 16-bit images
     */
    public ImageView withValues(double scale, double offset)
    {
        return new ImageView(this, scale, offset);
    }

    /** @return these pixels with the values of another view's, for an output that takes the place of its input */
    public ImageView withValuesOf(ImageView other)
    {
        return new ImageView(this, other.valueScale, other.valueOffset);
    }

    /** A whole plane. */
    public static ImageView of(Object array, PixelType type, int height, int width)
    {
        return new ImageView(index -> array, type, new long[] { 1, 1, 1, height, width }, width, 0);
    }
}
