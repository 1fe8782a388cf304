package org.biodl.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;
import org.biodl.jni.SegmentedObjects;

/** Makes the label image of a run: as large as the source, with its calibration and slice labels, 0 where nothing is. */
public final class LabelImage
{
    /** Labels that 16 bits can hold. */
    static final long Largest16Bit = 65_535;

    private LabelImage()
    {
    }

    /** @return an image that is whole but not shown: 16-bit where the labels fit, else 32-bit */
    public static ImagePlus create(SegmentedObjects objects, ImageSource source)
    {
        PixelType type = objects.largestLabel() <= Largest16Bit ? PixelType.UINT16 : PixelType.FLOAT32;
        ImageStack stack = new ImageStack(source.width, source.height);
        int pixels = source.width * source.height;
        for (int t = 0; t < source.frames; t++)
            for (int z = 0; z < source.slices; z++)
                stack.addSlice(sliceLabel(source, t, z), type == PixelType.UINT16 ? (Object) new short[pixels] : new float[pixels]);
        objects.render(view(stack, type, source));
        ImagePlus image = new ImagePlus(title(source.title), stack);
        image.setDimensions(1, source.slices, source.frames);
        image.setOpenAsHyperStack(source.slices > 1 && source.frames > 1);
        image.setCalibration(calibration(source.calibration));
        image.setLut(LabelLut.create());
        image.setDisplayRange(0, Math.max(255, objects.largestLabel()));
        return image;
    }

    private static ImageView view(ImageStack stack, PixelType type, ImageSource source)
    {
        java.awt.Rectangle bounds = source.region.bounds;
        return new ImageView(plane -> stack.getPixels((int) plane + 1), type,
            new long[] { source.frames, source.slices, 1, bounds.height, bounds.width }, source.width,
            (long) bounds.y * source.width + bounds.x);
    }

    /** Lengths and times are those of the source; pixel values are no longer intensities. */
    private static Calibration calibration(Calibration of)
    {
        Calibration calibration = (Calibration) of.clone();
        calibration.disableDensityCalibration();
        return calibration;
    }

    private static String sliceLabel(ImageSource source, int frame, int slice)
    {
        ImageStack stack = source.image.getStack();
        return stack == null || stack.getSize() == 1 ? null : stack.getSliceLabel(source.stackIndex(frame, slice));
    }

    static String title(String source)
    {
        int dot = source.lastIndexOf('.');
        return (dot > 0 && source.length() - dot <= 5 ? source.substring(0, dot) : source) + "-labels";
    }
}
