package org.biodl.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One option, declared once for macros, dialogs, the recorder, provenance and scripts: its key, its words, how its value is written and
 * what it is when nobody says. Never changes.
 *
 * @param <T> Boolean, Integer, Double or String
 */
public final class Option<T>
{
    private final String _key;
    private final String _label;
    private final String _help;
    private final Format<T> _format;
    private final T _default;
    private final List<String> _aliases;

    /**
     * @param key in macros: lower case and underscores
     * @param label in dialogs
     * @param help one sentence
     * @param format how a value is written
     * @param value when nobody says
     * @param aliases other keys that macros may use, such as former ones
     */
    public Option(String key, String label, String help, Format<T> format, T value, String... aliases)
    {
        _key = key;
        _label = label;
        _help = help;
        _format = format;
        _default = value;
        _aliases = Collections.unmodifiableList(Arrays.asList(aliases));
    }

    /** @return the same option with another default */
    Option<T> withDefault(T value)
    {
        return new Option<>(_key, _label, _help, _format, value, _aliases.toArray(new String[0]));
    }

    /** @return its name in macros */
    public String getKey()
    {
        return _key;
    }

    /** @return its name in dialogs */
    public String getLabel()
    {
        return _label;
    }

    /** @return one sentence about it */
    public String getHelp()
    {
        return _help;
    }

    /** @return how a value is written */
    public Format<T> getFormat()
    {
        return _format;
    }

    /** @return its value when nobody says */
    public T getDefault()
    {
        return _default;
    }

    boolean isCalled(String key)
    {
        return _key.equals(key) || _aliases.contains(key);
    }

    /** @return the default as macros write it */
    String defaultText()
    {
        return _format.write(_default);
    }
}
