package org.biodl.jni;

/** Told how far a run is, on the thread that made the call; never while a plane is pinned. */
public interface ProgressListener
{
    /** Stages as the native library numbers them. */
    int PREPARE = 1, STATISTICS = 2, NETWORK = 3, SUPPRESS = 4, RENDER = 5, DOWNLOAD = 6, VERIFY = 7;

    /**
     * @param stage one of the stages
     * @param done steps of the whole run done
     * @param total all steps of the run, at least 1
     * @param frame 0-based frame being worked on
     * @param slice 0-based slice being worked on
     * @param fraction 0 to 1, never falling
     * @return false to cancel
     */
    boolean update(int stage, long done, long total, int frame, int slice, double fraction);
}
