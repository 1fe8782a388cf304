package org.biodl.jni;

/** Where the pixels of an image are. */
public interface Planes
{
    /**
     * The array that holds plane (t * Z + z) * C + c now: byte[], short[], int[] or float[] as the image's type asks. Called on the
     * thread that made the call, once for every tile, and never while another plane is pinned.
     *
     * @param index 0-based
     * @return the whole array, rows one after another
     */
    Object plane(long index);
}
