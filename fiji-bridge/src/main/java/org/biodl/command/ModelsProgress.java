package org.biodl.command;

import ij.IJ;
import java.util.function.BiConsumer;
import org.biodl.jni.Progress;
import org.biodl.jni.ProgressListener;

/** Installing and verifying in ImageJ's status bar; Esc cancels. Close it to restore the bar. */
final class ModelsProgress implements ProgressListener, AutoCloseable
{
    /** In ns: ImageJ redraws the bar each time it is told. */
    private static final long Interval = 50_000_000;
    /** In ns: no guess at the time left before this. */
    private static final long Settling = 1_000_000_000;

    private final String _what;
    private final BiConsumer<String, Double> _also;
    private volatile boolean _cancelled;
    private long _first;
    private long _firstDone;
    private long _last;

    /**
     * @param what is being done, such as "installing x.zip"
     * @param also told the same text and fraction, on the calling thread; may be null
     */
    ModelsProgress(String what, BiConsumer<String, Double> also)
    {
        _what = what;
        _also = also;
        IJ.resetEscape();
        tell(what, 0);
    }

    /** From any thread. */
    void cancel()
    {
        _cancelled = true;
    }

    @Override
    public boolean update(Progress progress)
    {
        long now = System.nanoTime();
        if (_first == 0)
        {
            _first = now;
            _firstDone = progress.done;
        }
        if (now - _last > Interval)
        {
            _last = now;
            tell(_what + (progress.stage == Progress.DOWNLOAD ? amount(progress.done, progress.total, now) : ""), progress.fraction);
        }
        return !_cancelled && !IJ.escapePressed();
    }

    /** @return ": 3.1 MB of 12.0 MB, 8 s left" */
    private String amount(long done, long total, long now)
    {
        if (total <= 1)
            return done <= 0 ? "" : ": " + ModelsText.size(done);
        String text = ": " + (done > 0 ? ModelsText.size(done) : "0") + " of " + ModelsText.size(total);
        if (now - _first < Settling || done <= _firstDone || done >= total)
            return text;
        double seconds = (now - _first) * 1e-9 * (total - done) / (done - _firstDone);
        return text + ", " + (seconds < 90 ? Math.max(1, Math.round(seconds)) + " s left" : Math.round(seconds / 60) + " min left");
    }

    private void tell(String text, double fraction)
    {
        // 1 would remove the bar
        IJ.showProgress(Math.min(fraction, 0.999));
        IJ.showStatus("BioDL: " + text + " (Esc to cancel)");
        if (_also != null)
            _also.accept(text, fraction);
    }

    @Override
    public void close()
    {
        IJ.showProgress(1.0);
        IJ.showStatus("");
        IJ.resetEscape();
    }
}
