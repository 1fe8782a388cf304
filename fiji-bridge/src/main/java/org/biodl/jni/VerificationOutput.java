package org.biodl.jni;

/** One output of a model against its test tensor. */
public final class VerificationOutput
{
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

    // <generated VerificationOutput>
    VerificationOutput(int passed, byte[] name, long values, long mismatches, double largestDeviation, double absoluteTolerance,
        double relativeTolerance, double allowedPerMillion)
    {
        this.passed = passed != 0;
        this.name = Text.of(name);
        this.values = values;
        this.mismatches = mismatches;
        this.largestDeviation = largestDeviation;
        this.absoluteTolerance = absoluteTolerance;
        this.relativeTolerance = relativeTolerance;
        this.allowedPerMillion = allowedPerMillion;
    }
    // </generated>
}
