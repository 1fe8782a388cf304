package org.biodl.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Options of a segmentation beside those of every run. */
public final class SegmentOptions
{
    /** Values of OUTPUT. */
    public static final String ROI_MANAGER = "ROI Manager";
    public static final String LABEL_IMAGE = "Label Image";
    public static final String BOTH = "Both";
    /** Values of LABELS. */
    public static final String PER_PLANE = "per plane";
    public static final String UNIQUE = "unique";
    public static final String OVER_TIME = "unique over time";
    /** Values of LINK. */
    public static final String NO_LINK = "none";
    public static final String FRAMES = "frames";
    public static final String SLICES = "slices";

    private static final double LARGEST_AREA = 1e15;
    private static final double FARTHEST = 1e9;

    /** Values of ROIS and TABLE. */
    public static final String REPLACE = "replace";
    public static final String ADD = "add";
    public static final String APPEND = "append";

    public static final Option<Double> PROBABILITY = new Option<>("probability", "Probability threshold",
        "Higher gives fewer, surer objects.", Format.number(0, 1, ImageOptions.MODELS_OWN), null, "prob");
    public static final Option<Double> OVERLAP = new Option<>("overlap", "Overlap threshold",
        "Of two objects that share more than this part of the smaller one, the surer stays.",
        Format.number(0, 1, ImageOptions.MODELS_OWN), null);
    public static final Option<String> OUTPUT = new Option<>("output", "Output type", "What is made beside the table.",
        Format.oneOf(ROI_MANAGER, LABEL_IMAGE, BOTH), BOTH);
    public static final Option<String> LABELS = new Option<>("labels", "Label numbers", "Whether labels start at 1 in every plane, are "
        + "unique in the whole stack, or stay the same for a nucleus through frames or slices (unique over time).",
        Format.oneOf(PER_PLANE, UNIQUE, OVER_TIME), PER_PLANE);
    public static final Option<Integer> BORDER = new Option<>("border", "Exclude border",
        "Objects whose centre is this close to the border are left out, in cells of the network's grid.",
        Format.whole(0, 1_000, ImageOptions.MODELS_OWN), null, "exclude_border");
    public static final Option<Boolean> INTEGER_VERTICES = new Option<>("integer_vertices", "Whole-pixel polygons, as StarDist",
        "Compares polygons exactly as StarDist does, for results equal to its own.", Format.flag(), false);
    public static final Option<Boolean> EXCLUDE_EDGES = new Option<>("exclude_edges", "Leave out objects at the edge",
        "Those with a pixel in the first or last row or column of the image.", Format.flag(), false);
    public static final Option<Double> MIN_AREA = new Option<>("min_area", "Smallest area",
        "Smaller objects are left out: in the image's unit squared, in pixels where it has none.", Format.number(0, LARGEST_AREA, null),
        0.0);
    public static final Option<Double> MAX_AREA = new Option<>("max_area", "Largest area", "Larger objects are left out.",
        Format.number(0, LARGEST_AREA, NO_LINK), null);
    public static final Option<Double> GROW = new Option<>("grow", "Grow labels by",
        "Nuclei to cells: in the image's unit, in pixels where it has none; the nearest object wins. ROIs stay those of the objects.",
        Format.number(0, FARTHEST, null), 0.0);
    public static final Option<Boolean> RINGS = new Option<>("rings", "Rings: only what labels grew by",
        "Labels without the objects inside.", Format.flag(), false);
    public static final Option<String> LINK = new Option<>("link", "Follow objects through",
        "Objects of consecutive frames or slices that overlap are one track: column Track, colours of the ROIs.",
        Format.oneOf(NO_LINK, FRAMES, SLICES), NO_LINK);
    public static final Option<Boolean> PROBABILITY_MAP = new Option<>("probability_map", "Probability map",
        "An image of the probabilities that the network predicts.", Format.flag(), false);
    public static final Option<Boolean> DISTANCE_MAP = new Option<>("distance_map", "Distance map",
        "An image of the distances to the border that the network predicts, a channel for each ray.", Format.flag(), false);
    public static final Option<Boolean> OVERLAY = new Option<>("overlay", "Outlines on the image", "Draws the outlines as an overlay.",
        Format.flag(), true);
    public static final Option<String> ROIS = new Option<>("rois", "ROIs of earlier runs",
        "'replace' those of this image, and of images that are closed; ROIs of your own stay. 'add' keeps them all.",
        Format.oneOf(REPLACE, ADD), REPLACE);
    public static final Option<String> TABLE = new Option<>("table", "Table of objects",
        "'replace' the rows that are there, or 'append' to them; the column Image tells images apart.",
        Format.oneOf(REPLACE, APPEND), REPLACE);
    public static final Option<Boolean> MEASURE = new Option<>("measure", "Measure each object",
        "Adds to the table what Analyze > Measure gives for its ROI: perimeter, circularity, Feret's diameter, and the intensities of "
            + "every channel.", Format.flag(), true);
    public static final Option<Boolean> RESET_ROIS = new Option<>("reset_rois", "Empty the ROI Manager first",
        "Removes the ROIs that are there.",
        Format.flag(), false);

    /** All options of a segmentation. */
    public static final List<Option<?>> LIST = Collections.unmodifiableList(Arrays.asList(ImageOptions.MODEL.withDefault(ImageOptions.AUTO),
        ImageOptions.CHANNELS, ImageOptions.SLICES, ImageOptions.FRAMES, ImageOptions.NORMALIZE, ImageOptions.PERCENTILE_LOW,
        ImageOptions.PERCENTILE_HIGH, ImageOptions.DARK_OBJECTS, ImageOptions.SCALE, ImageOptions.OBJECT_DIAMETER,
        PROBABILITY, OVERLAP, OUTPUT, LABELS, BORDER, INTEGER_VERTICES,
        EXCLUDE_EDGES, MIN_AREA, MAX_AREA, GROW, RINGS, LINK, PROBABILITY_MAP, DISTANCE_MAP, OVERLAY, ROIS, RESET_ROIS, TABLE, MEASURE,
        ImageOptions.TILE,
        ImageOptions.MEMORY, ImageOptions.DEVICE));

    /** Those that decide which candidates of the network are objects, and what is made of them; the network sees none of it. */
    public static final Set<Option<?>> DECIDING = Collections.unmodifiableSet(new HashSet<>(Arrays.asList(PROBABILITY, OVERLAP, OUTPUT,
        LABELS, BORDER, EXCLUDE_EDGES, MIN_AREA, MAX_AREA, GROW, RINGS, LINK, PROBABILITY_MAP, DISTANCE_MAP, INTEGER_VERTICES, OVERLAY,
        ROIS, RESET_ROIS, TABLE, MEASURE)));

    private SegmentOptions()
    {
    }

    /** @return whether ROIs are to go to the ROI Manager */
    public static boolean wantsRois(Settings settings)
    {
        return !settings.is(OUTPUT, LABEL_IMAGE);
    }

    /** @return whether a label image is to be made */
    public static boolean wantsLabels(Settings settings)
    {
        return !settings.is(OUTPUT, ROI_MANAGER);
    }
}
