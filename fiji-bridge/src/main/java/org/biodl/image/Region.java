package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import java.awt.Rectangle;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;
import org.biodl.jni.RunOptions;

/**
 * The part of an image to work on: a rectangle inside it and, for other shapes, which of its pixels. It says where results are wanted;
 * statistics and the network's view are those of whole planes, so that a selection changes no result inside it.
 */
public final class Region
{
    /** Inside the image, never empty; in pixels. */
    public final Rectangle bounds;
    /** One byte a pixel of the bounds, non-zero inside; null for all. */
    public final byte[] mask;
    private final int _width;
    private final int _height;

    private Region(Rectangle bounds, byte[] mask, int width, int height)
    {
        this.bounds = bounds;
        this.mask = mask;
        _width = width;
        _height = height;
    }

    /**
     * The selection of an image, or the whole image where it has none. Lines, angles and points enclose nothing and count as none, as they
     * do for ImageJ's filters.
     *
     * @throws BioDLException when the selection lies outside of the image
     */
    public static Region of(ImagePlus image)
    {
        Rectangle all = new Rectangle(image.getWidth(), image.getHeight());
        Roi roi = image.getRoi();
        if (roi == null || !roi.isArea())
            return new Region(all, null, all.width, all.height);
        Rectangle outer = roi.getBounds();
        Rectangle bounds = outer.intersection(all);
        if (bounds.isEmpty())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The selection lies outside of the image '" + image.getTitle() + "'.",
                "Move the selection, or remove it with Edit > Selection > Select None.");
        ImageProcessor shape = roi.getMask();
        return new Region(bounds, shape == null ? null : crop((byte[]) shape.getPixels(), outer, bounds), all.width, all.height);
    }

    /** @return the part of this region that lies in a rectangle of the image; one without a pixel where there is none */
    public Region within(Rectangle visible)
    {
        Rectangle part = bounds.intersection(visible);
        if (part.isEmpty())
            return new Region(new Rectangle(bounds.x, bounds.y, 1, 1), new byte[1], _width, _height);
        return new Region(part, mask == null ? null : crop(mask, bounds, part), _width, _height);
    }

    /** @return whether it is the whole image */
    public boolean isWhole()
    {
        return mask == null && bounds.width == _width && bounds.height == _height;
    }

    /** @return "only inside the selection (96 x 48)", "" for a whole image */
    public String text()
    {
        return isWhole() ? "" : "only inside the selection (" + bounds.width + " x " + bounds.height + ")";
    }

    /** Look for objects in this region only; each is the one that a run over the whole image finds. */
    void limit(RunOptions options)
    {
        if (isWhole())
            return;
        options.region = bounds;
        if (mask == null)
            return;
        byte[] plane = new byte[Math.multiplyExact(_width, _height)];
        for (int y = 0; y < bounds.height; y++)
            System.arraycopy(mask, y * bounds.width, plane, (bounds.y + y) * _width + bounds.x, bounds.width);
        options.mask = ImageView.of(plane, PixelType.UINT8, _height, _width);
    }

    private static byte[] crop(byte[] from, Rectangle outer, Rectangle inner)
    {
        byte[] part = new byte[inner.width * inner.height];
        for (int y = 0; y < inner.height; y++)
            System.arraycopy(from, (inner.y - outer.y + y) * outer.width + inner.x - outer.x, part, y * inner.width, inner.width);
        return part;
    }
}
