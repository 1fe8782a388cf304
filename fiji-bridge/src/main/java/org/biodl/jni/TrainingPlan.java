package org.biodl.jni;

import java.util.List;

/** What a training would be, before any pixel is read. A snapshot: nothing to close. */
public final class TrainingPlan
{
    public final int steps;
    /** Patches a step. */
    public final int batch;
    /** Planes or volumes that patches are drawn from, and those for checks. */
    public final int trainingSamples;
    public final int validationSamples;
    /** Pixels along z, y, x. */
    public final long[] patch;
    /** Of the worker at its highest. */
    public final long memoryBytes;
    /** In the cache, while it is trained. */
    public final long diskBytes;
    /** Until the model is there, if it does not end early. */
    public final double minutes;
    /** How images are split, what was made smaller and why. */
    public final List<String> notes;

    // <generated TrainingPlan>
    TrainingPlan(int steps, int batch, int trainingSamples, int validationSamples, long[] patch, long memoryBytes, long diskBytes,
        double minutes, byte[] notes)
    {
        this.steps = steps;
        this.batch = batch;
        this.trainingSamples = trainingSamples;
        this.validationSamples = validationSamples;
        this.patch = patch;
        this.memoryBytes = memoryBytes;
        this.diskBytes = diskBytes;
        this.minutes = minutes;
        this.notes = Text.lines(notes);
    }
    // </generated>
}
