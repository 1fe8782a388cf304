package org.biodl.jni;

import java.util.List;

/** What an output of a run will be. */
public final class PlannedOutput
{
    static final int TEXTS = 3;
    static final int NUMBERS = 14;

    public final String name;
    /** That the model gives, by NumPy's name, such as "float32". */
    public final String dataType;
    /** As many as channels, "" where the model has no name for one. */
    public final List<String> channelNames;
    public final OutputKind kind;
    /** Values in the input's own unit, so that its pixel type fits. */
    public final boolean restoresInput;
    /** That fits: the image's own for restored inputs, else by what the model says; null for 32-bit whole numbers, which Java's images have not. */
    public final PixelType type;
    /** T, Z, C, Y, X. */
    public final long[] shape;
    /** Pixels of the input for one of the output along z, y, x. */
    public final double[] pixelPitch;
    /** Centre of the first pixel in pixels of the input, along z, y, x. */
    public final double[] origin;

    PlannedOutput(String[] texts, double[] n)
    {
        name = texts[0];
        dataType = texts[1];
        kind = OutputKind.of(n[0]);
        restoresInput = n[1] != 0;
        type = PixelType.of((int) n[2]);
        shape = new long[] { (long) n[3], (long) n[4], (long) n[5], (long) n[6], (long) n[7] };
        pixelPitch = new double[] { n[8], n[9], n[10] };
        origin = new double[] { n[11], n[12], n[13] };
        channelNames = Text.named(texts[2], (int) shape[2]);
    }
}
