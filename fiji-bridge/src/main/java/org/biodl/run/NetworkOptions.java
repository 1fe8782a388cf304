package org.biodl.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Options of the runs that turn images into images, beside those of every run. */
public final class NetworkOptions
{
    /** Images that one run can take. */
    public static final int MOST_IMAGES = 4;
    /** Values of OUTPUT_TYPE. */
    public static final String SAME_AS_INPUT = "same as input";
    public static final String AUTOMATIC = "automatic";
    public static final String FLOAT = "32-bit";
    /** Values of RESULT. */
    public static final String NEW_IMAGE = "new image";
    public static final String IN_PLACE = "in place";
    /** Values of RGB beside auto. */
    public static final String ALWAYS = "true";
    public static final String NEVER = "false";
    /** What dialogs call NEVER. */
    public static final String THREE_CHANNELS = "Always three channels";

    public static final Option<Boolean> SCALE_BACK = new Option<>("scale_back", "Scale back to the image's unit",
        "The result has the image's own unit, not the network's.", Format.flag(), true);
    public static final Option<String> OUTPUT_TYPE = new Option<>("output_type", "Output type", "Pixel type of the result.",
        Format.oneOf(AUTOMATIC, FLOAT), AUTOMATIC, "output");
    public static final Option<String> RESULT = new Option<>("result", "Result", "In place changes the image itself, as filters do.",
        Format.oneOf(NEW_IMAGE, IN_PLACE), NEW_IMAGE);
    public static final Option<Boolean> SPREAD = new Option<>("spread", "Add the uncertainty (spread) as a channel",
        "For networks that predict the spread of their values too.", Format.flag(), false);
    public static final Option<Boolean> MERGE = new Option<>("merge", "Merge with the source",
        "One image of the source's channels and the new ones.",
        Format.flag(), false);
    public static final Option<String> RGB = new Option<>("rgb", "Three channels", "When three channels are shown as one RGB image.",
        Format.oneOf(ImageOptions.AUTO, ALWAYS, NEVER), ImageOptions.AUTO);

    private static final List<Option<String>> IMAGES = new ArrayList<>();
    private static final List<Option<String>> IMAGE_CHANNELS = new ArrayList<>();
    public static final Option<String> DENOISED_TYPE = new Option<>("output_type", "Output type", "Pixel type of the result.",
        Format.oneOf(SAME_AS_INPUT, FLOAT), SAME_AS_INPUT, "output");

    static
    {
        for (int i = 2; i <= MOST_IMAGES; i++)
        {
            IMAGES.add(new Option<>("image" + i, "Image", "The title of an open image, or a file, for input " + i + " of the model.",
                Format.text(), null));
            IMAGE_CHANNELS.add(new Option<>("channels" + i, "Channels of it", ImageOptions.CHANNELS.getHelp(), Format.text(),
                ImageOptions.AUTO));
        }
    }

    private NetworkOptions()
    {
    }

    /** @param input 1 or more @return the image that an input of the model sees; the first sees the current one */
    public static Option<String> image(int input)
    {
        return IMAGES.get(input - 1);
    }

    /** @param input 0 or more @return the channels that an input of the model sees */
    public static Option<String> channels(int input)
    {
        return input == 0 ? ImageOptions.CHANNELS : IMAGE_CHANNELS.get(input - 1);
    }

    static List<Option<?>> denoise()
    {
        return list(ImageOptions.AUTO, ImageOptions.ALL, Arrays.asList(DENOISED_TYPE, RESULT, SPREAD));
    }

    static List<Option<?>> stain()
    {
        return list(ImageOptions.AUTO, ImageOptions.AUTO, Arrays.asList(OUTPUT_TYPE, MERGE, RGB));
    }

    static List<Option<?>> run()
    {
        List<Option<?>> own = new ArrayList<>(Arrays.asList(OUTPUT_TYPE, RGB));
        for (int i = 1; i < MOST_IMAGES; i++)
            own.addAll(Arrays.asList(image(i), channels(i)));
        return list(null, ImageOptions.AUTO, own);
    }

    private static List<Option<?>> list(String model, String channels, List<Option<?>> own)
    {
        List<Option<?>> all = new ArrayList<>(Arrays.asList(ImageOptions.MODEL.withDefault(model),
            ImageOptions.CHANNELS.withDefault(channels), ImageOptions.SLICES, ImageOptions.FRAMES, ImageOptions.NORMALIZE,
            ImageOptions.PERCENTILE_LOW, ImageOptions.PERCENTILE_HIGH,
            ImageOptions.DARK_OBJECTS, ImageOptions.SCALE,
            ImageOptions.OBJECT_DIAMETER, SCALE_BACK));
        all.addAll(own);
        all.addAll(Arrays.asList(ImageOptions.TILE, ImageOptions.MEMORY, ImageOptions.DEVICE));
        return Collections.unmodifiableList(all);
    }
}
