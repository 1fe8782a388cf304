package org.biodl.jni;

import java.util.Collections;
import java.util.List;

/** How a run went; the pixels are in the caller's images. A snapshot: nothing to close. Times in milliseconds. */
public final class RunResult
{
    private static final int TEXTS = 4;
    private static final int NUMBERS = 13;

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
    private final long[] _clipped;
    private final long[] _notFinite;

    private RunResult(long handle, int outputs)
    {
        byte[][] texts = new byte[TEXTS][];
        double[] n = new double[NUMBERS];
        describe(handle, texts, n);
        String[] lines = Text.of(texts);
        device = lines[0];
        deviceName = lines[1];
        warnings = Collections.unmodifiableList(Text.lines(lines[2]));
        provenance = lines[3];
        fellBack = n[0] != 0;
        tiles = (long) n[1];
        tile = new long[] { (long) n[2], (long) n[3], (long) n[4] };
        bytesRead = (long) n[5];
        bytesWritten = (long) n[6];
        prepareMs = n[7];
        statisticsMs = n[8];
        readMs = n[9];
        networkMs = n[10];
        writeMs = n[11];
        totalMs = n[12];
        _clipped = new long[outputs];
        _notFinite = new long[outputs];
        for (int i = 0; i < outputs; i++)
        {
            double[] counts = new double[2];
            output(handle, i, counts);
            _clipped[i] = (long) counts[0];
            _notFinite[i] = (long) counts[1];
        }
    }

    static RunResult of(long model, List<ImageView> inputs, RunOptions o, List<ImageView> outputs, ProgressListener listener)
    {
        try (Handle result = new Handle(run(model, inputs.toArray(new ImageView[0]), o.integers(), o.numbers(), Text.bytes(o.device), o.channels,
            outputs.toArray(new ImageView[0]), listener), RunResult::destroy))
        {
            return new RunResult(result.get(), outputs.size());
        }
    }

    /** @return values of output i that were beyond the pixel type and became its smallest or largest value */
    public long clipped(int i)
    {
        return _clipped[i];
    }

    /** @return values of output i that were NaN or infinite and became 0 */
    public long notFinite(int i)
    {
        return _notFinite[i];
    }

    private static native long run(long model, ImageView[] inputs, long[] integers, double[] numbers, byte[] device, int[][] channels,
        ImageView[] outputs, ProgressListener listener);

    private static native void describe(long handle, byte[][] texts, double[] numbers);

    private static native void output(long handle, long index, double[] numbers);

    private static native void destroy(long handle);
}
