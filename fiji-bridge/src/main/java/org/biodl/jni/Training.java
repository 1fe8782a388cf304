package org.biodl.jni;

import java.util.Arrays;
import java.util.List;

/**
 * A training: a process of its own that ends with this one; what it had learned stays, and resume() goes on from there. Images are read by
 * create() alone; the other calls but await() return within milliseconds. May be used by several threads at once.
 */
public final class Training implements AutoCloseable
{
    private final Handle _handle;
    private final Info _info;

    private Training(long handle)
    {
        _handle = new Handle(handle, Training::destroy);
        _info = describe(handle);
    }

    /** What it is called. */
    static final class Info
    {
        final TrainingMethod method;
        final String id;
        final String name;
        final List<String> notes;

        // <generated Info>
        Info(int method, byte[] id, byte[] name, byte[] notes)
        {
            this.method = TrainingMethod.of(method);
            this.id = Text.of(id);
            this.name = Text.of(name);
            this.notes = Text.lines(notes);
        }
        // </generated>
    }

    /**
     * Settle a training without beginning it; no pixel is read.
     *
     * @throws BioDLException when the images do not go together, or an option is out of its range
     */
    public static TrainingPlan plan(TrainingOptions options, List<TrainingImage> images)
    {
        Natives.load();
        return plan(new TrainingOptions.Struct(options), structs(images));
    }

    /**
     * Read the images and lay a training down in the cache; it is not started.
     *
     * @param listener told of the progress, may be null
     * @return the training; close it
     * @throws BioDLException when the images cannot be trained on, or libtorch is not installed, or the user cancelled
     */
    public static Training create(TrainingOptions options, List<TrainingImage> images, ProgressListener listener)
    {
        Natives.load();
        return new Training(create(new TrainingOptions.Struct(options), structs(images), listener));
    }

    /**
     * Take up a training that was broken off; it is not started.
     *
     * @param id of UnfinishedTraining
     * @throws BioDLException when there is none, another process runs it, or libtorch is not installed
     */
    public static Training resume(String id)
    {
        Natives.load();
        return new Training(resume(Text.bytes(id)));
    }

    /** @return for resume */
    public String id()
    {
        return _info.id;
    }

    /** @return of the model to be */
    public String name()
    {
        return _info.name;
    }

    /** @return what the images told that is to be known before it takes its time, a sentence each */
    public List<String> notes()
    {
        return _info.notes;
    }

    public TrainingMethod method()
    {
        return _info.method;
    }

    /** Begin, or wait until other trainings are over. Once. */
    public void start()
    {
        start(_handle.get());
    }

    public TrainingProgress poll()
    {
        return poll(_handle.get());
    }

    /** @param first leaves out so many @param end of TrainingProgress.validations @return points of the curve */
    public List<TrainingPoint> curve(long first, long end)
    {
        return Arrays.asList(curve(_handle.get(), first, Math.max(first, end)));
    }

    /** @return null before the first validation */
    public TrainingPicture picture()
    {
        return picture(_handle.get());
    }

    /** Write the best model so far, as a package, to a folder that is not there yet, while the training goes on. Takes seconds. */
    public void snapshot(String folder)
    {
        snapshot(_handle.get(), Text.bytes(folder));
    }

    /** End it with the best state that it has had, and make a model of that; before its turn it is cancelled. Returns at once. */
    public void stop()
    {
        stop(_handle.get());
    }

    /** End it and leave nothing of it. Returns at once. */
    public void cancel()
    {
        cancel(_handle.get());
    }

    /** @return whether it was over before so many seconds were */
    public boolean await(double seconds)
    {
        return await(_handle.get(), seconds);
    }

    /** @return what it has made @throws BioDLException that ended it */
    public TrainingResult result()
    {
        return result(_handle.get());
    }

    /** One that is not over is broken off, and resume() goes on with it. */
    @Override
    public void close()
    {
        _handle.close();
    }

    private static TrainingImage.Struct[] structs(List<TrainingImage> images)
    {
        return images.stream().map(TrainingImage.Struct::new).toArray(TrainingImage.Struct[]::new);
    }

    private static native TrainingPlan plan(TrainingOptions.Struct options, TrainingImage.Struct[] images);

    private static native long create(TrainingOptions.Struct options, TrainingImage.Struct[] images, ProgressListener listener);

    private static native long resume(byte[] id);

    private static native Info describe(long handle);

    private static native void start(long handle);

    private static native TrainingProgress poll(long handle);

    private static native TrainingPoint[] curve(long handle, long first, long end);

    private static native TrainingPicture picture(long handle);

    private static native void snapshot(long handle, byte[] folder);

    private static native void stop(long handle);

    private static native void cancel(long handle);

    private static native boolean await(long handle, double seconds);

    private static native TrainingResult result(long handle);

    private static native void destroy(long handle);
}
