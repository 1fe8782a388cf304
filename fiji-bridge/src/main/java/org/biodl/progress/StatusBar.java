package org.biodl.progress;

import ij.IJ;
import org.biodl.jni.ProgressListener;

/** ImageJ's progress bar and status line; Esc cancels. Close it to restore the bar. */
public final class StatusBar implements ProgressListener, AutoCloseable
{
    /** ImageJ redraws the bar each time it is told, so not more often than this. */
    private static final long Interval = 50_000_000;

    private final boolean _planes;
    private long _last;

    /** @param planes whether to name the frame and slice being worked on */
    public StatusBar(boolean planes)
    {
        _planes = planes;
        IJ.resetEscape();
        IJ.showStatus("BioDL: loading the network (Esc to cancel)");
    }

    @Override
    public boolean update(int stage, long done, long total, int frame, int slice, double fraction)
    {
        long now = System.nanoTime();
        if (now - _last > Interval)
        {
            _last = now;
            // 1 would remove the bar
            IJ.showProgress(Math.min(fraction, 0.999));
            IJ.showStatus("BioDL: " + stage(stage) + (_planes ? ", slice " + (slice + 1) + ", frame " + (frame + 1) : "") + " (Esc to cancel)");
        }
        return !IJ.escapePressed();
    }

    @Override
    public void close()
    {
        IJ.showProgress(1.0);
        IJ.resetEscape();
    }

    private static String stage(int stage)
    {
        switch (stage)
        {
            case PREPARE:
                return "loading the network";
            case STATISTICS:
                return "measuring the intensities";
            case NETWORK:
                return "looking for objects";
            case SUPPRESS:
                return "choosing among overlapping objects";
            default:
                return "drawing";
        }
    }
}
