package org.biodl.jni;

/** Which star-convex candidates are objects. Null means: the model's own. */
public final class StarOptions
{
    /** The border that the model's description gives. */
    public static final int MODEL_BORDER = -1;

    /** 0 to 1: an object needs more than this. */
    public Double probability;
    /** 0 to 1: the part of the smaller object that two may share. */
    public Double overlap;
    /** Cut vertices to whole pixels before comparing polygons, as the reference implementation does. */
    public boolean integerVertices;
    /** No label twice in a series, instead of starting at 1 in every plane. */
    public boolean uniqueLabels;
    /** Candidates this close to the border are left out, in cells of the network's grid; 0 for none. */
    public int border = MODEL_BORDER;

    /** What the native side reads. */
    static final class Struct
    {
        // <generated Struct>
        final int vertices;
        final double probThreshold;
        final double overlapThreshold;
        final int labelScope;
        final int border;
        // </generated>

        Struct(StarOptions o)
        {
            vertices = o.integerVertices ? 1 : 0;
            probThreshold = threshold(o.probability);
            overlapThreshold = threshold(o.overlap);
            labelScope = o.uniqueLabels ? 1 : 0;
            border = o.border == MODEL_BORDER ? 0 : o.border == 0 ? -1 : o.border;
        }

        /** 0 means default to the library, and -1 exactly zero. */
        private static double threshold(Double value)
        {
            return value == null ? 0 : value == 0 ? -1 : value;
        }
    }
}
