package org.biodl.run;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Model;

/**
 * The models used last stay open, because loading a network takes longer than finding the nuclei of a small image. A model whose file
 * changed is opened again. From any thread but the event thread, since opening may take a minute; who opens one keeps nobody from another.
 */
public final class OpenModels
{
    /** Dialogs of two images may have different models. */
    private static final int MOST = 2;

    /** By place and state of the files, those used last at the end; also those that are being opened. */
    private static final Map<String, FutureTask<Model>> MODELS = new LinkedHashMap<>(4, 0.75f, true);

    private OpenModels()
    {
    }

    /** @return the open model; do not close it @throws BioDLException when there is no such model, or it cannot be used */
    public static Model open(String path)
    {
        FutureTask<Model> task;
        List<FutureTask<Model>> old;
        synchronized (MODELS)
        {
            task = MODELS.computeIfAbsent(key(path), key -> new FutureTask<>(() -> Model.open(path)));
            old = forgetOldest();
        }
        old.forEach(OpenModels::close);
        // does nothing where it was run before, or another thread does it
        task.run();
        return result(task);
    }

    /** @return whether the next call of open() has nothing to wait for */
    public static boolean isOpen(String path)
    {
        synchronized (MODELS)
        {
            FutureTask<Model> task = MODELS.get(key(path));
            return task != null && task.isDone();
        }
    }

    /** The next call opens its model anew: an id may stand for another model now. */
    public static void changed()
    {
        List<FutureTask<Model>> old;
        synchronized (MODELS)
        {
            old = new ArrayList<>(MODELS.values());
            MODELS.clear();
        }
        old.forEach(OpenModels::close);
    }

    private static Model result(FutureTask<Model> task)
    {
        try
        {
            return task.get();
        }
        catch (ExecutionException e)
        {
            synchronized (MODELS)
            {
                // the next call tries again
                MODELS.values().remove(task);
            }
            if (e.getCause() instanceof Error)
                throw (Error) e.getCause();
            throw (RuntimeException) e.getCause();
        }
        catch (InterruptedException e)
        {
            Thread.currentThread().interrupt();
            throw new BioDLException(BioDLException.CANCELLED, "Opening the model was interrupted.", "");
        }
    }

    /** Those that are still being opened are kept. */
    private static List<FutureTask<Model>> forgetOldest()
    {
        List<FutureTask<Model>> old = new ArrayList<>();
        for (FutureTask<Model> each : new ArrayList<>(MODELS.values()))
            if (MODELS.size() > MOST && each.isDone())
            {
                MODELS.values().remove(each);
                old.add(each);
            }
        return old;
    }

    /** Runs that use it finish first, which is why this is done outside the lock. One that is being opened goes with the process. */
    private static void close(FutureTask<Model> task)
    {
        if (!task.isDone())
            return;
        try
        {
            task.get().close();
        }
        catch (ExecutionException | InterruptedException e)
        {
            // it was never open
        }
    }

    private static String key(String path)
    {
        return path + key(new File(path)) + key(new File(path, "weights.onnx"));
    }

    private static String key(File file)
    {
        return "|" + file.lastModified() + "|" + (file.isFile() ? file.length() : 0);
    }
}
