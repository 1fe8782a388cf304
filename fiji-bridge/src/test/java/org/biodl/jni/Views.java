package org.biodl.jni;

/** What views show, for tests of other packages. */
public final class Views
{
    private Views()
    {
    }

    /** @return T, Z, C, Y, X */
    public static long[] shape(ImageView view)
    {
        return view.shape;
    }

    /** @return the array of plane (t * Z + z) * C + c */
    public static Object plane(ImageView view, int plane)
    {
        return view.planes.plane(plane);
    }
}
