package org.biodl.jni;

import java.util.List;

/** A tensor that a network takes or gives. Sizes along z, y, x. */
public final class TensorInfo
{
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

    // <generated TensorInfo>
    TensorInfo(int channels, byte[] name, byte[] axes, byte[] channelNames, byte[] processing, long[] min, long[] step, int kind,
        int restoresInput)
    {
        this.channels = channels;
        this.name = Text.of(name);
        this.axes = Text.of(axes);
        this.channelNames = Text.lines(channelNames);
        this.processing = Text.lines(processing);
        this.min = min;
        this.step = step;
        this.kind = OutputKind.of(kind);
        this.restoresInput = restoresInput != 0;
    }
    // </generated>

    /** @return whether it has a z axis */
    public boolean isVolume()
    {
        return axes.indexOf('z') >= 0;
    }
}
