package org.biodl.command;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Overlay;
import ij.gui.Roi;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.swing.Timer;
import org.biodl.image.ObjectRois;
import org.biodl.image.Region;
import org.biodl.jni.BioDLException;

/**
 * Outlines on the visible part of the current plane while the dialog is open. Intensities are normalised over the whole plane, as in the
 * real run, so that the preview shows what the run will find. A newer request cancels the older. Used on the event thread.
 */
final class Preview implements AutoCloseable
{
    /** How long to wait for the user to stop scrolling or dragging a slider, in ms. */
    private static final int Pause = 200;

    private final ImagePlus _image;
    private final Consumer<String> _status;
    private final Overlay _original;
    private final AtomicInteger _newest = new AtomicInteger();
    private final ExecutorService _worker = Executors.newSingleThreadExecutor(task ->
    {
        Thread thread = new Thread(task, "BioDL preview");
        thread.setDaemon(true);
        return thread;
    });
    private final Timer _timer = new Timer(Pause, event -> tick());
    private SegmentSettings _settings;
    private Object _seen;
    private Object _done;
    private boolean _shown;

    Preview(ImagePlus image, Consumer<String> status)
    {
        _image = image;
        _status = status;
        _original = image.getOverlay();
    }

    /** @param settings what to show from now on, null for nothing */
    void show(SegmentSettings settings)
    {
        _settings = settings;
        _done = null;
        if (settings != null)
        {
            _timer.start();
            return;
        }
        _timer.stop();
        _newest.incrementAndGet();
        restore();
    }

    @Override
    public void close()
    {
        _newest.incrementAndGet();
        _worker.shutdown();
        EventQueue.invokeLater(() ->
        {
            _timer.stop();
            _settings = null;
        });
        restore();
    }

    /** There is no event for scrolling an image, so look: when the view has come to rest on something new, start. */
    private void tick()
    {
        Object now = view();
        boolean still = Objects.equals(now, _seen);
        _seen = now;
        if (still && now != null && !now.equals(_done) && !_worker.isShutdown())
        {
            _done = now;
            start();
        }
    }

    private Object view()
    {
        ImageCanvas canvas = _image.getCanvas();
        Roi roi = _image.getRoi();
        return canvas == null ? null : java.util.Arrays.asList(new Rectangle(canvas.getSrcRect()), _image.getCurrentSlice(), roi == null ? "" : roi.getBounds(),
            System.identityHashCode(_settings));
    }

    private void start()
    {
        int mine = _newest.incrementAndGet();
        SegmentSettings settings = SegmentSettings.parse(_settings.toMacro(), name -> name);
        settings.allSlices = false;
        settings.allFrames = false;
        Rectangle visible = new Rectangle(_image.getCanvas().getSrcRect());
        _status.accept("Preview: looking for objects...");
        _worker.submit(() -> run(mine, settings, visible));
    }

    private void run(int mine, SegmentSettings settings, Rectangle visible)
    {
        try
        {
            Region region = Region.of(_image).within(visible);
            try (SegmentRun run = SegmentRun.of(_image, region, settings, progress -> mine == _newest.get()))
            {
                Overlay overlay = ObjectRois.overlay(_original, run.objects, ObjectRois.create(run.objects, run.source));
                int count = run.objects.count();
                EventQueue.invokeLater(() -> finish(mine, overlay, count + (count == 1 ? " object" : " objects") + " in view"));
            }
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

    private void finish(int mine, Overlay overlay, String text)
    {
        if (mine != _newest.get())
            return;
        _status.accept("Preview: " + text);
        if (overlay != null && _image.getProcessor() != null)
        {
            _image.setOverlay(overlay);
            _shown = true;
        }
    }

    private void restore()
    {
        if (_shown && _image.getProcessor() != null)
            _image.setOverlay(_original);
        _shown = false;
    }
}
