package org.biodl.jni;

/** What a training learns from, and what its model does. */
public enum TrainingMethod
{
    /** A small network fitted to one image in seconds. */
    DENOISE_IMAGE("denoise-image", false, false),
    /** Denoising from noisy images alone. */
    NOISE2VOID("noise2void", false, false),
    /** From pairs of bad and good images of the same field. */
    RESTORATION("restoration", true, false),
    /** Star-convex objects, from label images. */
    STARDIST("stardist", false, true),
    /** A class for each pixel, from images of class numbers. */
    SEMANTIC("semantic", true, false),
    /** Stains from another image of the same field. */
    STAIN("stain", true, false);

    private final String _id;
    private final boolean _target;
    private final boolean _labels;

    TrainingMethod(String id, boolean target, boolean labels)
    {
        _id = id;
        _target = target;
        _labels = labels;
    }

    /** @return its name in macros and on the command line */
    public String getId()
    {
        return _id;
    }

    /** @return the method of a name @throws IllegalArgumentException where there is none */
    public static TrainingMethod of(String id)
    {
        for (TrainingMethod method : values())
            if (method._id.equals(id))
                return method;
        throw new IllegalArgumentException(id);
    }

    /** @return whether each image needs one that it is to become */
    public boolean needsTarget()
    {
        return _target;
    }

    /** @return whether each image needs labels of its objects */
    public boolean needsLabels()
    {
        return _labels;
    }

    /** @return as the library numbers them */
    int number()
    {
        return ordinal() + 1;
    }

    /** @return the method of the library's number */
    // <generated TrainingMethod>
    static TrainingMethod of(int number)
    {
        switch (number)
        {
            case 2: return NOISE2VOID;
            case 3: return RESTORATION;
            case 4: return STARDIST;
            case 5: return SEMANTIC;
            case 6: return STAIN;
            default: return DENOISE_IMAGE;
        }
    }
    // </generated>
}
