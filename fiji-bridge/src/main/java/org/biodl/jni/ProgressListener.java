package org.biodl.jni;

/** Told how far a call is, on the thread that made the call; never while a plane is pinned. */
public interface ProgressListener
{
    /** @return false to cancel */
    boolean update(Progress progress);
}
