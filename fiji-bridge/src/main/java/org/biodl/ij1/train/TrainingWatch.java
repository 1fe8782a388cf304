package org.biodl.ij1.train;

import ij.IJ;
import java.util.Collections;
import java.util.List;
import org.biodl.jni.Training;
import org.biodl.jni.TrainingPoint;
import org.biodl.jni.TrainingProgress;
import org.biodl.jni.TrainingResult;

/** Starts a training and tells a view how it goes, until it is over. */
final class TrainingWatch
{
    /** In s, from one look to the next. */
    private static final double PAUSE = 0.5;

    private final Training _training;
    private final TrainingView _view;
    private long _known;

    TrainingWatch(Training training, TrainingView view)
    {
        _training = training;
        _view = view;
    }

    /** Waits until it is over, and closes it. Not on the event thread. @throws org.biodl.jni.BioDLException that ended it */
    TrainingResult run()
    {
        try (Training training = _training)
        {
            training.start();
            boolean over = false;
            while (!over)
            {
                over = training.await(PAUSE);
                if (!look() && !over)
                    training.cancel();
            }
            TrainingResult result = training.result();
            _view.done(result);
            return result;
        }
        catch (RuntimeException | Error e)
        {
            _view.failed(e);
            throw e;
        }
    }

    private boolean look()
    {
        TrainingProgress progress = _training.poll();
        List<TrainingPoint> more = Collections.emptyList();
        if (progress.validations > _known)
            more = _training.curve(_known, progress.validations);
        boolean fresh = !more.isEmpty();
        _known += more.size();
        if (IJ.debugMode)
            IJ.log("BioDL: training " + progress.state + ", step " + progress.step + " of " + progress.steps);
        return _view.update(progress, more, fresh ? _training.picture() : null);
    }
}
