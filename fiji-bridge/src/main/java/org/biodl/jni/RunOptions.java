package org.biodl.jni;

import java.awt.Rectangle;
import java.util.List;

/** How to run a network, whatever becomes of its outputs. Null means: the model's own, or all. */
public final class RunOptions
{
    /** False when the pixels are normalised already: the model's preprocessing is left out, and scaling back. */
    public boolean normalize = true;
    /** Percentiles in percent, 0 to 100, in place of the model's own. */
    public Double percentileLow;
    public Double percentileHigh;
    /**
     * Low and high value at the percentiles, a pair for each channel of the first input or one for all, taken from a whole of which the
     * image
     * is a block: blocks run apart then agree. Null: taken from the image.
     */
    public double[][] percentileValues;
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
    /**
     * Only this part of each plane is computed: outputs have its size, objects have their centroid in it; statistics stay those of the
     * whole image. Null: all.
     */
    public Rectangle region;
    /**
     * UINT8, one plane as large as the image's: tiles that own no non-zero pixel are not computed, objects have their centroid on one.
     * Null: all.
     */
    public ImageView mask;
    /** Micrometres from one pixel to the next along z, y, x, for the account; 0 where not known. */
    public double[] pixelSize = new double[3];
    /** Dark objects on a bright ground count as bright ones on a dark ground; restored outputs are turned back. */
    public boolean darkObjects;
    /**
     * The network sees the image resampled by this factor along y and x, 1/64 to 64; objects, labels and outputs keep the image's own
     * pixels. 0: as it is.
     */
    public double scale;
    /** Diameter of the image's objects in its pixels, in place of a scale: brings the image to the model's objectDiameter. 0: not given. */
    public double objectDiameter;
    /** Of the first image, one for each channel, "" where one has none: compared with what the model was made for. Null: not known. */
    public List<String> channelNames;

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
        final ImageView mask;
        final double[][] percentileValues;
        final double[] pixelSize;
        final int darkObjects;
        final byte[] channelNames;
        final double imageScale;
        final double objectDiameter;
        // </generated>

        /** A percentile that is not given is the model's own. */
        Struct(RunOptions o, ModelInfo model)
        {
            boolean percentiles = o.percentileLow != null || o.percentileHigh != null;
            if (percentiles && (o.percentileLow == null || o.percentileHigh == null) && model.percentileHigh == 0)
                throw new BioDLException(BioDLException.INVALID_ARGUMENT, "Only one of the two percentiles was given, and " + model.name
                    + " has none.", "Give both, or none.");
            Rectangle r = o.region == null ? new Rectangle() : o.region;
            normalize = o.normalize ? 0 : 1;
            percentileLow = !percentiles ? 0 : o.percentileLow != null ? o.percentileLow : model.percentileLow;
            percentileHigh = !percentiles ? 0 : o.percentileHigh != null ? o.percentileHigh : model.percentileHigh;
            percentileValues = o.percentileValues;
            scale = o.scaleBack ? 0 : 1;
            tile = o.tile;
            device = Text.bytes(o.device);
            memoryLimit = o.memoryLimit;
            channels = o.channels;
            region = new long[] { r.y, r.x, r.height, r.width };
            mask = o.mask;
            pixelSize = o.pixelSize.clone();
            darkObjects = o.darkObjects ? 1 : 0;
            imageScale = o.scale;
            objectDiameter = o.objectDiameter;
            channelNames = o.channelNames == null ? null : Text.bytes(String.join("\n", o.channelNames));
        }
    }
}
