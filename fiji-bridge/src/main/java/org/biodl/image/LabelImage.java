package org.biodl.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;
import org.biodl.jni.SegmentedObjects;

/** Makes the label image of a run: as large as the source, with its calibration and slice labels, 0 where nothing is. */
final class LabelImage
{
    /** Labels that 16 bits can hold. */
    static final long LARGEST_16_BIT = 65_535;

    private LabelImage()
    {
    }

    /**
     * @param channel 0-based, whose slice labels it gets
     * @return an image that is whole but not shown: 16-bit where the labels fit, else 32-bit
     */
    static ImagePlus create(SegmentedObjects objects, ImageSource source, int channel)
    {
        PixelType type = objects.largestLabel() <= LARGEST_16_BIT ? PixelType.UINT16 : PixelType.FLOAT32;
        ImageStack stack = new ImageStack(source.width, source.height);
        int pixels = source.width * source.height;
        for (int t = 0; t < source.planes.frames; t++)
            for (int z = 0; z < source.planes.slices; z++)
                stack.addSlice(source.planes.stackSize() == 1 ? null : source.sliceLabel(t, z, channel),
                    type == PixelType.UINT16 ? (Object) new short[pixels] : new float[pixels]);
        objects.render(view(stack, type, source));
        ImagePlus image = new ImagePlus(title(source.title), stack);
        image.setDimensions(1, source.planes.slices, source.planes.frames);
        image.setOpenAsHyperStack(source.planes.slices > 1 && source.planes.frames > 1);
        image.setCalibration(calibration(source.calibration));
        image.setLut(LabelLut.create());
        image.setDisplayRange(0, Math.max(255, objects.largestLabel()));
        return image;
    }

    /** @return bytes that it takes at least; twice as many when there are more labels than 16 bits can hold */
    static long bytes(ImageSource source)
    {
        return (long) source.planes.frames * source.planes.slices * source.width * source.height * PixelType.UINT16.bytes();
    }

    private static ImageView view(ImageStack stack, PixelType type, ImageSource source)
    {
        return new ImageView(plane -> stack.getPixels((int) plane + 1), type,
            new long[] { source.planes.frames, source.planes.slices, 1, source.height, source.width }, source.width, 0);
    }

    /** Lengths and times are those of the source; pixel values are no longer intensities. */
    private static Calibration calibration(Calibration of)
    {
        Calibration calibration = (Calibration) of.clone();
        calibration.disableDensityCalibration();
        return calibration;
    }

    static String title(String source)
    {
        int dot = source.lastIndexOf('.');
        return (dot > 0 && source.length() - dot <= 5 ? source.substring(0, dot) : source) + "-labels";
    }
}
