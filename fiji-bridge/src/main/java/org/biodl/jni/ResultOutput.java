package org.biodl.jni;

/** What became of one output of a run; RunResult says it. */
final class ResultOutput
{
    final long clipped;
    final long notFinite;

    // <generated ResultOutput>
    ResultOutput(long clipped, long notFinite)
    {
        this.clipped = clipped;
        this.notFinite = notFinite;
    }
    // </generated>
}
