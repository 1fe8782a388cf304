package org.biodl.jni;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How a run will go, before any pixel is read. A snapshot: nothing to close. */
public final class RunPlan
{
    public final List<PlannedOutput> outputs;
    /** How the image's axes meet the network's, one line an axis. */
    public final List<String> match;
    /** The choice of tiles in one line. */
    public final String why;
    public final List<String> warnings;
    /** Of the whole run. */
    public final long tiles;
    /** Pixels along z, y, x, halo included. */
    public final long[] tile;
    /** Pixels that tiles overlap by to each side, along z, y, x. */
    public final long[] halo;
    /** What the run takes besides the images. */
    public final long memoryBytes;

    // <generated RunPlan>
    RunPlan(PlannedOutput[] outputs, long tiles, long[] tile, long[] halo, long memoryBytes, byte[] match, byte[] why, byte[] warnings)
    {
        this.outputs = Collections.unmodifiableList(Arrays.asList(outputs));
        this.tiles = tiles;
        this.tile = tile;
        this.halo = halo;
        this.memoryBytes = memoryBytes;
        this.match = Text.lines(match);
        this.why = Text.of(why);
        this.warnings = Text.lines(warnings);
    }
    // </generated>

    static native RunPlan plan(long model, ImageView[] inputs, RunOptions.Struct options);

    static native RunPlan planStars(long model, ImageView image, RunOptions.Struct options);
}
