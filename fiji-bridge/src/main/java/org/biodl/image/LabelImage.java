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

    /** @return an image that is whole but not shown: 16-bit where the labels fit, else 32-bit */
    static ImagePlus create(SegmentedObjects objects, SegmentedPart part)
    {
        ImageSource source = part.source;
        PixelType type = objects.largestLabel() <= LARGEST_16_BIT ? PixelType.UINT16 : PixelType.FLOAT32;
        ImageStack stack = new ImageStack(source.width, source.height);
        int pixels = source.width * source.height;
        for (int t = 0; t < source.frames; t++)
            for (int z = 0; z < source.slices; z++)
                stack.addSlice(part.sliceLabel(t, z), type == PixelType.UINT16 ? (Object) new short[pixels] : new float[pixels]);
        objects.render(view(stack, type, part));
        ImagePlus image = new ImagePlus(title(source.title), stack);
        image.setDimensions(1, source.slices, source.frames);
        image.setOpenAsHyperStack(source.slices > 1 && source.frames > 1);
        image.setCalibration(calibration(source.calibration));
        image.setLut(LabelLut.create());
        image.setDisplayRange(0, Math.max(255, objects.largestLabel()));
        return image;
    }

    private static ImageView view(ImageStack stack, PixelType type, SegmentedPart part)
    {
        return new ImageView(plane -> stack.getPixels((int) plane + 1), type,
            new long[] { part.source.frames, part.source.slices, 1, part.bounds.height, part.bounds.width }, part.source.width,
            (long) part.bounds.y * part.source.width + part.bounds.x);
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
