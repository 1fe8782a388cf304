package org.biodl.jni;

/** How a run went. Times in milliseconds. */
public final class RunReport
{
    /** Id and name of the device that really ran. */
    public final String device;
    public final String deviceName;
    /** One a line, "" when there are none. */
    public final String warnings;
    /** JSON: model, hash, thresholds, percentiles used, device, versions, tiles and why. */
    public final String provenance;
    public final int tileHeight;
    public final int tileWidth;
    /** Whether another device than the one asked for ran. */
    public final boolean fellBack;
    public final long tiles;
    public final long candidates;
    public final double prepareMs;
    public final double readMs;
    public final double normalizeMs;
    public final double networkMs;
    public final double candidatesMs;
    public final double suppressMs;
    public final double renderMs;
    public final double totalMs;

    RunReport(String[] texts, double[] numbers)
    {
        device = texts[0];
        deviceName = texts[1];
        warnings = texts[2];
        provenance = texts[3];
        tileHeight = (int) numbers[0];
        tileWidth = (int) numbers[1];
        fellBack = numbers[2] != 0;
        tiles = (long) numbers[3];
        candidates = (long) numbers[4];
        prepareMs = numbers[5];
        readMs = numbers[6];
        normalizeMs = numbers[7];
        networkMs = numbers[8];
        candidatesMs = numbers[9];
        suppressMs = numbers[10];
        renderMs = numbers[11];
        totalMs = numbers[12];
    }
}
