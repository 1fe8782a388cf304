package org.biodl.ij1.models;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.biodl.jni.BioDLException;

/** One thing asked of "BioDL Models...", as macros write it: action=NAME and the options of that action, no others. */
final class ModelsSettings
{
    static final String List = "list";
    static final String Info = "info";
    static final String Install = "install";
    static final String Verify = "verify";
    static final String Remove = "remove";

    /** The options of each action. */
    private static final Map<String, List<String>> Options = new LinkedHashMap<>();

    static
    {
        Options.put(List, Arrays.asList("online", "task", "filter"));
        Options.put(Info, Arrays.asList("id", "online"));
        Options.put(Install, Arrays.asList("source", "sha256"));
        Options.put(Verify, Arrays.asList("id", "device"));
        Options.put(Remove, Collections.singletonList("id"));
    }

    private static final List<String> Keys = Arrays.asList("action", "id", "source", "sha256", "online", "task", "filter", "device");

    final String action;
    /** Of the model; for install, what "source" gives. */
    final String id;
    /** A path, a URL or the id of an online model. */
    final String source;
    /** 64 hexadecimal digits, or "". */
    final String sha256;
    final boolean online;
    final String task;
    final String filter;
    final String device;

    private ModelsSettings(MacroOptions o)
    {
        action = o.one("action", List, Options.keySet().toArray(new String[0]));
        for (String key : Keys)
            if (o.has(key) && !key.equals("action") && !Options.get(action).contains(key))
                throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The option '" + key + "' does not belong to action=" + action + ".",
                    "The options of this action are: " + String.join(", ", Options.get(action)) + ".");
        boolean needsId = action.equals(Info) || action.equals(Verify) || action.equals(Remove);
        id = needsId ? needed(o, "id", "the id of a model; action=list shows them") : "";
        source = action.equals(Install) ? needed(o, "source", "a file, a folder, a URL or the id of an online model") : "";
        sha256 = o.has("sha256") ? hash(o.text("sha256", "")) : "";
        online = o.flag("online", false);
        task = o.one("task", ModelsFilter.AnyTask, ModelsFilter.tasks());
        filter = o.has("filter") ? o.text("filter", "") : "";
        device = o.text("device", SegmentSettings.Auto);
    }

    /**
     * @param text the options of a macro; "" lists the models of this machine
     * @param variable looks up a macro variable
     * @throws BioDLException naming an unknown key, a malformed value or what is missing
     */
    static ModelsSettings parse(String text, UnaryOperator<String> variable)
    {
        return new ModelsSettings(MacroOptions.parse(text, Keys, variable));
    }

    private static String needed(MacroOptions o, String key, String what)
    {
        if (!o.has(key))
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "action=" + o.text("action", List) + " needs the option '" + key + "'.",
                "Give " + key + "=VALUE: " + what + ".");
        return o.text(key, "");
    }

    static String hash(String text)
    {
        if (!text.matches("[0-9a-fA-F]{64}"))
            throw MacroOptions.malformed("sha256", text, "64 hexadecimal digits");
        return text.toLowerCase(java.util.Locale.ROOT);
    }
}
