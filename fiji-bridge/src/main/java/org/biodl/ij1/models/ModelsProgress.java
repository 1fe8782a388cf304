package org.biodl.ij1.models;

import ij.IJ;
import java.util.function.BiConsumer;
import org.biodl.ij1.StatusBar;
import org.biodl.jni.Progress;
import org.biodl.jni.ProgressListener;

/** Installing and verifying in ImageJ's status bar; Esc cancels. Close it to restore the bar. */
final class ModelsProgress implements ProgressListener, AutoCloseable
{
    /** In ns: ImageJ redraws the bar each time it is told. */
    private static final long INTERVAL = 50_000_000;

    private final String _what;
    private final BiConsumer<String, Double> _also;
    private volatile boolean _cancelled;
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
        if (now - _last > INTERVAL)
        {
            _last = now;
            boolean bytes = progress.stage == Progress.DOWNLOAD && progress.total > 1;
            // the whole is not known before the first file is there, and small packages are one file
            double fraction = bytes && progress.fraction == 0 ? (double) progress.done / progress.total : progress.fraction;
            tell(_what + (bytes ? amount(progress.done, progress.total) : "") + StatusBar.left(progress.secondsLeft), fraction);
        }
        return !_cancelled && !IJ.escapePressed();
    }

    /** @return ": 3.1 MB of 12.0 MB" */
    private static String amount(long done, long total)
    {
        return ": " + (done > 0 ? ModelsText.size(done) : "0") + " of " + ModelsText.size(total);
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
