package org.biodl.jni;

/** How far a call is. */
public final class Progress
{
    /** Stages as the native library numbers them. */
    public static final int PREPARE = 1;
    public static final int STATISTICS = 2;
    public static final int NETWORK = 3;
    public static final int SUPPRESS = 4;
    public static final int RENDER = 5;
    public static final int DOWNLOAD = 6;
    public static final int VERIFY = 7;

    /** One of the stages. */
    public final int stage;
    /** Steps of the whole call done, of a total of at least 1; bytes in DOWNLOAD. */
    public final long done;
    public final long total;
    /** 0-based frame and slice being worked on. */
    public final int frame;
    public final int slice;
    /** 0 to 1, never falling. */
    public final double fraction;
    /** Estimated from what was done so far; negative while it is not known. */
    public final double secondsLeft;

    /** Called by the native side. */
    // <generated Progress>
    Progress(int stage, long done, long total, int frame, int slice, double fraction, double secondsLeft)
    {
        this.stage = stage;
        this.done = done;
        this.total = total;
        this.frame = frame;
        this.slice = slice;
        this.fraction = fraction;
        this.secondsLeft = secondsLeft;
    }
    // </generated>
}
