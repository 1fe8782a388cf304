package org.biodl.ij1.models;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.biodl.jni.BioDLException;
import org.biodl.run.ImageOptions;
import org.biodl.run.Option;
import org.biodl.run.OptionException;
import org.biodl.run.Settings;

/** One thing asked of "BioDL Models...", checked: every option belongs to the action, and none is missing. */
final class ModelsSettings
{
    final String action;
    /** Of the model; "" for an action that needs none. */
    final String id;
    /** A path, a URL or the id of an online model; "" for an action that needs none. */
    final String source;
    /** 64 hexadecimal digits, or "". */
    final String sha256;
    final boolean online;
    final String task;
    final String filter;
    final String device;

    private ModelsSettings(Settings settings)
    {
        action = settings.get(ModelsOptions.ACTION);
        for (Option<?> option : ModelsOptions.ALL)
            if (settings.isGiven(option) && option != ModelsOptions.ACTION && !ModelsOptions.of(action).contains(option))
                throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The option '" + option.getKey()
                    + "' does not belong to action=" + action + ".",
                    "The options of this action are: " + ModelsOptions.of(action).stream().map(Option::getKey)
                    .collect(Collectors.joining(", ")) + ".");
        id = needed(settings, ModelsOptions.ID);
        source = needed(settings, ModelsOptions.SOURCE);
        sha256 = settings.isGiven(ModelsOptions.SHA256) ? hash(settings.get(ModelsOptions.SHA256)) : "";
        online = settings.isOn(ModelsOptions.ONLINE);
        task = settings.get(ModelsOptions.TASK);
        filter = settings.text(ModelsOptions.FILTER);
        device = settings.get(ImageOptions.DEVICE);
    }

    /**
     * @param text the options of a macro; "" lists the models of this machine
     * @param variable looks up a macro variable
     * @throws BioDLException naming an unknown key, a malformed value or what is missing
     */
    static ModelsSettings parse(String text, UnaryOperator<String> variable)
    {
        return new ModelsSettings(Settings.parse(ModelsOptions.ALL, text, variable));
    }

    private String needed(Settings settings, Option<String> option)
    {
        if (!ModelsOptions.of(action).contains(option))
            return "";
        if (settings.get(option) == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "action=" + action + " needs the option '" + option.getKey() + "'.",
                "Give " + option.getKey() + "=VALUE: " + option.getHelp() + ".");
        return settings.get(option);
    }

    static String hash(String text)
    {
        if (!text.matches("[0-9a-fA-F]{64}"))
            throw OptionException.malformed(ModelsOptions.SHA256, ModelsOptions.SHA256.getKey(), text, "64 hexadecimal digits");
        return text.toLowerCase(Locale.ROOT);
    }
}
