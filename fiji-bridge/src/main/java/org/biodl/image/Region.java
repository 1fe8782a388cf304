package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import java.awt.Rectangle;
import org.biodl.jni.BioDLException;

/** The part of an image to work on: a rectangle inside it and, for other shapes, which of its pixels. */
public final class Region
{
    /** Inside the image, never empty; in pixels. */
    public final Rectangle bounds;
    /** One byte a pixel of the bounds, non-zero inside; null for all. */
    public final byte[] mask;

    private Region(Rectangle bounds, byte[] mask)
    {
        this.bounds = bounds;
        this.mask = mask;
    }

    /**
     * The selection of an image, or the whole image where it has none. Lines and points enclose nothing and count as none.
     *
     * @throws BioDLException when the selection lies outside of the image
     */
    public static Region of(ImagePlus image)
    {
        Rectangle all = new Rectangle(image.getWidth(), image.getHeight());
        Roi roi = image.getRoi();
        if (roi == null || !roi.isArea())
            return new Region(all, null);
        Rectangle outer = roi.getBounds();
        Rectangle bounds = outer.intersection(all);
        if (bounds.isEmpty())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The selection lies outside of the image '" + image.getTitle() + "'.",
                "Move the selection, or remove it with Edit > Selection > Select None.");
        ImageProcessor shape = roi.getMask();
        return new Region(bounds, shape == null ? null : crop(shape, outer, bounds));
    }

    /** The part of this region that lies in a rectangle of the image, as a mask over the same bounds. */
    public Region within(Rectangle visible)
    {
        Rectangle part = bounds.intersection(visible);
        byte[] inside = new byte[bounds.width * bounds.height];
        for (int y = part.y - bounds.y; y < part.y - bounds.y + part.height; y++)
            for (int x = part.x - bounds.x; x < part.x - bounds.x + part.width; x++)
                inside[y * bounds.width + x] = mask == null ? 1 : mask[y * bounds.width + x];
        return new Region(bounds, inside);
    }

    private static byte[] crop(ImageProcessor shape, Rectangle outer, Rectangle inner)
    {
        byte[] all = (byte[]) shape.getPixels();
        byte[] part = new byte[inner.width * inner.height];
        for (int y = 0; y < inner.height; y++)
            System.arraycopy(all, (inner.y - outer.y + y) * outer.width + inner.x - outer.x, part, y * inner.width, inner.width);
        return part;
    }
}
