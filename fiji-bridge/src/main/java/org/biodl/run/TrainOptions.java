package org.biodl.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.biodl.jni.TrainingMethod;

/** Options of a training, named as those of the biodl command; those that are left alone suit the method and the images. */
public final class TrainOptions
{
    /** Values of IMAGES beside a folder. */
    public static final String OPEN = "open";
    /** A value of TARGETS and LABELS beside a title and a folder. */
    public static final String ROI_MANAGER = "ROI Manager";
    /** Values of NOISE_AXIS. */
    public static final String ALONG_X = "x";
    public static final String ALONG_Y = "y";
    private static final int MOST_STEPS = 10_000_000;

    public static final Option<String> METHOD = new Option<>("method", "Method", "What the network is to learn.",
        Format.oneOf(Arrays.stream(TrainingMethod.values()).map(TrainingMethod::getId).toArray(String[]::new)),
        TrainingMethod.DENOISE_IMAGE.getId());
    public static final Option<String> IMAGES = new Option<>("images", "Images",
        "'current' for the current image, 'open' for all open images that are as large as their targets or need none, or a folder.",
        Format.text(), ImageOptions.CURRENT);
    public static final Option<String> TARGETS = new Option<>("targets", "Targets",
        "What the network is to give: the title of an open image as large as the current one, or a folder with images of the same names. "
            + "For a class for each pixel also 'ROI Manager': a ROI's group is its class.", Format.text(), null);
    public static final Option<String> LABELS = new Option<>("labels", "Labels of the objects",
        "'ROI Manager', where all objects of a slice are marked, the title of a label image, or a folder with label images or ROI sets "
            + "(zip) of the same names. Groups of ROIs are classes.", Format.text(), ROI_MANAGER);
    public static final Option<String> TARGET_CHANNELS = new Option<>("target_channels", "Channels of the targets",
        ImageOptions.CHANNELS.getHelp(), Format.text(), ImageOptions.ALL);
    public static final Option<String> START = new Option<>("model", "Start from",
        "A model whose weights are the start: far fewer images are needed then. 'auto' for the method's own, a built-in one for objects "
            + "and for one image alone; 'none' for random weights.", Format.text(), ImageOptions.AUTO);
    public static final Option<String> NAME = new Option<>("name", "Name of the model", "As the lists of models show it.", Format.text(),
        null);
    public static final Option<Boolean> APPLY = new Option<>("apply", "Denoise the image with it",
        "When the model is there, the current image is denoised with it.", Format.flag(), true);
    public static final Option<Integer> STEPS = new Option<>("steps", "Steps", "How often weights are changed.",
        Format.whole(1, MOST_STEPS, ImageOptions.AUTO), null);
    public static final Option<Double> MINUTES = new Option<>("minutes", "At most minutes",
        "Ends after so many minutes, with what was learned until then.", Format.number(0.01, 100_000, ImageOptions.NONE), null);
    public static final Option<Double> VALIDATION = new Option<>("validation", "Share for checks",
        "Of the images, or of a single image: what the network never learns from, 0 to 0.5.", Format.number(0, 0.5, ImageOptions.AUTO),
        null);
    public static final Option<Integer> PATCH = new Option<>("patch", "Patch", "Side of what a step sees, in pixels.",
        Format.whole(16, 2048, ImageOptions.AUTO), null);
    public static final Option<Integer> BATCH = new Option<>("batch", "Patches a step", "More need more memory.",
        Format.whole(1, 1024, ImageOptions.AUTO), null);
    public static final Option<Integer> SEED = new Option<>("seed", "Seed",
        "The same seed gives the same curve on the same machine with the same number of threads.", Format.whole(1, 999_999_999, null), 1);
    public static final Option<Integer> THREADS = new Option<>("threads", "Threads", "'auto' for all cores.",
        Format.whole(1, 1024, ImageOptions.AUTO), null);
    public static final Option<Boolean> VOLUMES = new Option<>("volumes", "Slices are one volume",
        "A network in three dimensions; without, every slice is an image of its own.", Format.flag(), false);
    public static final Option<Boolean> MEDIAN = new Option<>("median", "Noise2Void 2",
        "Hidden pixels get the median of their neighbours: fewer checkerboards.", Format.flag(), false);
    public static final Option<Integer> NOISE_RADIUS = new Option<>("noise_radius", "Noise is correlated over",
        "Pixels to each side that look alike in the noise, such as in lines of a confocal; 0 where pixels are independent.",
        Format.whole(0, 64, null), 0);
    public static final Option<String> NOISE_AXIS = new Option<>("noise_axis", "along", "The axis along which noise is correlated.",
        Format.oneOf(ALONG_X, ALONG_Y), ALONG_X);
    public static final Option<Boolean> PROBABILISTIC = new Option<>("probabilistic", "Predict the spread too",
        "The network also tells how sure it is of each pixel.", Format.flag(), false);
    public static final Option<Double> SIMULATED_NOISE = new Option<>("simulate_noise", "Simulate noise",
        "Images are clean and their own targets: noise of this strength is added to what the network sees. 0 for pairs.",
        Format.number(0, 10, null), 0.0);
    public static final Option<Integer> RAYS = new Option<>("rays", "Rays", "Of a star-convex polygon.",
        Format.whole(8, 256, ImageOptions.AUTO), null);
    public static final Option<Double> SIMILARITY = new Option<>("similarity", "Structural similarity",
        "Share of multi-scale SSIM in the loss, 0 to 1.", Format.number(0, 1, ImageOptions.AUTO), null);
    public static final Option<Double> ADVERSARIAL = new Option<>("adversarial", "Adversarial term",
        "Weight of a second network that tells stained images from true ones (pix2pix): sharper, but invents more. 0 for none.",
        Format.number(0, 10, null), 0.0);
    public static final Option<String> AUTHORS = new Option<>("authors", "Authors", "Of the model, separated by semicolons.",
        Format.text(), null);
    public static final Option<String> LICENCE = new Option<>("licence", "Licence",
        "Of the model, such as CC-BY-4.0; without one nobody else may use it.", Format.text(), null);
    public static final Option<String> DESCRIPTION = new Option<>("description", "Description", "Of the model, in words.", Format.text(),
        null);
    public static final Option<String> OUT = new Option<>("out", "Folder of the package",
        "A folder that is not there yet, where the model's package is written too.", Format.text(), null);
    public static final Option<String> RESUME = new Option<>("resume", "Resume",
        "The id of a training that was broken off, or 'last'; other options are those that it began with.", Format.text(), null);

    /** All options of a training. */
    public static final List<Option<?>> LIST = Collections.unmodifiableList(Arrays.asList(METHOD, IMAGES, ImageOptions.CHANNELS
        .withDefault(ImageOptions.ALL), ImageOptions.SLICES, ImageOptions.FRAMES, TARGETS, TARGET_CHANNELS, LABELS, START, NAME, APPLY,
        MEDIAN, NOISE_RADIUS, NOISE_AXIS, PROBABILISTIC, SIMULATED_NOISE, RAYS, SIMILARITY, ADVERSARIAL, STEPS, MINUTES, VALIDATION, PATCH,
        BATCH, VOLUMES, SEED, THREADS, ImageOptions.MEMORY, AUTHORS, LICENCE, DESCRIPTION, OUT, RESUME));

    /** Options that some methods alone have. */
    private static final Map<Option<?>, Set<TrainingMethod>> SPECIAL = new HashMap<>();

    static
    {
        only(EnumSet.of(TrainingMethod.RESTORATION, TrainingMethod.STAIN, TrainingMethod.SEMANTIC), TARGETS);
        only(EnumSet.of(TrainingMethod.RESTORATION, TrainingMethod.STAIN), TARGET_CHANNELS, SIMILARITY);
        only(EnumSet.of(TrainingMethod.STARDIST), LABELS, RAYS);
        only(EnumSet.of(TrainingMethod.DENOISE_IMAGE, TrainingMethod.NOISE2VOID), APPLY);
        only(EnumSet.of(TrainingMethod.NOISE2VOID), MEDIAN, NOISE_RADIUS, NOISE_AXIS);
        only(EnumSet.of(TrainingMethod.RESTORATION), PROBABILISTIC, SIMULATED_NOISE);
        only(EnumSet.of(TrainingMethod.STAIN), ADVERSARIAL);
        only(EnumSet.complementOf(EnumSet.of(TrainingMethod.DENOISE_IMAGE)), START, VALIDATION);
        only(EnumSet.of(TrainingMethod.NOISE2VOID, TrainingMethod.RESTORATION), VOLUMES);
    }

    private TrainOptions()
    {
    }

    private static void only(Set<TrainingMethod> methods, Option<?>... options)
    {
        for (Option<?> option : options)
            SPECIAL.put(option, methods);
    }

    /** @return the method of a training */
    public static TrainingMethod method(Settings settings)
    {
        return TrainingMethod.of(settings.get(METHOD));
    }

    /** @return whether the option means something to the method */
    public static boolean belongs(Option<?> option, TrainingMethod method)
    {
        return !SPECIAL.containsKey(option) || SPECIAL.get(option).contains(method);
    }

    /** @throws OptionException naming an option that was given and means nothing to the method */
    public static void check(Settings settings)
    {
        TrainingMethod method = method(settings);
        for (Option<?> option : SPECIAL.keySet())
            if (settings.isGiven(option) && !belongs(option, method))
                throw new OptionException(option, option.getKey() + "=" + settings.text(option), "it means nothing to the method "
                    + method.getId() + ".", "Leave out '" + option.getKey() + "'.", "");
    }
}
