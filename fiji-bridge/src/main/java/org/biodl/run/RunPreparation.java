package org.biodl.run;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.awt.Rectangle;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.biodl.image.ChannelChoice;
import org.biodl.image.Region;
import org.biodl.image.ResultPlanes;
import org.biodl.image.RunSource;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.Model;
import org.biodl.jni.OutputKind;
import org.biodl.jni.PixelType;
import org.biodl.jni.PlannedOutput;
import org.biodl.jni.RunOptions;
import org.biodl.jni.RunPlan;
import org.biodl.jni.TensorInfo;

/** What a run of the three commands will do, known before any pixel is read: model, images, plan, types and memory of the results. */
final class RunPreparation
{
    final RunSettings settings;
    final Model model;
    final List<RunSource> sources;
    final RunOptions options;
    final RunPlan plan;
    /** Selected part of each plane in pixels; null for all. */
    final Rectangle region;

    private RunPreparation(RunSettings settings, Model model, List<RunSource> sources, RunOptions options)
    {
        this.settings = settings;
        this.model = model;
        this.sources = sources;
        this.options = options;
        region = options.region;
        plan = model.plan(views(), options);
    }

    /**
     * @param image the image that the first input of the network sees
     * @param settings what was chosen
     * @throws BioDLException when image, model and settings do not go together
     */
    static RunPreparation of(ImagePlus image, RunSettings settings)
    {
        Region selected = Region.of(image);
        Rectangle all = new Rectangle(image.getWidth(), image.getHeight());
        return of(image, settings, selected.bounds.equals(all) ? null : selected.bounds);
    }

    /** @param region the part of each plane to compute, null for all */
    static RunPreparation of(ImagePlus image, RunSettings settings, Rectangle region)
    {
        Model model = Models.open(settings.value("model"));
        RunOptions options = settings.engine(model.info());
        options.region = region;
        options.channels = new int[model.inputs().size()][];
        List<RunSource> sources = new ArrayList<>();
        for (int i = 0; i < options.channels.length; i++)
        {
            ImagePlus input = i == 0 ? image : input(settings, model.inputs(), i);
            RunSource source = new RunSource(input, settings.is("slices", SegmentSettings.All), settings.is("frames", SegmentSettings.All));
            int current = source.type == PixelType.ARGB32 ? 0 : input.getC() - 1;
            options.channels[i] = ChannelChoice.resolve(channels(settings, i), source.channelNames(), model.inputs().get(i).channels, current);
            sources.add(source);
        }
        RunPreparation preparation = new RunPreparation(settings, model, Collections.unmodifiableList(sources), options);
        RunChecks.check(preparation);
        return preparation;
    }

    List<ImageView> views()
    {
        List<ImageView> views = new ArrayList<>();
        for (RunSource source : sources)
            views.add(source.view());
        return views;
    }

    /** @return pixels of output i: what fits, or 32-bit where that was asked for */
    PixelType type(int i)
    {
        PlannedOutput output = plan.outputs.get(i);
        boolean wide = settings.is("output", RunSettings.Float) && output.kind != OutputKind.MASK;
        if (output.type == null || wide || needsRgb(i))
            return PixelType.FLOAT32;
        int channels = (int) output.shape[2];
        return output.type != PixelType.ARGB32 ? output.type : channels == 3 && !settings.is("rgb", "false") ? PixelType.ARGB32 : PixelType.UINT8;
    }

    /** @return whether output i comes as three float channels that are to be shown as RGB */
    boolean needsRgb(int i)
    {
        PlannedOutput output = plan.outputs.get(i);
        boolean possible = output.shape[2] == 3 && output.kind == OutputKind.IMAGE && output.type == PixelType.FLOAT32;
        boolean wanted = settings.is("rgb", "true") || settings.is("rgb", SegmentSettings.Auto) && sources.get(0).type == PixelType.ARGB32
            && settings.task == RunTask.STAIN;
        return possible && wanted && !settings.is("output", RunSettings.Float);
    }

    /** @return channels of output i that are kept, null for all: a spread only when asked for */
    int[] kept(int i)
    {
        int each = model.outputs().get(i).channels;
        if (settings.task != RunTask.DENOISE || settings.flag("spread") || !hasSpread(i))
            return null;
        int[] kept = new int[(int) plan.outputs.get(i).shape[2] / 2];
        for (int k = 0; k < kept.length; k++)
            kept[k] = k / (each / 2) * each + k % (each / 2);
        return kept;
    }

    /** @return whether output i has a channel of spread for each restored one (CARE's probabilistic networks) */
    boolean hasSpread(int i)
    {
        TensorInfo output = model.outputs().get(i);
        return output.restoresInput && output.channels == 2 * model.inputs().get(0).channels;
    }

    /** @return bytes of all results in ImageJ's memory */
    long resultBytes()
    {
        long bytes = 0;
        for (int i = 0; i < plan.outputs.size(); i++)
        {
            PlannedOutput output = plan.outputs.get(i);
            int[] kept = kept(i);
            bytes += ResultPlanes.bytes(output, type(i), kept == null ? (int) output.shape[2] : kept.length);
            if (needsRgb(i))
                bytes += ResultPlanes.bytes(output, PixelType.ARGB32, 1);
            else if (output.kind == OutputKind.LABELS && type(i) == PixelType.FLOAT32)
                bytes += ResultPlanes.bytes(output, PixelType.UINT16, (int) output.shape[2]);
        }
        return settings.flag("merge") ? bytes + RunChecks.mergedBytes(this) : bytes;
    }

    /** @return bytes that Java could still take */
    static long freeBytes()
    {
        return Math.max(0, IJ.maxMemory() - IJ.currentMemory());
    }

    /** @return the settings with numbers in place of what depends on the state of the image, so that a recorded macro gives the same */
    RunSettings exact()
    {
        RunSettings exact = settings;
        for (int i = 0; i < sources.size(); i++)
            exact = exact.with(i == 0 ? "channels" : "channels" + (i + 1), ChannelChoice.text(options.channels[i]));
        return exact;
    }

    private static String channels(RunSettings settings, int input)
    {
        String text = settings.value(input == 0 ? "channels" : "channels" + (input + 1));
        return text == null ? ChannelChoice.Auto : text;
    }

    private static ImagePlus input(RunSettings settings, List<TensorInfo> inputs, int i)
    {
        String key = "image" + (i + 1);
        String title = settings.value(key);
        if (title == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The model takes " + inputs.size() + " images (" + names(inputs) + ").",
                "Use '" + RunTask.RUN.command + "' for it.");
        if (title.isEmpty())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The model takes " + inputs.size() + " images (" + names(inputs) + "), and the option '"
                + key + "' is missing.", "Give " + key + "=TITLE of an open image for its input " + inputs.get(i).name + ".");
        ImagePlus open = WindowManager.getImage(title);
        // without a window system there are no open images, so a file will do
        ImagePlus image = open == null && new File(title).isFile() ? IJ.openImage(title) : open;
        if (image == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, key + "=" + title + ": there is no open image of this title, and no image file.",
                "Open it first; the titles are in the Window menu.");
        return image;
    }

    private static String names(List<TensorInfo> tensors)
    {
        StringBuilder names = new StringBuilder();
        for (TensorInfo tensor : tensors)
            names.append(names.length() == 0 ? "" : ", ").append(tensor.name);
        return names.toString();
    }
}
