package org.biodl.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.biodl.image.ChannelChoice;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.RunOptions;

/** Every choice of one of the three commands, as the dialog fills it in and as macros write it; read strictly. Never changes. */
final class RunSettings
{
    static final String Same = "same as input";
    static final String Automatic = "automatic";
    static final String Float = "32-bit";
    static final String NewImage = "new image";
    static final String InPlace = "in place";

    final RunTask task;
    private final Map<String, String> _values = new LinkedHashMap<>();

    private RunSettings(RunTask task, MacroOptions given)
    {
        this.task = task;
        for (String key : task.keys)
            _values.put(key, canonical(key, given));
    }

    /**
     * @param text the options of a macro
     * @param variable looks up a macro variable
     * @throws BioDLException naming an unknown key, a malformed value, or that there is no model
     */
    static RunSettings parse(RunTask task, String text, UnaryOperator<String> variable)
    {
        return of(task, MacroOptions.parse(text, task.keys, variable));
    }

    static RunSettings of(RunTask task, MacroOptions given)
    {
        return new RunSettings(task, given);
    }

    /** @return these settings with another value */
    RunSettings with(String key, String value)
    {
        Map<String, String> texts = new LinkedHashMap<>(_values);
        texts.put(key, value);
        texts.values().removeIf(String::isEmpty);
        return of(task, MacroOptions.of(texts));
    }

    /** @return the value of a key as macros write it, without brackets; "" for an image that is not given */
    String value(String key)
    {
        return _values.get(key);
    }

    /** @return whether the command knows the key and its value is this one */
    boolean is(String key, String value)
    {
        return value.equals(_values.get(key));
    }

    boolean flag(String key)
    {
        return is(key, "true");
    }

    /** @return what the engine takes; channels and region are still to be set */
    RunOptions engine(ModelInfo model)
    {
        RunOptions options = new RunOptions();
        options.normalize = flag("normalize");
        options.scaleBack = flag("scale_back");
        options.tile = is("tiles", SegmentSettings.Auto) ? 0 : Integer.parseInt(value("tiles"));
        options.device = value("device");
        Double low = percentile("percentile_low");
        Double high = percentile("percentile_high");
        if (low == null && high == null)
            return options;
        if (model.percentileHigh <= 0)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The model " + model.name + " does not normalise by percentiles, so that "
                + "percentile_low and percentile_high mean nothing to it.", "Leave them out.");
        options.percentileLow = low != null ? low : Double.valueOf(model.percentileLow);
        options.percentileHigh = high != null ? high : Double.valueOf(model.percentileHigh);
        if (!(options.percentileLow < options.percentileHigh))
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The low percentile (percentile_low=" + MacroOptions.plain(options.percentileLow)
                + ") is not below the high one (percentile_high=" + MacroOptions.plain(options.percentileHigh) + ").", "Choose for example 1 and 99.8.");
        return options;
    }

    /** @return all options in one line, as a macro gives them */
    String toMacro()
    {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : _values.entrySet())
        {
            String value = entry.getValue();
            boolean brackets = value.chars().anyMatch(Character::isWhitespace);
            if (!value.isEmpty())
                text.append(text.length() == 0 ? "" : " ").append(entry.getKey()).append('=').append(brackets ? "[" + value + "]" : value);
        }
        return text.toString();
    }

    private Double percentile(String key)
    {
        return is(key, SegmentSettings.ModelsOwn) ? null : Double.valueOf(value(key));
    }

    private String canonical(String key, MacroOptions o)
    {
        switch (key)
        {
            case "model":
                if (!o.has(key))
                    throw new BioDLException(BioDLException.INVALID_ARGUMENT, "No model was given.",
                        "Give model=FOLDER-OR-FILE, or model=ID of an installed model (BioDL Models... lists them).");
                return o.text(key, "");
            case "slices":
            case "frames":
                return o.one(key, SegmentSettings.All, SegmentSettings.All, SegmentSettings.Current);
            case "percentile_low":
            case "percentile_high":
                Double number = o.number(key, 0, 100);
                return number == null ? SegmentSettings.ModelsOwn : MacroOptions.plain(number);
            case "normalize":
            case "scale_back":
                return Boolean.toString(o.flag(key, true));
            case "spread":
            case "merge":
                return Boolean.toString(o.flag(key, false));
            case "rgb":
                return o.one(key, SegmentSettings.Auto, SegmentSettings.Auto, "true", "false");
            case "output":
                return task == RunTask.DENOISE ? o.one(key, Same, Same, Float) : o.one(key, Automatic, Automatic, Float);
            case "result":
                return o.one(key, NewImage, NewImage, InPlace);
            case "tiles":
                int tile = o.whole(key, 0, SegmentSettings.SmallestTile, SegmentSettings.LargestTile, SegmentSettings.Auto);
                return tile == 0 ? SegmentSettings.Auto : Integer.toString(tile);
            case "device":
                return o.text(key, SegmentSettings.Auto);
            case "channels":
                return o.text(key, task == RunTask.DENOISE ? ChannelChoice.All : ChannelChoice.Auto);
            default:
                return o.has(key) ? o.text(key, "") : key.startsWith("channels") ? ChannelChoice.Auto : "";
        }
    }
}
