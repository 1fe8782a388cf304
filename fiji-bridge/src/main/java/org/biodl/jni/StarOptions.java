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
    /** An object has the number of its track, so that a nucleus keeps its label; needs a link. */
    public boolean trackLabels;
    /** Along what objects that show the same nucleus are linked to tracks. */
    public Link link = Link.NONE;
    /** IoU that a link needs, above 0 to 1; null for 0.25. */
    public Double linkOverlap;
    /** Leave out objects with a pixel in the first or last row or column of the image. */
    public boolean excludeEdges;
    /** Pixels of its label that an object has at least and at most, before it grows; 0 for no limit. */
    public double minArea;
    public double maxArea;
    /** Pixels by which labels grow into the background, 0 to 1000: nuclei to cells. */
    public double grow;
    /** Labels are what they grew by, without the object inside. */
    public boolean rings;
    /**
     * Receive what the network predicts, of whole planes: probabilities, and distances with a channel for each ray. With the sizes of a
     * plan without region; null when not wanted.
     */
    public ImageView probabilityMap;
    public ImageView distanceMap;
    /** Candidates this close to the border are left out, in cells of the network's grid; 0 for none. */
    public int border = MODEL_BORDER;

    /**
     * Where the image's first pixel is in a whole of which it is a block: vertices are rounded as in the whole, so that blocks computed
     * apart agree to the bit. Coordinates stay the image's own.
     */
    public long originY;
    public long originX;

    /** Through what objects are linked. */
    public enum Link
    {
        NONE, FRAMES, SLICES
    }

    /** 0 means default to the library, and -1 exactly zero. */
    static double threshold(Double value)
    {
        return value == null ? 0 : value == 0 ? -1 : value;
    }

    /** What the native side reads. */
    static final class Struct
    {
        // <generated Struct>
        final int vertices;
        final double probThreshold;
        final double overlapThreshold;
        final int labelScope;
        final int border;
        final int excludeEdges;
        final int rings;
        final double minArea;
        final double maxArea;
        final double grow;
        final int link;
        final double linkOverlap;
        final ImageView probability;
        final ImageView distances;
        final long[] origin;
        // </generated>

        Struct(StarOptions o)
        {
            vertices = o.integerVertices ? 1 : 0;
            probThreshold = threshold(o.probability);
            overlapThreshold = threshold(o.overlap);
            labelScope = o.trackLabels ? 2 : o.uniqueLabels ? 1 : 0;
            border = o.border == MODEL_BORDER ? 0 : o.border == 0 ? -1 : o.border;
            excludeEdges = o.excludeEdges ? 1 : 0;
            rings = o.rings ? 1 : 0;
            minArea = o.minArea;
            maxArea = o.maxArea;
            grow = o.grow;
            link = o.link.ordinal();
            linkOverlap = o.linkOverlap == null ? 0 : o.linkOverlap;
            probability = o.probabilityMap;
            distances = o.distanceMap;
            origin = new long[] { o.originY, o.originX };
        }
    }
}
