package org.biodl.ij1.models;

import java.awt.EventQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.biodl.ij1.Problems;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ProgressListener;

/** Long work off the event thread: one job at a time with progress and cancel. Used on the event thread; results arrive there. */
final class ModelsWork
{
    /** Work that gives a result, or throws. */
    interface Job<T>
    {
        T run(ProgressListener listener);
    }

    private final ModelsFoot _foot;
    private final Runnable _changed;
    private ModelsProgress _running;

    /** @param changed called after a job has begun or ended */
    ModelsWork(ModelsFoot foot, Runnable changed)
    {
        _foot = foot;
        _changed = changed;
    }

    /** @return an executor of daemon threads that end when there is nothing to do */
    static ExecutorService threads(String name, int count)
    {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task ->
        {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    boolean busy()
    {
        return _running != null;
    }

    void cancel()
    {
        if (_running != null)
            _running.cancel();
    }

    /**
     * Start a job; nothing happens while another runs.
     *
     * @param what is done, such as "Installing x.zip"
     * @param done takes the result
     */
    <T> void start(String what, Job<T> job, Consumer<T> done)
    {
        if (_running != null)
            return;
        _foot.clear();
        ModelsProgress progress = new ModelsProgress(what, (text, fraction) -> EventQueue.invokeLater(() -> show(text, fraction)));
        _running = progress;
        _changed.run();
        Thread thread = new Thread(() -> run(progress, job, done), "BioDL models");
        thread.setDaemon(true);
        thread.start();
    }

    private <T> void run(ModelsProgress progress, Job<T> job, Consumer<T> done)
    {
        T result = null;
        Throwable failure = null;
        try (ModelsProgress closed = progress)
        {
            result = job.run(closed);
        }
        catch (RuntimeException | Error e)
        {
            failure = e;
        }
        T given = result;
        Throwable thrown = failure;
        EventQueue.invokeLater(() -> end(given, thrown, done));
    }

    private <T> void end(T result, Throwable failure, Consumer<T> done)
    {
        _running = null;
        boolean cancelled = failure instanceof BioDLException && ((BioDLException) failure).isCancelled();
        _foot.idle(cancelled ? "Cancelled." : "");
        if (failure == null)
            done.accept(result);
        else if (!cancelled)
            _foot.error(Problems.text(failure));
        _changed.run();
    }

    private void show(String text, double fraction)
    {
        if (_running != null)
            _foot.busy(text, fraction);
    }
}
