package org.biodl.ij1.run;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.biodl.ij1.Form;
import org.biodl.ij1.LivePreview;
import org.biodl.ij1.MacroCall;
import org.biodl.ij1.SettingsDialog;
import org.biodl.ij1.models.ModelsCommand;
import org.biodl.image.NetworkImages;
import org.biodl.image.Region;
import org.biodl.jni.Model;
import org.biodl.jni.TensorInfo;
import org.biodl.run.ChannelChoice;
import org.biodl.run.DefaultModel;
import org.biodl.run.ImageOptions;
import org.biodl.run.NetworkOptions;
import org.biodl.run.PlanText;
import org.biodl.run.RunChecks;
import org.biodl.run.RunPreparation;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** The dialog of the three commands that turn images into images: it shows the plan of the run, or what is wrong. */
final class RunDialog extends SettingsDialog
{
    private static final int PLAN_ROWS = 11;

    RunDialog(Verb verb, ImagePlus image)
    {
        super(verb, image, DefaultModel.of(verb, null));
    }

    @Override
    protected void fields(Form form, Model model)
    {
        images(form, model.inputs());
        form.planes(image, model.inputs().get(0).isVolume() ? " as a volume" : ", one by one");
        form.gap(true);
        form.add(ImageOptions.NORMALIZE);
        if (model.info().percentileHigh > 0)
        {
            form.addNumber(ImageOptions.PERCENTILE_LOW, model.info().percentileLow);
            form.addNumber(ImageOptions.PERCENTILE_HIGH, model.info().percentileHigh);
        }
        if (model.outputs().stream().anyMatch(output -> output.restoresInput))
            form.add(NetworkOptions.SCALE_BACK);
        form.gap(false);
        results(form, model.inputs().get(0), model.outputs().get(0));
        form.rest();
        form.machine();
    }

    /** The first input sees the current image, and each further one an image of its own. */
    private void images(Form form, List<TensorInfo> inputs)
    {
        channels(form, 0, inputs.size() > 1 ? "Channels for " + inputs.get(0).name : "Channels", image);
        if (verb != Verb.RUN || inputs.size() < 2)
            return;
        List<String> titles = Arrays.asList(WindowManager.getImageTitles());
        String other = titles.stream().filter(title -> !title.equals(image.getTitle())).findFirst().orElse(titles.get(0));
        for (int i = 1; i < Math.min(inputs.size(), NetworkOptions.MOST_IMAGES); i++)
        {
            form.choose(NetworkOptions.image(i), "Image for " + inputs.get(i).name, titles, titles, other);
            channels(form, i, "Channels of it", WindowManager.getImage(other));
        }
    }

    private static void channels(Form form, int input, String label, ImagePlus of)
    {
        if (of.getNChannels() > 1 || of.getType() == ImagePlus.COLOR_RGB)
            form.add(NetworkOptions.channels(input), label);
    }

    private void results(Form form, TensorInfo input, TensorInfo output)
    {
        form.add(verb == Verb.DENOISE ? NetworkOptions.DENOISED_TYPE : NetworkOptions.OUTPUT_TYPE);
        if (verb == Verb.DENOISE)
            form.add(NetworkOptions.RESULT);
        if (verb == Verb.DENOISE && output.restoresInput && output.channels == 2 * input.channels)
            form.add(NetworkOptions.SPREAD);
        if (verb != Verb.DENOISE && output.channels == 3)
            form.choose(NetworkOptions.RGB, Arrays.asList("RGB image from RGB", "Always an RGB image", NetworkOptions.THREE_CHANNELS),
                NetworkOptions.RGB.getFormat().getChoices());
        if (verb == Verb.STAIN)
            form.add(NetworkOptions.MERGE);
    }

    @Override
    protected int textRows()
    {
        return PLAN_ROWS;
    }

    @Override
    protected List<String> check(Settings settings)
    {
        RunPreparation preparation = prepare(settings);
        List<String> plan = new ArrayList<>(PlanText.lines(preparation));
        Region region = Region.of(image);
        if (!region.isWhole())
            plan.add(1, "Pixels " + region.text());
        RunChecks.checkMemory(preparation);
        return plan;
    }

    @Override
    protected void getModels()
    {
        ModelsCommand.open(verb.getTask());
    }

    @Override
    protected LivePreview<Settings, ?> preview(Consumer<String> status, Runnable closed)
    {
        return new RunPreview(image, verb, status, closed);
    }

    @Override
    protected Settings exact(Settings settings)
    {
        RunPreparation preparation = prepare(settings);
        Settings exact = settings;
        for (int i = 0; i < preparation.getInputs().size(); i++)
            exact = exact.with(NetworkOptions.channels(i), ChannelChoice.text(preparation.channels(i)));
        return exact;
    }

    private RunPreparation prepare(Settings settings)
    {
        return NetworkImages.prepare(verb, MacroCall.images(image, settings), settings);
    }
}
