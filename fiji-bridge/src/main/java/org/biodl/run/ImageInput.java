package org.biodl.run;

import java.util.List;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;

/** An image as a run needs it: its pixels, and what the plan must know of them. */
public interface ImageInput
{
    /** @return what the user calls it */
    String getTitle();

    /** @return all channels of the slices and frames chosen */
    ImageView view();

    PixelType getType();

    int getWidth();

    int getHeight();

    int getSlices();

    int getFrames();

    /** @return a name for each channel that a network sees (3 for RGB), "" where there is none */
    List<String> channelNames();

    /** @return micrometres from one pixel to the next along z, y and x; 0 where it is not known */
    double[] pixelSize();

    /** @return 0-based channel that is shown */
    int shownChannel();

    /** @return whether its pixels can be replaced */
    boolean isWritable();
}
