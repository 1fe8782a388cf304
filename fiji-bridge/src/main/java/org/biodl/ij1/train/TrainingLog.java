package org.biodl.ij1.train;

import ij.IJ;
import java.util.List;
import org.biodl.jni.TrainingPicture;
import org.biodl.jni.TrainingPoint;
import org.biodl.jni.TrainingProgress;
import org.biodl.jni.TrainingResult;

/** A training in ImageJ's status bar, where no window is wanted; Esc cancels. */
final class TrainingLog implements TrainingView
{
    private final TrainingView _also;

    /** @param also told the same; null for nobody */
    TrainingLog(TrainingView also)
    {
        _also = also;
        IJ.resetEscape();
    }

    @Override
    public boolean update(TrainingProgress progress, List<TrainingPoint> more, TrainingPicture picture)
    {
        // 1 would remove the bar
        IJ.showProgress(Math.min(0.999, (double) progress.step / Math.max(1, progress.steps)));
        IJ.showStatus("BioDL: " + TrainingText.line(progress) + TrainingText.losses(progress) + " (Esc to cancel)");
        boolean goOn = _also == null || _also.update(progress, more, picture);
        return goOn && !IJ.escapePressed();
    }

    @Override
    public void done(TrainingResult result)
    {
        IJ.showProgress(1.0);
        if (_also != null)
            _also.done(result);
    }

    @Override
    public void failed(Throwable problem)
    {
        IJ.showProgress(1.0);
        IJ.resetEscape();
        if (_also != null)
            _also.failed(problem);
    }
}
