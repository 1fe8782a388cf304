import ij.IJ;
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
}
