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

    // <generated RunReport>
    RunReport(int tileHeight, int tileWidth, int fellBack, long tiles, long candidates, byte[] device, byte[] deviceName,
        byte[] warnings, byte[] provenance, double prepareMs, double readMs, double normalizeMs, double networkMs, double candidatesMs,
        double suppressMs, double renderMs, double totalMs)
    {
        this.tileHeight = tileHeight;
        this.tileWidth = tileWidth;
        this.fellBack = fellBack != 0;
        this.tiles = tiles;
        this.candidates = candidates;
        this.device = Text.of(device);
        this.deviceName = Text.of(deviceName);
        this.warnings = Text.of(warnings);
        this.provenance = Text.of(provenance);
        this.prepareMs = prepareMs;
        this.readMs = readMs;
        this.normalizeMs = normalizeMs;
        this.networkMs = networkMs;
        this.candidatesMs = candidatesMs;
        this.suppressMs = suppressMs;
        this.renderMs = renderMs;
        this.totalMs = totalMs;
    }
    // </generated>
}
