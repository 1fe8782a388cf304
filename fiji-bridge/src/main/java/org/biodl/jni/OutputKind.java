package org.biodl.jni;

/** What the values of an output are, in the order of the library's numbers. */
public enum OutputKind
{
    /** Intensities. */
    IMAGE,
    /** Whole numbers that name objects or classes. */
    LABELS,
    /** 0 or 1. */
    MASK,
    /** Probabilities, distances and other measures. */
    VALUES;

    /** @return the kind of the library's number; one of a newer library counts as values */
    // <generated OutputKind>
    static OutputKind of(int number)
    {
        switch (number)
        {
            case 0: return IMAGE;
            case 1: return LABELS;
            case 2: return MASK;
            default: return VALUES;
        }
    }
    // </generated>
}
