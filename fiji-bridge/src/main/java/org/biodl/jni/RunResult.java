package org.biodl.jni;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How a run went; the pixels are in the caller's images. A snapshot: nothing to close. Times in milliseconds. */
public final class RunResult
{
    /** Id and name of the device that really ran. */
    public final String device;
    public final String deviceName;
    public final List<String> warnings;
    /** JSON: model id, version, hash, weights format, statistics used, device, versions, tiles and why. */
    public final String provenance;
    /** Whether another device than the one asked for ran. */
    public final boolean fellBack;
    public final long tiles;
    /** Pixels along z, y, x, halo included. */
    public final long[] tile;
    public final long bytesRead;
    public final long bytesWritten;
    public final double prepareMs;
    public final double statisticsMs;
    public final double readMs;
    public final double networkMs;
    public final double writeMs;
    public final double totalMs;
    private final List<ResultOutput> outputs;

    // <generated RunResult>
    RunResult(ResultOutput[] outputs, int fellBack, long tiles, long[] tile, long bytesRead, long bytesWritten, byte[] device,
        byte[] deviceName, byte[] warnings, byte[] provenance, double prepareMs, double statisticsMs, double readMs, double networkMs,
        double writeMs, double totalMs)
    {
        this.outputs = Collections.unmodifiableList(Arrays.asList(outputs));
        this.fellBack = fellBack != 0;
        this.tiles = tiles;
        this.tile = tile;
        this.bytesRead = bytesRead;
        this.bytesWritten = bytesWritten;
        this.device = Text.of(device);
        this.deviceName = Text.of(deviceName);
        this.warnings = Text.lines(warnings);
        this.provenance = Text.of(provenance);
        this.prepareMs = prepareMs;
        this.statisticsMs = statisticsMs;
        this.readMs = readMs;
        this.networkMs = networkMs;
        this.writeMs = writeMs;
        this.totalMs = totalMs;
    }
    // </generated>

    /** @return values of output i that were beyond the pixel type and became its smallest or largest value */
    public long clipped(int i)
    {
        return outputs.get(i).clipped;
    }

    /** @return values of output i that were NaN or infinite and became 0 */
    public long notFinite(int i)
    {
        return outputs.get(i).notFinite;
    }

    static native RunResult run(long model, ImageView[] inputs, RunOptions.Struct options, ImageView[] outputs, ProgressListener listener);
}
