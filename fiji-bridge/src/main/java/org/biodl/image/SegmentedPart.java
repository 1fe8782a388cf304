package org.biodl.image;

import java.awt.Rectangle;

/** Where objects were looked for: planes of an image, a part of each, and the channel that says where a plane lies in the stack. */
final class SegmentedPart
{
    final ImageSource source;
    final Rectangle bounds;
    private final int _channel;

    /** @param channels 0-based channels that the network saw, null for all */
    SegmentedPart(ImageSource source, Rectangle bounds, int[] channels)
    {
        this.source = source;
        this.bounds = bounds;
        _channel = channels == null ? 0 : channels[0];
    }

    /** @return 1-based index in the image's stack of a 0-based frame and slice */
    int stackIndex(int frame, int slice)
    {
        return source.stackIndex(frame, slice, _channel);
    }

    String sliceLabel(int frame, int slice)
    {
        return source.stackSize == 1 ? null : source.sliceLabel(frame, slice, _channel);
    }
}
