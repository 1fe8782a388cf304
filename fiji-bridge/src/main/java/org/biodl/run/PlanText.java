package org.biodl.run;

import java.util.ArrayList;
import java.util.List;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.OutputKind;
import org.biodl.jni.PixelType;
import org.biodl.jni.PlannedOutput;
import org.biodl.jni.RunPlan;
import org.biodl.jni.TensorInfo;

/** A plan as people read it, in the dialog before the run and in the log. */
public final class PlanText
{
    private PlanText()
    {
    }

    /** @return model, match of axes, tiles, memory, results, warnings */
    public static List<String> lines(RunPreparation run)
    {
        RunPlan plan = run.plan;
        List<String> lines = new ArrayList<>();
        lines.add(model(run));
        lines.addAll(plan.match);
        for (int i = 0; i < plan.outputs.size(); i++)
            lines.add("Result: " + result(run, i));
        lines.add("Memory: " + MemoryText.of(plan.memoryBytes) + " for the run, " + MemoryText.of(run.resultBytes()) + " of ImageJ's "
            + MemoryText.of(RunPreparation.freeBytes()) + " for the result");
        lines.add("Tiles: " + plan.tiles + " of " + size(plan.tile) + " pixels, overlapping by " + size(plan.halo)
            + (plan.why.isEmpty() ? "" : " (" + plan.why + ")"));
        for (String warning : plan.warnings)
            lines.add("Note: " + warning);
        if (run.settings.is(NetworkOptions.RESULT, NetworkOptions.IN_PLACE) && isStack(run.inputs.get(0)))
            lines.add("Note: in place on a stack cannot be undone");
        return lines;
    }

    private static boolean isStack(ImageInput input)
    {
        return input.getSlices() * input.getFrames() > 1 || input.getType() != PixelType.ARGB32 && input.channelNames().size() > 1;
    }

    private static String model(RunPreparation run)
    {
        ModelInfo model = run.model.info();
        StringBuilder text = new StringBuilder("Model: ").append(model.name);
        for (String part : new String[] { model.version, model.format, model.weightsFormat })
            text.append(part.isEmpty() ? "" : ", " + part);
        List<String> steps = new ArrayList<>();
        for (TensorInfo input : run.model.inputs())
            for (String step : input.processing)
                if (!step.startsWith("ensure_dtype") && !steps.contains(step))
                    steps.add(step);
        return text.append(steps.isEmpty() ? "" : "; " + String.join(", ", steps)).toString();
    }

    private static String result(RunPreparation run, int i)
    {
        PlannedOutput output = run.plan.outputs.get(i);
        int[] kept = run.kept(i);
        long channels = kept == null ? output.shape[2] : kept.length;
        boolean rgb = run.type(i) == PixelType.ARGB32 || run.needsRgb(i);
        StringBuilder text = new StringBuilder(run.name(i)).append(": ").append(rgb ? "RGB" : type(output, run.type(i)));
        text.append(", ").append(output.shape[4]).append(" x ").append(output.shape[3]).append(" pixels");
        append(text, rgb ? 1 : channels, "channel");
        append(text, output.shape[1], "slice");
        append(text, output.shape[0], "frame");
        return text.toString();
    }

    private static String type(PlannedOutput output, PixelType type)
    {
        String bits = output.kind == OutputKind.LABELS && type == PixelType.FLOAT32 ? "16-bit" : 8 * type.bytes() + "-bit";
        switch (output.kind)
        {
            case LABELS:
                return bits + " labels";
            case MASK:
                return bits + " mask";
            case VALUES:
                return bits + " values";
            default:
                return bits;
        }
    }

    private static void append(StringBuilder text, long count, String what)
    {
        if (count > 1)
            text.append(", ").append(count).append(' ').append(what).append('s');
    }

    /** @return width and height, "512 x 256", or with slices "512 x 256 x 16" */
    private static String size(long[] zyx)
    {
        return zyx[2] + " x " + zyx[1] + (zyx[0] > 1 ? " x " + zyx[0] : "");
    }
}
