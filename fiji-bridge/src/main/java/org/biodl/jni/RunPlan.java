package org.biodl.jni;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a run will go, before any pixel is read. A snapshot: nothing to close. */
public final class RunPlan
{
    private static final int TEXTS = 3;
    private static final int NUMBERS = 9;

    public final List<PlannedOutput> outputs;
    /** How the image's axes meet the network's, one line an axis. */
    public final List<String> match;
    /** The choice of tiles in one line. */
    public final String why;
    public final List<String> warnings;
    /** Of the whole run. */
    public final long tiles;
    /** Pixels along z, y, x, halo included. */
    public final long[] tile;
    /** Pixels that tiles overlap by to each side, along z, y, x. */
    public final long[] halo;
    /** What the run takes besides the images. */
    public final long memoryBytes;

    private RunPlan(long handle)
    {
        byte[][] texts = new byte[TEXTS][];
        double[] n = new double[NUMBERS];
        describe(handle, texts, n);
        String[] lines = Text.of(texts);
        match = Text.lines(lines[0]);
        why = lines[1];
        warnings = Text.lines(lines[2]);
        tiles = (long) n[1];
        tile = new long[] { (long) n[2], (long) n[3], (long) n[4] };
        halo = new long[] { (long) n[5], (long) n[6], (long) n[7] };
        memoryBytes = (long) n[8];
        List<PlannedOutput> list = new ArrayList<>();
        for (int i = 0; i < (int) n[0]; i++)
        {
            byte[][] names = new byte[PlannedOutput.TEXTS][];
            double[] numbers = new double[PlannedOutput.NUMBERS];
            output(handle, i, names, numbers);
            list.add(new PlannedOutput(Text.of(names), numbers));
        }
        outputs = Collections.unmodifiableList(list);
    }

    static RunPlan of(long model, List<ImageView> inputs, RunOptions o)
    {
        try (Handle plan = new Handle(plan(model, inputs.toArray(new ImageView[0]), o.integers(), o.numbers(), Text.bytes(o.device), o.channels),
            RunPlan::destroy))
        {
            return new RunPlan(plan.get());
        }
    }

    private static native long plan(long model, ImageView[] inputs, long[] integers, double[] numbers, byte[] device, int[][] channels);

    private static native void describe(long handle, byte[][] texts, double[] numbers);

    private static native void output(long handle, long index, byte[][] texts, double[] numbers);

    private static native void destroy(long handle);
}
