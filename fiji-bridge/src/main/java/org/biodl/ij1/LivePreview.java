package org.biodl.ij1;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Roi;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.swing.Timer;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ProgressListener;

/**
 * Follows the visible part of an image and the settings of a dialog, and computes what they would give. A newer request cancels the older.
 * Used on the event thread.
 *
 * @param <S> settings
 * @param <R> what a preview shows
 */
public abstract class LivePreview<S, R> implements AutoCloseable
{
    /** How long to wait for the user to stop scrolling or dragging a slider, in ms. */
    private static final int PAUSE = 200;

    protected final ImagePlus image;
    private final Consumer<String> _status;
    private final String _work;
    private final AtomicInteger _newest = new AtomicInteger();
    private final ExecutorService _worker = Executors.newSingleThreadExecutor(task ->
    {
        Thread thread = new Thread(task, "BioDL preview");
        thread.setDaemon(true);
        return thread;
    });
    private final Timer _timer = new Timer(PAUSE, event -> tick());
    private S _settings;
    private Object _seen;
    /** The view and the settings of the preview that is shown or computed. */
    private Object _done;
    private int _version;

    /**
     * @param image to follow
     * @param work what is being done, such as "looking for objects"
     * @param status told how it goes, on the event thread
     */
    protected LivePreview(ImagePlus image, String work, Consumer<String> status)
    {
        this.image = image;
        _work = work;
        _status = status;
    }

    /**
     * Compute a preview of the visible rectangle of the current plane; on a thread of its own.
     *
     * @param view equal to that of an earlier call as long as the same pixels are seen
     */
    protected abstract R compute(S settings, Rectangle visible, Object view, ProgressListener listener);

    /** Show what was computed. @return a line about it */
    protected abstract String present(R result);

    /** Take away what is shown. */
    protected abstract void restore();

    /** @return whether these settings are answered so quickly that there is no need to wait for the user to come to rest */
    protected boolean isInstant(S settings)
    {
        return false;
    }

    /** Give back what was kept from one preview to the next; on the thread that computes. */
    protected void release()
    {
        // nothing is kept
    }

    /** The pixels of the image have changed. */
    public final void changed()
    {
        _version++;
        _done = null;
    }

    /** @param settings what to show from now on, null for nothing */
    public final void show(S settings)
    {
        boolean other = !Objects.equals(settings, _settings);
        _settings = settings;
        if (settings != null)
        {
            _timer.start();
            if (other && _done != null && Objects.equals(view(), _seen) && isInstant(settings))
                begin();
            return;
        }
        _done = null;
        _timer.stop();
        _newest.incrementAndGet();
        restore();
    }

    /** Once this returns nothing more is shown, and what was shown is gone: results may take its place. */
    @Override
    public final void close()
    {
        _newest.incrementAndGet();
        _worker.submit(this::release);
        _worker.shutdown();
        // what was begun on the event thread meanwhile is taken away as well
        EventThread.run(this::end);
    }

    private void end()
    {
        _newest.incrementAndGet();
        _timer.stop();
        _settings = null;
        restore();
    }

    /** There is no event for scrolling an image, so look: when the view has come to rest on something new, start. */
    private void tick()
    {
        Object now = view();
        boolean still = Objects.equals(now, _seen);
        _seen = now;
        if (still && now != null && !_worker.isShutdown() && !Arrays.asList(now, _settings).equals(_done))
            begin();
    }

    private Object view()
    {
        ImageCanvas canvas = image.getCanvas();
        Roi roi = image.getRoi();
        return canvas == null ? null : Arrays.asList(new Rectangle(canvas.getSrcRect()), image.getCurrentSlice(), roi == null ? ""
            : roi.getBounds(), _version);
    }

    private void begin()
    {
        _seen = view();
        _done = Arrays.asList(_seen, _settings);
        start();
    }

    private void start()
    {
        if (_worker.isShutdown())
            return;
        int mine = _newest.incrementAndGet();
        S settings = _settings;
        Object view = _seen;
        Rectangle visible = new Rectangle(image.getCanvas().getSrcRect());
        _status.accept("Preview: " + _work + "...");
        _worker.submit(() -> run(mine, settings, visible, view));
    }

    private void run(int mine, S settings, Rectangle visible, Object view)
    {
        if (mine != _newest.get())
            return;
        try
        {
            R result = compute(settings, visible, view, progress -> mine == _newest.get());
            EventQueue.invokeLater(() -> finish(mine, result, ""));
        }
        catch (BioDLException e)
        {
            if (!e.isCancelled())
                EventQueue.invokeLater(() -> finish(mine, null, e.getMessage()));
        }
        catch (RuntimeException | OutOfMemoryError e)
        {
            EventQueue.invokeLater(() -> finish(mine, null, "no preview: " + e));
        }
    }

    private void finish(int mine, R result, String problem)
    {
        if (mine == _newest.get())
            _status.accept("Preview: " + (result == null ? problem : present(result)));
    }
}
