package org.biodl.ij1.train;

import java.util.List;
import org.biodl.jni.TrainingPicture;
import org.biodl.jni.TrainingPoint;
import org.biodl.jni.TrainingProgress;
import org.biodl.jni.TrainingResult;

/** Who is told how a training goes; on the thread that watches it. */
interface TrainingView
{
    /**
     * It is so far.
     *
     * @param more points of the curve since the last call
     * @param picture the last one where it is new, else null
     * @return whether to go on; false cancels it
     */
    boolean update(TrainingProgress progress, List<TrainingPoint> more, TrainingPicture picture);

    /** The model is there. */
    void done(TrainingResult result);

    /** It ended without one. */
    void failed(Throwable problem);
}
