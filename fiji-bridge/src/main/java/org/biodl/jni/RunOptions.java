package org.biodl.jni;

import java.awt.Rectangle;

/** How to run a network. Null means: the model's own, or all. */
public final class RunOptions
{
    /** False when the pixels are normalised already: the model's preprocessing is left out, and scaling back. */
    public boolean normalize = true;
    /** Percentiles in percent, 0 to 100, in place of the model's own: both or none. */
    public Double percentileLow;
    public Double percentileHigh;
    /** Whether outputs that are restored inputs come in the image's own unit. */
    public boolean scaleBack = true;
    /** Side of a tile in pixels, halo included; 0 for automatic. */
    public int tile;
    /** "auto", "cpu", "cuda:0". */
    public String device = "auto";
    /** Bytes that tiles may take; 0: a part of what is free. */
    public long memoryLimit;
    /** For each input the 0-based channels of the image that it sees; null: all of them. */
    public int[][] channels;
    /** Only this part of each plane is computed, and outputs have its size; statistics stay those of the whole image. Null: all. */
    public Rectangle region;

    /** What the native side reads. */
    static final class Struct
    {
        // <generated Struct>
        final int normalize;
        final double percentileLow;
        final double percentileHigh;
        final int scale;
        final int tile;
        final byte[] device;
        final long memoryLimit;
        final int[][] channels;
        final long[] region;
        // </generated>

        Struct(RunOptions o)
        {
            if ((o.percentileLow == null) != (o.percentileHigh == null))
                throw new BioDLException(BioDLException.INVALID_ARGUMENT, "Only one of the two percentiles was given.", "Give both, or none.");
            Rectangle r = o.region == null ? new Rectangle() : o.region;
            normalize = o.normalize ? 0 : 1;
            percentileLow = o.percentileLow == null ? 0 : o.percentileLow;
            percentileHigh = o.percentileHigh == null ? 0 : o.percentileHigh;
            scale = o.scaleBack ? 0 : 1;
            tile = o.tile;
            device = Text.bytes(o.device);
            memoryLimit = o.memoryLimit;
            channels = o.channels;
            region = new long[] { r.y, r.x, r.height, r.width };
        }
    }
}
