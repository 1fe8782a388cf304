package org.biodl.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.biodl.jni.BioDLException;

/** The text of a macro's run("...", "key=value other=[a value with spaces] flag"), read strictly. */
final class MacroText
{
    /** A bracket before the end, or before another option. */
    private static final Pattern CLOSING = Pattern.compile("\\](?=\\s*$|\\s+[a-z][a-z_0-9]*(=|\\s|$))");

    private final String _text;
    private final UnaryOperator<String> _variable;
    private final Map<String, String> _values = new LinkedHashMap<>();
    private int _at;

    private MacroText(String text, UnaryOperator<String> variable)
    {
        _text = text;
        _variable = variable;
    }

    /**
     * @param text the options as ImageJ hands them over
     * @param variable looks up the macro variable that "key=&amp;name" refers to
     * @return keys and values in the order given; a bare key is "true"
     * @throws BioDLException for a repeated key, or a bracket that is not closed
     */
    static Map<String, String> parse(String text, UnaryOperator<String> variable)
    {
        MacroText macro = new MacroText(text, variable);
        while (macro.skipSpaces())
            macro.readOne();
        return macro._values;
    }

    /** @return key=value, in brackets where the value has spaces */
    static String write(String key, String value)
    {
        boolean brackets = value.isEmpty() || value.startsWith("[") || value.chars().anyMatch(Character::isWhitespace);
        return key + "=" + (brackets ? "[" + value + "]" : value);
    }

    private void readOne()
    {
        int start = _at;
        while (_at < _text.length() && _text.charAt(_at) != '=' && !Character.isWhitespace(_text.charAt(_at)))
            _at++;
        String key = _text.substring(start, _at);
        if (key.isEmpty())
            throw error("An option has no name: '" + _text.substring(start).trim() + "'.", "Write name=value.");
        String value = "true";
        if (_at < _text.length() && _text.charAt(_at) == '=')
        {
            _at++;
            value = _at < _text.length() && _text.charAt(_at) == '[' ? bracket(key) : word();
        }
        if (_values.put(key, value) != null)
            throw error("The option '" + key + "' is given twice.", "Remove one of them.");
    }

    /**
     * Ends at the bracket that closes the first and stands before another option. Titles of images have brackets of their own, and
     * ImageJ's recorder puts others around them: where they do not pair, it ends at the first one that stands before another option.
     */
    private String bracket(String key)
    {
        int end = -1;
        int unpaired = -1;
        Matcher closing = CLOSING.matcher(_text);
        for (int from = _at; end < 0 && closing.find(from); from = closing.start() + 1)
            if (depth(closing.start()) == 0)
                end = closing.start();
            else if (unpaired < 0)
                unpaired = closing.start();
        end = end < 0 ? unpaired : end;
        if (end < 0 && _text.indexOf(']', _at) < 0)
            throw error("The value of '" + key + "' begins with [ and has no closing ].", "Close the bracket.");
        if (end < 0)
            return word();
        String value = _text.substring(_at + 1, end);
        _at = end + 1;
        return value;
    }

    /** @return brackets that are open after a position */
    private int depth(int last)
    {
        int depth = 0;
        for (int i = _at; i <= last; i++)
            depth += _text.charAt(i) == '[' ? 1 : _text.charAt(i) == ']' ? -1 : 0;
        return depth;
    }

    private String word()
    {
        int start = _at;
        while (_at < _text.length() && !Character.isWhitespace(_text.charAt(_at)))
            _at++;
        String value = _text.substring(start, _at);
        return value.startsWith("&") ? _variable.apply(value.substring(1)) : value;
    }

    private boolean skipSpaces()
    {
        while (_at < _text.length() && Character.isWhitespace(_text.charAt(_at)))
            _at++;
        return _at < _text.length();
    }

    private static BioDLException error(String message, String hint)
    {
        return new BioDLException(BioDLException.INVALID_ARGUMENT, message, hint);
    }
}
