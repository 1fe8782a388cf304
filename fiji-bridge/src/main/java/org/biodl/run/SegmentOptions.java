package org.biodl.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.SegmentOptions;

/** Every choice of "BioDL Segment...", as the dialog fills it in and as macros write it. */
public final class SegmentSettings
{
    /** The built-in model. */
    public static final String BuiltIn = "builtin:nuclei-fluo-small";
    /** Stands in macros for a value that is left to the model. */
    public static final String ModelsOwn = "model";
    static final String RoiManager = "ROI Manager";
    static final String LabelImage = "Label Image";
    static final String Both = "Both";
    static final String All = "all";
    static final String Current = "current";
    static final String PerPlane = "per plane";
    static final String Unique = "unique";
    static final String Auto = "auto";
    static final int SmallestTile = 32;
    static final int LargestTile = 16_384;
    static final int WidestBorder = 1_000;

    /** All keys a macro may use. */
    public static final List<String> Keys = Collections.unmodifiableList(Arrays.asList("model", "channel", "slices", "frames", "normalize",
        "percentile_low", "percentile_high", "probability", "overlap", "output", "labels", "exclude_border", "integer_vertices", "overlay",
        "reset_rois", "tiles", "device"));

    /** A folder or file, or "builtin:NAME". */
    public String model = BuiltIn;
    /** 1-based, 0 for the current one. */
    public int channel;
    public boolean allSlices = true;
    public boolean allFrames = true;
    public String output = Both;
    public boolean overlay = true;
    /** Whether to empty the ROI Manager first. */
    public boolean resetRois;
    /** What the engine takes. */
    public SegmentOptions engine = new SegmentOptions();

    /**
     * @param text the options of a macro
     * @param variable looks up a macro variable
     * @throws BioDLException naming an unknown key or a malformed value
     */
    public static SegmentSettings parse(String text, UnaryOperator<String> variable)
    {
        return of(MacroOptions.parse(text, Keys, variable));
    }

    static SegmentSettings of(MacroOptions o)
    {
        SegmentSettings s = new SegmentSettings();
        s.model = o.text("model", BuiltIn);
        s.channel = o.whole("channel", 0, 1, 100_000, Current);
        s.allSlices = o.one("slices", All, All, Current).equals(All);
        s.allFrames = o.one("frames", All, All, Current).equals(All);
        s.output = o.one("output", Both, RoiManager, LabelImage, Both);
        s.overlay = o.flag("overlay", true);
        s.resetRois = o.flag("reset_rois", false);
        s.engine.normalize = o.flag("normalize", true);
        s.engine.percentileLow = o.number("percentile_low", 0, 100);
        s.engine.percentileHigh = o.number("percentile_high", 0, 100);
        s.engine.probability = o.number("probability", 0, 1);
        s.engine.overlap = o.number("overlap", 0, 1);
        s.engine.uniqueLabels = o.one("labels", PerPlane, PerPlane, Unique).equals(Unique);
        s.engine.border = o.whole("exclude_border", SegmentOptions.MODEL_BORDER, 0, WidestBorder, ModelsOwn);
        s.engine.integerVertices = o.flag("integer_vertices", false);
        s.engine.tile = o.whole("tiles", 0, SmallestTile, LargestTile, Auto);
        s.engine.device = o.text("device", Auto);
        return s;
    }

    /** @throws BioDLException when the values do not go together */
    public void check(ModelInfo info)
    {
        double low = engine.percentileLow != null ? engine.percentileLow : info.percentileLow;
        double high = engine.percentileHigh != null ? engine.percentileHigh : info.percentileHigh;
        if (engine.normalize && (engine.percentileLow != null || engine.percentileHigh != null) && !(low < high))
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The low percentile (percentile_low=" + MacroOptions.plain(low)
                + ") is not below the high one (percentile_high=" + MacroOptions.plain(high) + ").", "Choose for example 1 and 99.8.");
    }

    /** @return whether the ROI Manager is wanted */
    public boolean wantsRois()
    {
        return !output.equals(LabelImage);
    }

    /** @return whether a label image is wanted */
    public boolean wantsLabels()
    {
        return !output.equals(RoiManager);
    }

    /** @return the value of a key as macros write it, without brackets */
    public String value(String key)
    {
        switch (key)
        {
            case "model":
                return model;
            case "channel":
                return channel == 0 ? Current : Integer.toString(channel);
            case "slices":
                return allSlices ? All : Current;
            case "frames":
                return allFrames ? All : Current;
            case "normalize":
                return Boolean.toString(engine.normalize);
            case "percentile_low":
                return own(engine.percentileLow);
            case "percentile_high":
                return own(engine.percentileHigh);
            case "probability":
                return own(engine.probability);
            case "overlap":
                return own(engine.overlap);
            case "output":
                return output;
            case "labels":
                return engine.uniqueLabels ? Unique : PerPlane;
            case "exclude_border":
                return engine.border == SegmentOptions.MODEL_BORDER ? ModelsOwn : Integer.toString(engine.border);
            case "integer_vertices":
                return Boolean.toString(engine.integerVertices);
            case "overlay":
                return Boolean.toString(overlay);
            case "reset_rois":
                return Boolean.toString(resetRois);
            case "tiles":
                return engine.tile == 0 ? Auto : Integer.toString(engine.tile);
            case "device":
                return engine.device;
            default:
                throw new IllegalArgumentException(key);
        }
    }

    /** @return all options in one line, as a macro gives them */
    public String toMacro()
    {
        StringBuilder text = new StringBuilder();
        for (String key : Keys)
        {
            String value = value(key);
            boolean brackets = value.isEmpty() || value.chars().anyMatch(Character::isWhitespace);
            text.append(text.length() == 0 ? "" : " ").append(key).append('=').append(brackets ? "[" + value + "]" : value);
        }
        return text.toString();
    }

    private static String own(Double value)
    {
        return value == null ? ModelsOwn : MacroOptions.plain(value);
    }
}
