package org.biodl.jni;

/** How to segment. Null means: the model's own, or the default. */
public final class SegmentOptions
{
    /** False when the pixels are normalised already. */
    public boolean normalize = true;
    /** Percentiles in percent, 0 to 100. */
    public Double percentileLow;
    public Double percentileHigh;
    /** 0 to 1: an object needs more than this. */
    public Double probability;
    /** 0 to 1: the part of the smaller object that two may share. */
    public Double overlap;
    /** Cut vertices to whole pixels before comparing polygons, as the reference implementation does. */
    public boolean integerVertices;
    /** No label twice in a series, instead of starting at 1 in every plane. */
    public boolean uniqueLabels;
    /** The border that the model's description gives. */
    public static final int MODEL_BORDER = -1;
    /** Candidates this close to the border are left out, in cells of the network's grid; 0 for none. */
    public int border = MODEL_BORDER;
    /** Side of a tile in pixels, 0 for automatic. */
    public int tile;
    /** Bytes that tiles may take; 0: a part of what is free. */
    public long memoryLimit;
    /** "auto", "cpu", "cuda:0". */
    public String device = "auto";

    /** What the native side reads. Percentiles not given are the model's own: the library takes both or none. */
    static final class Struct
    {
        // <generated Struct>
        final int normalize;
        final double percentileLow;
        final double percentileHigh;
        final double probThreshold;
        final double overlapThreshold;
        final int vertices;
        final int labelScope;
        final int border;
        final int tile;
        final byte[] device;
        final ImageView mask;
        final long memoryLimit;
        // </generated>

        Struct(SegmentOptions o, ImageView mask, ModelInfo model)
        {
            boolean given = o.percentileLow != null || o.percentileHigh != null;
            normalize = o.normalize ? 0 : 1;
            percentileLow = !given ? 0 : o.percentileLow != null ? o.percentileLow : model.percentileLow;
            percentileHigh = !given ? 0 : o.percentileHigh != null ? o.percentileHigh : model.percentileHigh;
            probThreshold = threshold(o.probability);
            overlapThreshold = threshold(o.overlap);
            vertices = o.integerVertices ? 1 : 0;
            labelScope = o.uniqueLabels ? 1 : 0;
            border = o.border == MODEL_BORDER ? 0 : o.border == 0 ? -1 : o.border;
            tile = o.tile;
            device = Text.bytes(o.device);
            this.mask = mask;
            memoryLimit = o.memoryLimit;
        }

        /** 0 means default to the library, and -1 exactly zero. */
        private static double threshold(Double value)
        {
            return value == null ? 0 : value == 0 ? -1 : value;
        }
    }
}
