import ij.IJ;
import java.awt.AWTEvent;
import java.awt.EventQueue;
import java.awt.Toolkit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Catches the event thread at what it should leave to others: opening models, planning, running. Looks a hundred times a second. */
final class EventThread
{
    /** A class and a method of the plugin that may take long. */
    private static final String[] LONG = { "org.biodl.jni.Model.open", "org.biodl.jni.RunPlan.plan", "org.biodl.jni.Model.segment",
        "org.biodl.jni.RunResult.run", "org.biodl.jni.Catalogue.", "org.biodl.run.OpenModels.open",
        "org.biodl.image.TrainingSet.of", "org.biodl.jni.Training.plan", "org.biodl.jni.Training.create", "org.biodl.jni.Training.poll",
        "org.biodl.jni.Training.picture", "org.biodl.jni.Training.await", "org.biodl.jni.UnfinishedTraining." };
    private static final Measured MEASURED = new Measured();
    private static final Set<String> CAUGHT = Collections.synchronizedSet(new TreeSet<>());

    private EventThread()
    {
    }

    static void watch()
    {
        Thread watch = new Thread(() ->
        {
            while (true)
            {
                for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet())
                    if (thread.getKey().getName().startsWith("AWT-EventQueue"))
                        look(thread.getValue());
                IJ.wait(10);
            }
        }, "event thread watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void look(StackTraceElement[] trace)
    {
        for (StackTraceElement call : trace)
        {
            String name = call.getClassName() + "." + call.getMethodName();
            if (Arrays.stream(LONG).anyMatch(name::startsWith))
                CAUGHT.add(name);
        }
    }

    static Set<String> caught()
    {
        return CAUGHT;
    }

    /** From now on the processor's time that handling one event takes is measured: unlike the clock's, it is no other program's. */
    static void measure()
    {
        Toolkit.getDefaultToolkit().getSystemEventQueue().push(MEASURED);
        MEASURED.forget();
    }

    /** @return in ms, the longest that one event has taken since the last call, and which one */
    static double longest(StringBuilder event)
    {
        event.append(MEASURED._what);
        double longest = MEASURED._longest / 1e6;
        MEASURED.forget();
        return longest;
    }

    /** Events within events, as in dialogs, count for themselves. */
    private static final class Measured extends EventQueue
    {
        private final ThreadMXBean _threads = ManagementFactory.getThreadMXBean();
        private long _inner;
        private volatile long _longest;
        private volatile String _what = "";

        @Override
        protected void dispatchEvent(AWTEvent event)
        {
            long begin = _threads.getCurrentThreadCpuTime();
            long outer = _inner;
            _inner = 0;
            try
            {
                super.dispatchEvent(event);
            }
            finally
            {
                long all = _threads.getCurrentThreadCpuTime() - begin;
                if (all - _inner > _longest)
                {
                    _what = event.toString();
                    _longest = all - _inner;
                }
                _inner = outer + all;
            }
        }

        private void forget()
        {
            _longest = 0;
            _what = "";
        }
    }
}
