package org.biodl.image;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.measure.CurveFitter;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;

/**
 * The values that ImageJ shows for the pixels of an image: pixel * scale + offset. Signed 16-bit images are the ones that are best known:
 * their pixels are unsigned, with the offset -32768. A network must see the values that the user sees.
 */
public final class PixelValues
{
    /** Pixels that are their own values. */
    static final PixelValues PLAIN = new PixelValues(1, 0);

    public final double scale;
    public final double offset;

    private PixelValues(double scale, double offset)
    {
        this.scale = scale;
        this.offset = offset;
    }

    /**
     * @param image of any type; only pixels of 8 and 16 bits have a function in ImageJ
     * @throws BioDLException naming a calibration function that is no straight line
     */
    public static PixelValues of(ImagePlus image)
    {
        Calibration calibration = image.getCalibration();
        boolean whole = image.getType() == ImagePlus.GRAY8 || image.getType() == ImagePlus.GRAY16;
        if (!whole || !calibration.calibrated())
            return PLAIN;
        double[] line = calibration.getCoefficients();
        if (calibration.getFunction() != Calibration.STRAIGHT_LINE || line == null || line[1] == 0)
            throw refusal(image, name(calibration.getFunction()));
        double most = image.getType() == ImagePlus.GRAY8 ? 255 : 65_535;
        if (calibration.zeroClip() && Math.min(line[0], line[0] + most * line[1]) < 0)
            throw refusal(image, "Straight Line, negative values shown as 0");
        return new PixelValues(line[1], line[0]);
    }

    /** @return whether pixels are their own values */
    public boolean isPlain()
    {
        return scale == 1 && offset == 0;
    }

    /** @return the value of a pixel */
    public double of(double pixel)
    {
        return pixel * scale + offset;
    }

    /** @return the same pixels, known by their values */
    ImageView in(ImageView pixels)
    {
        return isPlain() ? pixels : pixels.withValues(scale, offset);
    }

    private static String name(int function)
    {
        if (function == Calibration.UNCALIBRATED_OD)
            return "Uncalibrated OD";
        return function < 0 || function == Calibration.CUSTOM || function >= CurveFitter.fitList.length ? "Custom table"
            : CurveFitter.fitList[function];
    }

    private static BioDLException refusal(ImagePlus image, String function)
    {
        return new BioDLException(BioDLException.INVALID_ARGUMENT, "The pixel values of '" + image.getTitle()
            + "' are shown through a calibration function that is no straight line (" + function + ").",
            "Convert the image with Image > Type > 32-bit, which keeps the values that you see; or remove the function with "
                + "Analyze > Calibrate (None).");
    }
}
