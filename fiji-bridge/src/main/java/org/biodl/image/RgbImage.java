package org.biodl.image;

import ij.ImageStack;
import org.biodl.run.ResultPlanes;

/** Three channels that are red, green and blue as packed RGB. */
public final class RgbImage
{
    /** How far a network's output may leave the range that it was trained for, as a part of the range. */
    private static final double SLACK = 0.25;

    /** What the values of an output mean. */
    public enum Range
    {
        /** 0 is black and 1 is full. */
        UNIT(0, 1, "0 to 1"),
        /** -1 is black and 1 is full, as networks that end in tanh give it. */
        SIGNED(-1, 1, "-1 to 1"),
        /** 0 is black and 255 is full. */
        BYTES(0, 255, "0 to 255");

        final double low;
        final double high;
        private final String _text;

        Range(double low, double high, String text)
        {
            this.low = low;
            this.high = high;
            _text = text;
        }

        /** @return "0 to 1" */
        public String text()
        {
            return _text;
        }
    }

    private RgbImage()
    {
    }

    /** @return the narrowest range that the values of three float channels fit in, over all planes */
    public static Range range(ResultPlanes planes)
    {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Object array : planes.arrays())
            for (float value : (float[]) array)
            {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        boolean small = high <= 1 + 2 * SLACK && low >= -1 - 2 * SLACK;
        return !small ? Range.BYTES : low < -SLACK ? Range.SIGNED : Range.UNIT;
    }

    /** @return packed planes of the same slices and frames; values beyond the range are clipped */
    static ImageStack stack(ResultPlanes planes, Range range)
    {
        ImageStack stack = new ImageStack(planes.width(), planes.height());
        for (int t = 0; t < planes.frames(); t++)
            for (int z = 0; z < planes.slices(); z++)
                stack.addSlice(null, pack(planes, t, z, range));
        return stack;
    }

    private static int[] pack(ResultPlanes planes, int t, int z, Range range)
    {
        float[] red = (float[]) planes.plane(t, z, 0);
        float[] green = (float[]) planes.plane(t, z, 1);
        float[] blue = (float[]) planes.plane(t, z, 2);
        double gain = 255 / (range.high - range.low);
        int[] packed = new int[red.length];
        for (int i = 0; i < packed.length; i++)
            packed[i] = 0xFF000000 | level(red[i], range, gain) << 16 | level(green[i], range, gain) << 8 | level(blue[i], range, gain);
        return packed;
    }

    private static int level(float value, Range range, double gain)
    {
        return (int) Math.max(0, Math.min(255, Math.rint((value - range.low) * gain)));
    }
}
