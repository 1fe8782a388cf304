package org.biodl.jni;

/** A validation: a point of a training's curve. */
public final class TrainingPoint
{
    public final int step;
    /** Mean since the point before; NaN where there was no step. */
    public final double loss;
    /** NaN where nothing is held back. */
    public final double validationLoss;
    public final double rate;
    /** Of training until then. */
    public final double seconds;

    // <generated TrainingPoint>
    TrainingPoint(int step, double loss, double validationLoss, double rate, double seconds)
    {
        this.step = step;
        this.loss = loss;
        this.validationLoss = validationLoss;
        this.rate = rate;
        this.seconds = seconds;
    }
    // </generated>
}
