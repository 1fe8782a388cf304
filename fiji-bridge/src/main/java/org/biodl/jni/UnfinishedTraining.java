package org.biodl.jni;

import java.util.Arrays;
import java.util.List;

/** A training that was broken off: by ImageJ being closed, or a machine switched off. */
public final class UnfinishedTraining
{
    /** For Training.resume. */
    public final String id;
    /** Of the model to be. */
    public final String name;
    public final TrainingMethod method;
    /** Done, of so many. */
    public final int step;
    public final int steps;
    /** When it last kept what it had learned, in seconds since 1970, UTC. */
    public final long last;

    // <generated UnfinishedTraining>
    UnfinishedTraining(int method, byte[] id, byte[] name, int step, int steps, long last)
    {
        this.method = TrainingMethod.of(method);
        this.id = Text.of(id);
        this.name = Text.of(name);
        this.step = step;
        this.steps = steps;
        this.last = last;
    }
    // </generated>

    /** @return those of this user that no process runs, the latest first */
    public static List<UnfinishedTraining> list()
    {
        Natives.load();
        return Arrays.asList(read());
    }

    /** Delete what is left of one; nothing happens where there is none. */
    public static void discard(String id)
    {
        Natives.load();
        discard(Text.bytes(id));
    }

    private static native UnfinishedTraining[] read();

    private static native void discard(byte[] id);
}
