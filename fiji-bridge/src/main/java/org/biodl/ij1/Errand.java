package org.biodl.ij1;

import java.awt.EventQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One kind of work that a dialog has done off the event thread, such as opening a model. A newer request makes the result of the former one
 * unheard. Used on the event thread; results arrive there.
 */
public final class Errand
{
    private final String _name;
    private int _newest;
    private boolean _running;

    /** @param name of its threads */
    public Errand(String name)
    {
        _name = name;
    }

    /**
     * Start, and forget what was asked for before.
     *
     * @param done takes the result
     * @param failed takes what was thrown
     */
    public <T> void start(Supplier<T> work, Consumer<T> done, Consumer<Throwable> failed)
    {
        int mine = ++_newest;
        _running = true;
        Thread thread = new Thread(() ->
        {
            Runnable end = end(work, done, failed);
            EventQueue.invokeLater(() ->
            {
                if (mine != _newest)
                    return;
                _running = false;
                end.run();
            });
        }, _name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whatever comes of it is not wanted any more. */
    public void forget()
    {
        _newest++;
        _running = false;
    }

    public boolean isRunning()
    {
        return _running;
    }

    private static <T> Runnable end(Supplier<T> work, Consumer<T> done, Consumer<Throwable> failed)
    {
        try
        {
            T result = work.get();
            return () -> done.accept(result);
        }
        catch (RuntimeException | Error e)
        {
            return () -> failed.accept(e);
        }
    }
}
