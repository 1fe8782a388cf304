package org.biodl.jni;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A part of a validation image, always the same one, as the network sees it. */
public final class TrainingPicture
{
    /** When it was made. */
    public final int step;
    public final int height;
    public final int width;
    /** "input", "prediction" and, where there is one, "target". */
    public final List<String> names;
    /** Normalised values of each, row by row. */
    public final List<float[]> planes;

    // <generated TrainingPicture>
    TrainingPicture(float[][] planes, int step, int height, int width, byte[] names)
    {
        this.planes = Collections.unmodifiableList(Arrays.asList(planes));
        this.step = step;
        this.height = height;
        this.width = width;
        this.names = Text.lines(names);
    }
    // </generated>
}
