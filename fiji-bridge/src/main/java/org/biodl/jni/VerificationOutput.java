package org.biodl.jni;

/** One output of a model against its test tensor. */
public final class VerificationOutput
{
    static final int NUMBERS = 7;

    public final String name;
    public final boolean passed;
    /** How many values were compared. */
    public final long values;
    /** Values further away than absoluteTolerance + relativeTolerance * |reference|. */
    public final long mismatches;
    public final double largestDeviation;
    public final double absoluteTolerance;
    public final double relativeTolerance;
    /** Mismatches that are allowed in a million values. */
    public final double allowedPerMillion;

    VerificationOutput(String name, double[] numbers)
    {
        this.name = name;
        passed = numbers[0] != 0;
        values = (long) numbers[1];
        mismatches = (long) numbers[2];
        largestDeviation = numbers[3];
        absoluteTolerance = numbers[4];
        relativeTolerance = numbers[5];
        allowedPerMillion = numbers[6];
    }
}
