package org.biodl.jni;

/**
 * The objects a run found, by plane and then by falling probability. Pixel coordinates: 0 is the centre of the first pixel of the
 * segmented region.
 */
public final class SegmentedObjects implements AutoCloseable
{
    private static final int PLACE = 6;
    private static final int POINT = 3;

    private final Handle _handle;
    private final int _count;
    private final int _rays;
    private final long[] _labels;
    private final int[] _places;
    private final float[] _points;
    private final double[] _areas;
    private final float[] _vertices;
    private final RunReport _report;

    SegmentedObjects(long handle)
    {
        _handle = new Handle(handle, SegmentedObjects::destroy);
        double[] size = new double[2];
        size(handle, size);
        _count = Math.toIntExact((long) size[0]);
        _rays = (int) size[1];
        _labels = new long[_count];
        _places = new int[Math.multiplyExact(_count, PLACE)];
        _points = new float[Math.multiplyExact(_count, POINT)];
        _areas = new double[_count];
        _vertices = new float[Math.multiplyExact(_count, 2 * _rays)];
        places(handle, _labels, _places);
        shapes(handle, _points, _areas, _vertices);
        byte[][] texts = new byte[4][];
        double[] numbers = new double[13];
        describe(handle, texts, numbers);
        _report = new RunReport(Text.of(texts), numbers);
    }

    /** @return how many there are */
    public int count()
    {
        return _count;
    }

    /** @return the value of object i in the label image, from 1 */
    public long label(int i)
    {
        return _labels[i];
    }

    /** @return the largest label, 0 when there are no objects */
    public long largestLabel()
    {
        long largest = 0;
        for (long label : _labels)
            largest = Math.max(largest, label);
        return largest;
    }

    /** @return 0-based frame among those segmented */
    public int frame(int i)
    {
        return _places[PLACE * i];
    }

    /** @return 0-based slice among those segmented */
    public int slice(int i)
    {
        return _places[PLACE * i + 1];
    }

    /** @return top, left, bottom, right of object i's pixels; bottom and right excluded */
    public int[] box(int i)
    {
        return java.util.Arrays.copyOfRange(_places, PLACE * i + 2, PLACE * i + PLACE);
    }

    /** @return 0 to 1 */
    public float probability(int i)
    {
        return _points[POINT * i];
    }

    /** @return x of the point it was predicted from */
    public float centerX(int i)
    {
        return _points[POINT * i + 1];
    }

    /** @return y of the point it was predicted from */
    public float centerY(int i)
    {
        return _points[POINT * i + 2];
    }

    /** @return area of the polygon in square pixels */
    public double area(int i)
    {
        return _areas[i];
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

    private static native void size(long handle, double[] numbers);

    private static native void places(long handle, long[] labels, int[] places);

    private static native void shapes(long handle, float[] points, double[] areas, float[] vertices);

    private static native void describe(long handle, byte[][] texts, double[] numbers);

    private static native void render(long handle, ImageView labels);

    static native void destroy(long handle);
}
