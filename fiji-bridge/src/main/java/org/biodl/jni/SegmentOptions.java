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
    /** "auto", "cpu", "cuda:0". */
    public String device = "auto";

    long[] integers()
    {
        return new long[] { normalize ? 0 : 1, integerVertices ? 1 : 0, uniqueLabels ? 1 : 0, border == MODEL_BORDER ? 0 : border == 0 ? -1 : border, tile, 0 };
    }

    /** Percentiles not given are the model's own: the library takes both or none. */
    double[] numbers(ModelInfo model)
    {
        double low = 0;
        double high = 0;
        if (percentileLow != null || percentileHigh != null)
        {
            low = percentileLow != null ? percentileLow : model.percentileLow;
            high = percentileHigh != null ? percentileHigh : model.percentileHigh;
        }
        return new double[] { low, high, threshold(probability), threshold(overlap) };
    }

    /** 0 means default to the library, and -1 exactly zero. */
    private static double threshold(Double value)
    {
        return value == null ? 0 : value == 0 ? -1 : value;
    }
}
