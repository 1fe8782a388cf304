package org.biodl.jni;

import java.util.List;

/** What an output of a run will be. */
public final class PlannedOutput
{
    public final String name;
    /** That the model gives, by NumPy's name, such as "float32". */
    public final String dataType;
    /** As many as channels, "" where the model has no name for one. */
    public final List<String> channelNames;
    public final OutputKind kind;
    /** Values in the input's own unit, so that its pixel type fits. */
    public final boolean restoresInput;
    /**
     * That fits: the image's own for restored inputs, else by what the model says; null for 32-bit whole numbers, which Java's images have
     * not.
     */
    public final PixelType type;
    /** T, Z, C, Y, X. */
    public final long[] shape;
    /** Pixels of the input for one of the output along z, y, x. */
    public final double[] pixelPitch;
    /** Centre of the first pixel in pixels of the input, along z, y, x. */
    public final double[] origin;

    // <generated PlannedOutput>
    PlannedOutput(int kind, long[] shape, int restoresInput, int type, byte[] name, byte[] dataType, byte[] channelNames,
        double[] pixelPitch, double[] origin)
    {
        this.kind = OutputKind.of(kind);
        this.shape = shape;
        this.restoresInput = restoresInput != 0;
        this.type = PixelType.of(type);
        this.name = Text.of(name);
        this.dataType = Text.of(dataType);
        this.channelNames = Text.names(channelNames);
        this.pixelPitch = pixelPitch;
        this.origin = origin;
    }
    // </generated>
}
