package org.biodl.jni;

/**
 * The objects a run found, by plane and then by falling probability. Pixel coordinates: 0 is the centre of the first pixel of the
 * segmented region.
 */
public final class SegmentedObjects implements AutoCloseable
{
    private final Handle _handle;
    private final Columns _columns;
    private final int _rays;
    private final float[] _vertices;
    private final RunReport _report;

    SegmentedObjects(long handle)
    {
        _handle = new Handle(handle, SegmentedObjects::destroy);
        _rays = rays(handle);
        _vertices = vertices(handle);
        _columns = columns(handle);
        _report = describe(handle);
    }

    /** The objects behind a handle, which is given back when they are more than Java has memory for. */
    static SegmentedObjects of(long handle)
    {
        try
        {
            return new SegmentedObjects(handle);
        }
        catch (RuntimeException | Error e)
        {
            destroy(handle);
            throw e;
        }
    }

    /** An array for each value of an object. */
    static final class Columns
    {
        // <generated Columns>
        final long[] label;
        final int[] frame;
        final int[] slice;
        final float[] probability;
        final float[] centerY;
        final float[] centerX;
        final int[] top;
        final int[] left;
        final int[] bottom;
        final int[] right;
        final double[] area;
        final float[] centerZ;
        final int[] firstSlice;
        final int[] lastSlice;
        final long[] pixels;
        final double[] centroidY;
        final double[] centroidX;
        final double[] centroidZ;
        final long[] track;
        final int[] touchesEdge;
        final int[] classId;

        Columns(long[] label, int[] frame, int[] slice, float[] probability, float[] centerY, float[] centerX, int[] top, int[] left,
            int[] bottom, int[] right, double[] area, float[] centerZ, int[] firstSlice, int[] lastSlice, long[] pixels, double[] centroidY,
            double[] centroidX, double[] centroidZ, long[] track, int[] touchesEdge, int[] classId)
        {
            this.label = label;
            this.frame = frame;
            this.slice = slice;
            this.probability = probability;
            this.centerY = centerY;
            this.centerX = centerX;
            this.top = top;
            this.left = left;
            this.bottom = bottom;
            this.right = right;
            this.area = area;
            this.centerZ = centerZ;
            this.firstSlice = firstSlice;
            this.lastSlice = lastSlice;
            this.pixels = pixels;
            this.centroidY = centroidY;
            this.centroidX = centroidX;
            this.centroidZ = centroidZ;
            this.track = track;
            this.touchesEdge = touchesEdge;
            this.classId = classId;
        }
        // </generated>
    }

    /** @return how many there are */
    public int count()
    {
        return _columns.label.length;
    }

    /** @return the value of object i in the label image, from 1 */
    public long label(int i)
    {
        return _columns.label[i];
    }

    /** @return the largest label, 0 when there are no objects */
    public long largestLabel()
    {
        long largest = 0;
        for (long label : _columns.label)
            largest = Math.max(largest, label);
        return largest;
    }

    /** @return 0-based frame among those segmented */
    public int frame(int i)
    {
        return _columns.frame[i];
    }

    /** @return 0-based slice among those segmented */
    public int slice(int i)
    {
        return _columns.slice[i];
    }

    /** @return top, left, bottom, right of object i's pixels; bottom and right excluded */
    public int[] box(int i)
    {
        return new int[] { _columns.top[i], _columns.left[i], _columns.bottom[i], _columns.right[i] };
    }

    /** @return 0 to 1 */
    public float probability(int i)
    {
        return _columns.probability[i];
    }

    /** @return x of its star's centre, the point it was predicted from */
    public float centerX(int i)
    {
        return _columns.centerX[i];
    }

    /** @return y of its star's centre, the point it was predicted from */
    public float centerY(int i)
    {
        return _columns.centerY[i];
    }

    /** @return slices, 0 the centre of the first; of an object found in one slice, that slice */
    public float centerZ(int i)
    {
        return _columns.centerZ[i];
    }

    /** @return 0-based first slice that has a part of it; of an object found in one slice, that slice */
    public int firstSlice(int i)
    {
        return _columns.firstSlice[i];
    }

    /** @return 0-based last slice that has a part of it */
    public int lastSlice(int i)
    {
        return _columns.lastSlice[i];
    }

    /** @return pixels of object i's label, inside the image and without what more probable objects cover: its area in square pixels */
    public long pixels(int i)
    {
        return _columns.pixels[i];
    }

    /** @return x of the centroid of its label's pixels */
    public double centroidX(int i)
    {
        return _columns.centroidX[i];
    }

    /** @return y of the centroid of its label's pixels */
    public double centroidY(int i)
    {
        return _columns.centroidY[i];
    }

    /** @return z of the centroid of its label's pixels, in slices */
    public double centroidZ(int i)
    {
        return _columns.centroidZ[i];
    }

    /** @return the same for objects that were linked through frames or slices, from 1; 0 when nothing was linked */
    public long track(int i)
    {
        return _columns.track[i];
    }

    /** @return of a network that knows classes the likeliest, from 1; 0 when the background is likelier than any, or it knows none */
    public int classId(int i)
    {
        return _columns.classId[i];
    }

    /** @return whether its polygon has a pixel in the first or last row or column of the image */
    public boolean touchesEdge(int i)
    {
        return _columns.touchesEdge[i] != 0;
    }

    /** @return area of the whole polygon in square pixels, what lies outside the image or under other objects included */
    public double area(int i)
    {
        return _columns.area[i];
    }

    /** @return vertices of a polygon */
    public int rays()
    {
        return _rays;
    }

    /** @return x of vertex k of object i */
    public float vertexX(int i, int k)
    {
        return _vertices[2 * (i * _rays + k)];
    }

    /** @return y of vertex k of object i */
    public float vertexY(int i, int k)
    {
        return _vertices[2 * (i * _rays + k) + 1];
    }

    /** @return how the run went */
    public RunReport report()
    {
        return _report;
    }

    /**
     * Paint the labels: every pixel of the view is written, background 0.
     *
     * @param labels UINT16 or FLOAT32, with the T, Z, Y, X that were segmented
     * @throws BioDLException when the labels do not fit the type; nothing is written then
     */
    public void render(ImageView labels)
    {
        render(_handle.get(), labels);
    }

    @Override
    public void close()
    {
        _handle.close();
    }

    private static native Columns columns(long handle);

    private static native int rays(long handle);

    /** @return x and y of each vertex of each object */
    private static native float[] vertices(long handle);

    private static native RunReport describe(long handle);

    private static native void render(long handle, ImageView labels);

    static native void destroy(long handle);
}
