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

    /** A kind of a newer library counts as values. */
    static OutputKind of(double number)
    {
        return number >= 0 && number < values().length ? values()[(int) number] : VALUES;
    }
}
