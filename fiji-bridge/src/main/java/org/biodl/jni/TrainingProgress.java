package org.biodl.jni;

import java.util.List;

/** How far a training is. A snapshot. */
public final class TrainingProgress
{
    /** What a training is doing. */
    public enum State
    {
        /** Not started, or another training runs. */
        QUEUED,
        PREPARING,
        TRAINING,
        /** A run of a model has the processor. */
        YIELDING,
        /** Thresholds, test tensors and report are made. */
        FINISHING,
        DONE,
        CANCELLED,
        FAILED;

        // <generated State>
        static State of(int number)
        {
            switch (number)
            {
                case 0: return QUEUED;
                case 1: return PREPARING;
                case 3: return YIELDING;
                case 4: return FINISHING;
                case 5: return DONE;
                case 6: return CANCELLED;
                case 7: return FAILED;
                default: return TRAINING;
            }
        }
        // </generated>

        /** @return whether nothing more comes */
        public boolean isOver()
        {
            return ordinal() >= DONE.ordinal();
        }
    }

    public final State state;
    /** Done, of so many. */
    public final int step;
    public final int steps;
    /** Points of the curve so far. */
    public final long validations;
    /** Mean of late; NaN before the first step. */
    public final double loss;
    /** Of the last validation; NaN before the first. */
    public final double validationLoss;
    public final double rate;
    /** Of training. */
    public final double seconds;
    /** Negative while it is not known. */
    public final double secondsLeft;
    /** That the worker has. */
    public final long memoryBytes;
    /** What happened of late; "" for nothing. */
    public final String message;
    /** Of the last validation, such as "val_psnr=31.2". */
    public final List<String> figures;

    // <generated TrainingProgress>
    TrainingProgress(int state, int step, int steps, long validations, double loss, double validationLoss, double rate, double seconds,
        double secondsLeft, long memoryBytes, byte[] message, byte[] figures)
    {
        this.state = TrainingProgress.State.of(state);
        this.step = step;
        this.steps = steps;
        this.validations = validations;
        this.loss = loss;
        this.validationLoss = validationLoss;
        this.rate = rate;
        this.seconds = seconds;
        this.secondsLeft = secondsLeft;
        this.memoryBytes = memoryBytes;
        this.message = Text.of(message);
        this.figures = Text.lines(figures);
    }
    // </generated>
}
