package org.biodl.ij1;

import ij.IJ;
import org.biodl.jni.Progress;
import org.biodl.jni.ProgressListener;

/** ImageJ's progress bar and status line; Esc cancels. Close it to restore the bar. */
public final class StatusBar implements ProgressListener, AutoCloseable
{
    /** ImageJ redraws the bar each time it is told, so not more often than this. */
    private static final long INTERVAL = 50_000_000;

    private final boolean _planes;
    private final String _work;
    private long _last;
    private int _stage;
    private String _image = "";
    private double _done;
    private double _part = 1;

    /**
     * @param planes whether to name the frame and slice being worked on
     * @param work what the network does, such as "looking for objects"
     */
    public StatusBar(boolean planes, String work)
    {
        _planes = planes;
        _work = work;
        IJ.resetEscape();
        IJ.showStatus("BioDL: loading the network (Esc to cancel)");
    }

    /** One of several images comes next. @param index from 0 @return false when the user cancelled */
    public boolean begin(int index, int count, String name)
    {
        _image = "image " + (index + 1) + " of " + count + " (" + name + "): ";
        _done = (double) index / count;
        _part = 1.0 / count;
        _last = 0;
        IJ.showStatus("BioDL: " + _image + "opening (Esc to cancel)");
        IJ.showProgress(Math.min(_done, 0.999));
        return !IJ.escapePressed();
    }

    @Override
    public boolean update(Progress progress)
    {
        long now = System.nanoTime();
        if (now - _last > INTERVAL || progress.stage != _stage)
        {
            _last = now;
            _stage = progress.stage;
            // 1 would remove the bar
            IJ.showProgress(Math.min(_done + _part * progress.fraction, 0.999));
            String plane = _planes ? ", slice " + (progress.slice + 1) + ", frame " + (progress.frame + 1) : "";
            IJ.showStatus("BioDL: " + _image + stage(progress.stage) + tile(progress) + plane + left(progress.secondsLeft)
                + " (Esc to cancel)");
        }
        return !IJ.escapePressed();
    }

    @Override
    public void close()
    {
        IJ.showProgress(1.0);
        IJ.resetEscape();
    }

    /** @return ", 12 s left", ", 3 min left", ", 1 h 20 min left"; "" while it is not known */
    public static String left(double seconds)
    {
        if (!(seconds >= 0) || Double.isInfinite(seconds))
            return "";
        long whole = (long) Math.ceil(seconds);
        long minutes = (whole + 59) / 60;
        return ", " + (whole < 100 ? whole + " s" : minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min")
            + " left";
    }

    /** @return ", tile 1 of 2" while the first is computed; "" where there is one only */
    static String tile(Progress progress)
    {
        return progress.stage != Progress.NETWORK || progress.total < 2 ? ""
            : ", tile " + Math.min(progress.done + 1, progress.total) + " of " + progress.total;
    }

    private String stage(int stage)
    {
        switch (stage)
        {
            case Progress.PREPARE:
                return "loading the network";
            case Progress.STATISTICS:
                return "measuring the intensities";
            case Progress.NETWORK:
                return _work;
            case Progress.SUPPRESS:
                return "choosing among overlapping objects";
            case Progress.DOWNLOAD:
                return "downloading";
            case Progress.VERIFY:
                return "verifying";
            default:
                return "drawing";
        }
    }
}
