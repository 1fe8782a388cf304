package org.biodl.run;

import java.awt.Rectangle;
import org.biodl.jni.BioDLException;
import org.biodl.jni.PixelType;
import org.biodl.jni.PlannedOutput;

/** What can be known to fail before a run, so that nobody waits for it. */
public final class RunChecks
{
    private RunChecks()
    {
    }

    /** @throws BioDLException naming what does not go together */
    static void check(RunPreparation run)
    {
        if (run.settings.is(NetworkOptions.RESULT, NetworkOptions.IN_PLACE))
            checkInPlace(run);
        if (run.settings.isOn(NetworkOptions.MERGE))
            checkMerge(run);
        if (run.settings.isOn(NetworkOptions.SPREAD) && !run.hasSpread(0))
            throw error(NetworkOptions.SPREAD, "spread", "the model " + run.model.info().name + " gives no spread of its values.",
                "Leave out 'spread'.", "Switch it off.");
    }

    /**
     * Before the run.
     *
     * @throws BioDLException when the results would not fit into ImageJ's memory
     */
    public static void checkMemory(RunPreparation run)
    {
        requireMemory("The result", run.resultBytes());
    }

    /**
     * Before the run, with a second look after Java has tidied up.
     *
     * @param what needs the memory, such as "The label image"
     * @param needed bytes
     * @throws BioDLException when they are not free
     */
    public static void requireMemory(String what, long needed)
    {
        if (needed > RunPreparation.freeBytes())
            System.gc();
        if (needed > RunPreparation.freeBytes())
            throw new BioDLException(BioDLException.OUT_OF_MEMORY, what + " needs " + MemoryText.of(needed) + " of ImageJ's memory, and "
                + MemoryText.of(RunPreparation.freeBytes()) + " are free.",
                "Close other images, give ImageJ more memory (Edit > Options > Memory & Threads; java -Xmx... where there is no window), "
                    + "or choose fewer slices, frames or channels.");
    }

    /** @return bytes of the planes of source and result together in one type */
    static long mergedBytes(RunPreparation run)
    {
        PlannedOutput output = run.plan.outputs.get(0);
        PixelType type = run.type(0) == run.inputs.get(0).getType() && run.type(0) != PixelType.ARGB32 ? run.type(0) : PixelType.FLOAT32;
        return ResultPlanes.bytes(output, type, run.inputs.get(0).channelNames().size() + (int) output.shape[2]);
    }

    private static void checkInPlace(RunPreparation run)
    {
        ImageInput source = run.inputs.get(0);
        PlannedOutput output = run.plan.outputs.get(0);
        int[] channels = run.options.channels[0];
        int kept = run.kept(0) == null ? (int) output.shape[2] : run.kept(0).length;
        int seen = channels == null ? source.channelNames().size() : channels.length;
        String what = run.plan.outputs.size() > 1 ? "it has several outputs" : run.type(0) != source.getType()
            ? "its pixel type is another one"
            : kept != seen || source.getType() == PixelType.ARGB32 && seen != source.channelNames().size() ? "it has other channels"
            : !sameSize(run, source, output) ? "its size is another one" : !source.isWritable() ? "a virtual stack is only read" : null;
        if (what != null)
            throw error(NetworkOptions.RESULT, "result=[in place]",
                "the result cannot take the place of '" + source.getTitle() + "': " + what + ".",
                "Choose result=[new image].", "Choose a new image.");
    }

    private static boolean sameSize(RunPreparation run, ImageInput source, PlannedOutput output)
    {
        Rectangle region = run.getRegion();
        int width = region == null ? source.getWidth() : region.width;
        int height = region == null ? source.getHeight() : region.height;
        return output.shape[0] == source.getFrames() && output.shape[1] == source.getSlices() && output.shape[3] == height
            && output.shape[4] == width;
    }

    private static void checkMerge(RunPreparation run)
    {
        PlannedOutput output = run.plan.outputs.get(0);
        if (run.plan.outputs.size() > 1 || !sameSize(run, run.inputs.get(0), output))
            throw error(NetworkOptions.MERGE, "merge", "the result has another size than '" + run.inputs.get(0).getTitle()
                + "', or several outputs.", "Leave out 'merge'.", "Switch it off.");
        if (run.type(0) == PixelType.ARGB32 || run.needsRgb(0))
            throw error(NetworkOptions.MERGE, "merge", "the result is an RGB image, which has no channels to merge.",
                "Leave out 'merge', or give rgb=false.", "Switch it off, or choose '" + NetworkOptions.THREE_CHANNELS + "'.");
    }

    private static BioDLException error(Option<?> option, String said, String problem, String hint, String remedy)
    {
        return new OptionException(option, said, problem, hint, remedy);
    }
}
