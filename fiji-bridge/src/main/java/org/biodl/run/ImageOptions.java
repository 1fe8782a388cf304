package org.biodl.run;

/** Options that every run on an image has, whatever comes of it; named as those of the biodl command. */
public final class ImageOptions
{
    /** The word for a value that is left to the model. */
    public static final String MODELS_OWN = "model";
    /** The word for a value that BioDL chooses. */
    public static final String AUTO = "auto";
    /** The word for a value that is not wanted. */
    public static final String NONE = "none";
    /** Every channel, slice or frame. */
    public static final String ALL = "all";
    /** The slice or frame that is shown. */
    public static final String CURRENT = "current";

    public static final Option<String> MODEL = new Option<>("model", "Model",
        "A folder or file, the id of an installed model (BioDL Models... lists them), or builtin:NAME; 'auto' for the built-in one that "
            + "fits command and image.", Format.text(), null);
    public static final Option<String> CHANNELS = new Option<>("channels", "Channels",
        "'all', 'auto' (as many as the network takes; the current one for a network of one channel), or numbers and names such as "
            + "1,3 or DAPI.",
        Format.text(), AUTO, "channel");
    public static final Option<String> SLICES = new Option<>("slices", "Slices", "'all', 'current' or a number from 1.", Format.text(),
        ALL);
    public static final Option<String> FRAMES = new Option<>("frames", "Frames", "'all', 'current' or a number from 1.", Format.text(),
        ALL);
    public static final Option<Boolean> NORMALIZE = new Option<>("normalize", "Normalise as the model asks",
        "Switch it off only for images that are normalised already.", Format.flag(), true);
    public static final Option<Double> PERCENTILE_LOW = new Option<>("percentile_low", "Percentile low",
        "In percent: what becomes 0, in place of the model's own.", Format.number(0, 100, MODELS_OWN), null);
    public static final Option<Double> PERCENTILE_HIGH = new Option<>("percentile_high", "Percentile high",
        "In percent: what becomes 1, in place of the model's own.", Format.number(0, 100, MODELS_OWN), null);
    public static final Option<Boolean> DARK_OBJECTS = new Option<>("dark_objects", "Dark objects on a bright ground",
        "For a model that was made for bright objects on a dark ground: intensities are turned over before it sees them.", Format.flag(),
        false);
    public static final Option<Double> SCALE = new Option<>("scale", "Scale of the image",
        "The network sees the image resampled by this factor: 0.25 for objects four times larger than the model's. Results keep the "
            + "image's own pixels. 'none' for none.", Format.number(1.0 / 64, 64, NONE), null);
    public static final Option<Double> OBJECT_DIAMETER = new Option<>("object_diameter", "Diameter of the objects",
        "In pixels of the image, in place of a scale: the image is brought to the diameter that the model was made for. 'model' for the "
            + "same.", Format.number(0.01, 100_000, MODELS_OWN), null);
    public static final Option<Integer> TILE = new Option<>("tile", "Tiles",
        "Side of the pieces an image is computed in, in pixels, margin included. Smaller ones need less memory; the result is the same.",
        Format.whole(32, 16_384, AUTO), null, "tiles");
    public static final Option<Integer> MEMORY = new Option<>("memory", "Memory",
        "MiB that a run may take besides its images; 'auto' for a part of what is free.", Format.whole(1, 100_000_000, AUTO), null);
    public static final Option<String> DEVICE = new Option<>("device", "Device", "'auto', 'cpu' or 'cuda:0'.", Format.text(), AUTO);

    private ImageOptions()
    {
    }
}
