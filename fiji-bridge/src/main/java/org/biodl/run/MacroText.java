package org.biodl.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.biodl.jni.BioDLException;

/**
 * The options of a macro's run("...", "key=value other=[a value with spaces] flag"), read strictly: a key that nobody knows or a value
 * that makes no sense is an error that names it, because a misspelt option that is passed over gives a wrong result in silence.
 */
public final class MacroOptions
{
    private final Map<String, String> _values = new LinkedHashMap<>();

    private MacroOptions()
    {
    }

    /**
     * @param text the options as ImageJ hands them over
     * @param known all keys there are
     * @param variable looks up the macro variable that "key=&amp;name" refers to
     * @throws BioDLException for an unknown or repeated key, or a bracket that is not closed
     */
    public static MacroOptions parse(String text, Collection<String> known, UnaryOperator<String> variable)
    {
        MacroOptions options = new MacroOptions();
        int at = 0;
        while ((at = skipSpaces(text, at)) < text.length())
            at = options.readOne(text, at, variable);
        for (String key : options._values.keySet())
            if (!known.contains(key))
                throw error("Unknown option '" + key + "'.", "The options are: " + String.join(", ", known) + ".");
        return options;
    }

    /** Options that are known already, such as the fields of a dialog. */
    static MacroOptions of(Map<String, String> values)
    {
        MacroOptions options = new MacroOptions();
        options._values.putAll(values);
        return options;
    }

    private int readOne(String text, int start, UnaryOperator<String> variable)
    {
        int end = start;
        while (end < text.length() && text.charAt(end) != '=' && !Character.isWhitespace(text.charAt(end)))
            end++;
        String key = text.substring(start, end);
        if (key.isEmpty())
            throw error("An option has no name: '" + text.substring(start).trim() + "'.", "Write name=value.");
        String value = "true";
        if (end < text.length() && text.charAt(end) == '=')
        {
            boolean bracket = end + 1 < text.length() && text.charAt(end + 1) == '[';
            start = end + (bracket ? 2 : 1);
            end = bracket ? text.indexOf(']', start) : endOfWord(text, start);
            if (end < 0)
                throw error("The value of '" + key + "' begins with [ and has no closing ].", "Close the bracket.");
            value = text.substring(start, end);
            if (!bracket && value.startsWith("&"))
                value = variable.apply(value.substring(1));
            end += bracket ? 1 : 0;
        }
        if (_values.put(key, value) != null)
            throw error("The option '" + key + "' is given twice.", "Remove one of them.");
        return end;
    }

    /** @return whether the option was given */
    public boolean has(String key)
    {
        return _values.containsKey(key);
    }

    /** @return the text given, or the default */
    public String text(String key, String standard)
    {
        String value = _values.getOrDefault(key, standard);
        if (value == null || value.isEmpty() && has(key))
            throw error("The option '" + key + "' has no value.", "Write " + key + "=value.");
        return value;
    }

    /** @return true or false; the bare key counts as true */
    public boolean flag(String key, boolean standard)
    {
        return one(key, standard ? "true" : "false", "true", "false").equals("true");
    }

    /** @return one of the choices, however it was capitalised */
    public String one(String key, String standard, String... choices)
    {
        String value = text(key, standard);
        for (String choice : choices)
            if (choice.equalsIgnoreCase(value))
                return choice;
        throw malformed(key, value, "one of " + String.join(", ", choices));
    }

    /** @return a whole number of the range; the word stands for `meaning` */
    public int whole(String key, int standard, int least, int most, String word)
    {
        if (!has(key))
            return standard;
        String value = text(key, null);
        if (word != null && word.equalsIgnoreCase(value))
            return standard;
        if (value.matches("-?[0-9]{1,9}"))
        {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most)
                return number;
        }
        throw malformed(key, value, "a whole number from " + least + " to " + most + (word == null ? "" : " or '" + word + "'"));
    }

    /** @return a number of the range, or null for "model" or nothing: the model's own */
    public Double number(String key, double least, double most)
    {
        String value = text(key, SegmentSettings.ModelsOwn);
        if (value.equalsIgnoreCase(SegmentSettings.ModelsOwn))
            return null;
        if (value.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?"))
        {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most)
                return number;
        }
        throw malformed(key, value, "a number from " + plain(least) + " to " + plain(most) + " or '" + SegmentSettings.ModelsOwn + "'");
    }

    static String plain(double value)
    {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }

    static BioDLException malformed(String key, String value, String wanted)
    {
        return error("The option " + key + "=" + value + " is not " + wanted + ".", "Correct the value of '" + key + "'.");
    }

    private static BioDLException error(String message, String hint)
    {
        return new BioDLException(BioDLException.INVALID_ARGUMENT, message, hint);
    }

    private static int skipSpaces(String text, int at)
    {
        while (at < text.length() && Character.isWhitespace(text.charAt(at)))
            at++;
        return at;
    }

    private static int endOfWord(String text, int at)
    {
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)))
            at++;
        return at;
    }
}
