package org.biodl.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.biodl.jni.BioDLException;

/**
 * A value for each option of a list, however it was said: by a macro, a dialog or a script. Values are read strictly: a key that nobody
 * knows or a value that makes no sense is an error that names it, because a misspelt option that is passed over gives a wrong result in
 * silence. Never changes.
 */
public final class Settings
{
    private final List<Option<?>> _options;
    private final Map<String, Object> _values = new LinkedHashMap<>();

    private Settings(List<Option<?>> options)
    {
        _options = options;
        for (Option<?> option : options)
            _values.put(option.getKey(), option.getDefault());
    }

    /** @return the defaults of a list of options */
    public static Settings of(List<Option<?>> options)
    {
        return new Settings(options);
    }

    /**
     * @param options those that may be given
     * @param text as macros give them: "key=value other=[a value with spaces] flag"
     * @param variable looks up the macro variable that "key=&amp;name" refers to
     * @throws BioDLException naming an unknown or repeated key, or a malformed value
     */
    public static Settings parse(List<Option<?>> options, String text, UnaryOperator<String> variable)
    {
        Settings settings = new Settings(options);
        Map<String, String> given = MacroText.parse(text, variable);
        Map<String, String> seen = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : given.entrySet())
        {
            String key = settings.option(entry.getKey()).getKey();
            if (seen.put(key, entry.getKey()) != null)
                throw error("The options '" + seen.get(key) + "' and '" + key + "' are the same.", "Remove one of them.");
            settings.read(entry.getKey(), entry.getValue());
        }
        return settings;
    }

    /** @return the same of a text without macro variables @throws BioDLException as that */
    public static Settings parse(List<Option<?>> options, String text)
    {
        return parse(options, text, name -> name);
    }

    /** @return these settings with another value; a Number is taken for any kind of number */
    public <T> Settings with(Option<T> option, T value)
    {
        return with(option.getKey(), value);
    }

    /**
     * @param key of an option
     * @param value a text as macros write it, or a value of the option's type
     * @return these settings with another value
     * @throws BioDLException naming an unknown key or a malformed value
     */
    public Settings with(String key, Object value)
    {
        Settings other = new Settings(_options);
        other._values.putAll(_values);
        if (value == null)
            other._values.put(option(key).getKey(), null);
        else
            other.read(key, value instanceof Number ? Format.plain(((Number) value).doubleValue()) : value.toString());
        return other;
    }

    /** @return the value of an option; null where the option is none of these, or is left to the model or to BioDL */
    @SuppressWarnings("unchecked")
    public <T> T get(Option<T> option)
    {
        return (T) _values.get(option.getKey());
    }

    /** @return whether the option is one of these and has this value */
    public <T> boolean is(Option<T> option, T value)
    {
        return value.equals(get(option));
    }

    /** @return whether the option is one of these and on */
    public boolean isOn(Option<Boolean> option)
    {
        return is(option, true);
    }

    /** @return whether the option is one of these */
    public boolean has(Option<?> option)
    {
        return _values.containsKey(option.getKey());
    }

    /** @return whether the value is another one than the default */
    public boolean isGiven(Option<?> option)
    {
        return !text(option).equals(option(option.getKey()).defaultText());
    }

    /** @return a text that must have been given @throws BioDLException where it was not */
    public String require(Option<String> option)
    {
        String value = get(option);
        if (value == null)
            throw error("No " + option.getKey().replace('_', ' ') + " was given.", "Give " + option.getKey() + "=VALUE: "
                + option.getHelp());
        return value;
    }

    /** @return the value as macros write it, without brackets; "" for a text that was not given */
    public String text(Option<?> option)
    {
        return write(option(option.getKey()));
    }

    /** @return the value for ImageJ's recorder, which puts brackets only around what has a space */
    public String recorded(Option<?> option)
    {
        String text = text(option);
        return text.startsWith("[") && text.indexOf(' ') < 0 ? "[" + text + "]" : text;
    }

    /** @return the options that have a value here, in their order */
    public List<Option<?>> getOptions()
    {
        return _options;
    }

    /** @return all values in one line, as a macro gives them */
    public String toMacro()
    {
        return _options.stream().filter(option -> !write(option).isEmpty()).map(option -> MacroText.write(option.getKey(), write(option)))
            .collect(Collectors.joining(" "));
    }

    @Override
    public boolean equals(Object other)
    {
        return other instanceof Settings && _values.equals(((Settings) other)._values);
    }

    @Override
    public int hashCode()
    {
        return _values.hashCode();
    }

    @Override
    public String toString()
    {
        return toMacro();
    }

    private void read(String key, String value)
    {
        Option<?> option = option(key);
        _values.put(option.getKey(), read(option, key, value));
    }

    private static <T> T read(Option<T> option, String key, String value)
    {
        return option.getFormat().read(option, key, value);
    }

    @SuppressWarnings("unchecked")
    private <T> String write(Option<T> option)
    {
        return option.getFormat().write((T) _values.get(option.getKey()));
    }

    private Option<?> option(String key)
    {
        for (Option<?> option : _options)
            if (option.isCalled(key))
                return option;
        throw error("Unknown option '" + key + "'.", "The options are: "
            + _options.stream().map(Option::getKey).collect(Collectors.joining(", ")) + ".");
    }

    private static BioDLException error(String message, String hint)
    {
        return new BioDLException(BioDLException.INVALID_ARGUMENT, message, hint);
    }
}
