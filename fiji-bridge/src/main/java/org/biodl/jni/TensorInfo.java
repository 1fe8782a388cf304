package org.biodl.jni;

import java.util.List;

/** A tensor that a network takes or gives. Sizes along z, y, x. */
public final class TensorInfo
{
    static final int TEXTS = 4;
    static final int NUMBERS = 9;

    public final String name;
    /** One letter an axis, outermost first, out of b, c, z, y, x, such as "bcyx". */
    public final String axes;
    /** Empty when the model does not name them. */
    public final List<String> channelNames;
    /** Steps before (input) or after (output) the network, with their parameters. */
    public final List<String> processing;
    public final int channels;
    /** Inputs: sizes are min + n * step; a step of 0 is a fixed size. */
    public final long[] min;
    public final long[] step;
    /** Outputs. */
    public final OutputKind kind;
    /** Outputs: whether it is the input, restored, so that scaling back gives the input's own unit. */
    public final boolean restoresInput;

    TensorInfo(String[] texts, double[] n)
    {
        name = texts[0];
        axes = texts[1];
        channelNames = Text.lines(texts[2]);
        processing = Text.lines(texts[3]);
        channels = (int) n[0];
        min = new long[] { (long) n[1], (long) n[2], (long) n[3] };
        step = new long[] { (long) n[4], (long) n[5], (long) n[6] };
        kind = OutputKind.of(n[7]);
        restoresInput = n[8] != 0;
    }

    /** @return whether it has a z axis */
    public boolean isVolume()
    {
        return axes.indexOf('z') >= 0;
    }
}
