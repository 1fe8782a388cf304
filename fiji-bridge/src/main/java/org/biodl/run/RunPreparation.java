package org.biodl.run;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
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
public final class RunPreparation
{
    final Verb verb;
    final Settings settings;
    final Model model;
    final List<ImageInput> inputs;
    final RunOptions options;
    final RunPlan plan;

    private RunPreparation(Verb verb, Settings settings, Model model, List<? extends ImageInput> inputs, RunOptions options)
    {
        this.verb = verb;
        this.settings = settings;
        this.model = model;
        this.inputs = Collections.unmodifiableList(inputs);
        this.options = options;
        plan = model.plan(views(), options);
    }

    /**
     * @param verb one that turns images into images
     * @param given settings of the verb
     * @param inputs an image for each input of the model
     * @param region the part of each plane to compute, null for all
     * @throws BioDLException when images, model and settings do not go together
     */
    public static RunPreparation of(Verb verb, Settings given, List<? extends ImageInput> inputs, Rectangle region)
    {
        Settings settings = DefaultModel.in(given, verb, null);
        Model model = OpenModels.open(settings.require(ImageOptions.MODEL));
        List<TensorInfo> tensors = model.inputs();
        if (tensors.size() != inputs.size())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The model takes " + tensors.size() + " images ("
                + tensors.stream().map(tensor -> tensor.name).collect(Collectors.joining(", ")) + ")"
                + (verb == Verb.RUN && inputs.size() < tensors.size() ? ", and '" + NetworkOptions.image(inputs.size()).getKey()
                + "' is missing." : ", not " + inputs.size() + "."),
                verb == Verb.RUN ? "Give an image for each of them; a macro names open images by their titles." : "Use '"
                + Verb.RUN.getCommand() + "' for it.");
        RunOptions options = EngineOptions.run(settings, model.info());
        options.region = region;
        options.pixelSize = inputs.get(0).pixelSize();
        if (inputs.get(0).getType() != PixelType.ARGB32)
            options.channelNames = inputs.get(0).channelNames();
        options.channels = new int[tensors.size()][];
        for (int i = 0; i < options.channels.length; i++)
        {
            ImageInput input = inputs.get(i);
            Option<String> channels = NetworkOptions.channels(i);
            options.channels[i] = ChannelChoice.resolve(settings.get(channels), input.channelNames(), tensors.get(i).channels,
                input.shownChannel());
        }
        RunPreparation preparation = new RunPreparation(verb, settings, model, inputs, options);
        RunChecks.check(preparation);
        return preparation;
    }

    /** @return what is done */
    public Verb getVerb()
    {
        return verb;
    }

    /** @return what was chosen */
    public Settings getSettings()
    {
        return settings;
    }

    /** @return an image for each input of the model */
    public List<ImageInput> getInputs()
    {
        return inputs;
    }

    /** @return what runs it */
    public Model getModel()
    {
        return model;
    }

    /** @return the plan that the engine made */
    public RunPlan getPlan()
    {
        return plan;
    }

    /** @return 0-based channels of an image that an input of the model sees, null for all */
    public int[] channels(int input)
    {
        return options.channels[input];
    }

    /** @return the part of each plane that is computed, null for all */
    public Rectangle getRegion()
    {
        return options.region;
    }

    List<ImageView> views()
    {
        List<ImageView> views = new ArrayList<>();
        for (ImageInput input : inputs)
            views.add(input.view());
        return views;
    }

    /** @return pixels of output i: what fits, or 32-bit where that was asked for */
    public PixelType type(int i)
    {
        PlannedOutput output = plan.outputs.get(i);
        boolean wide = settings.is(NetworkOptions.OUTPUT_TYPE, NetworkOptions.FLOAT) && output.kind != OutputKind.MASK;
        if (output.type == null || wide || needsRgb(i))
            return PixelType.FLOAT32;
        int channels = (int) output.shape[2];
        return output.type != PixelType.ARGB32 ? output.type : channels == 3 && !settings.is(NetworkOptions.RGB, NetworkOptions.NEVER)
            ? PixelType.ARGB32 : PixelType.UINT8;
    }

    /** @return the name of output i in the model's description */
    public String name(int i)
    {
        return model.outputs().get(i).name;
    }

    /** @return whether pixels of output i mean what those of the first image mean, by its calibration */
    public boolean keepsValues(int i)
    {
        return plan.outputs.get(i).restoresInput && type(i) == inputs.get(0).getType();
    }

    /** @return whether output i comes as three float channels that are to be shown as RGB */
    public boolean needsRgb(int i)
    {
        PlannedOutput output = plan.outputs.get(i);
        boolean possible = output.shape[2] == 3 && output.kind == OutputKind.IMAGE && output.type == PixelType.FLOAT32;
        boolean wanted = settings.is(NetworkOptions.RGB, NetworkOptions.ALWAYS) || settings.is(NetworkOptions.RGB, ImageOptions.AUTO)
            && inputs.get(0).getType() == PixelType.ARGB32
            && verb == Verb.STAIN;
        return possible && wanted && !settings.is(NetworkOptions.OUTPUT_TYPE, NetworkOptions.FLOAT);
    }

    /** @return channels of output i that are kept, null for all: a spread only when asked for */
    int[] kept(int i)
    {
        int each = model.outputs().get(i).channels;
        if (verb != Verb.DENOISE || settings.isOn(NetworkOptions.SPREAD) || !hasSpread(i))
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
        return settings.isOn(NetworkOptions.MERGE) ? bytes + RunChecks.mergedBytes(this) : bytes;
    }

    /** @return bytes that Java could still take */
    static long freeBytes()
    {
        return Math.max(0, Runtime.getRuntime().maxMemory() - Runtime.getRuntime().totalMemory() + Runtime.getRuntime().freeMemory());
    }
}
