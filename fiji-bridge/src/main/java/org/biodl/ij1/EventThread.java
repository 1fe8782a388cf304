package org.biodl.ij1;

import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;

/** What has to be done on the event thread before a caller on any thread goes on. */
public final class EventThread
{
    private EventThread()
    {
    }

    /** Run it there and return when it is done. An interrupted caller goes on at once, and stays interrupted. */
    public static void run(Runnable work)
    {
        if (EventQueue.isDispatchThread())
        {
            work.run();
            return;
        }
        try
        {
            EventQueue.invokeAndWait(work);
        }
        catch (InterruptedException e)
        {
            Thread.currentThread().interrupt();
        }
        catch (InvocationTargetException e)
        {
            throw new IllegalStateException(e.getCause());
        }
    }
}
