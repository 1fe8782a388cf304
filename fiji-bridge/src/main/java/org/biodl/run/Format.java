package org.biodl.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How a value of an option is written and read. Null is a value too: it is written as the word that stands for it, such as "auto".
 *
 * @param <T> Boolean, Integer, Double or String
 */
public final class Format<T>
{
    /** What kind of value it is, and so what kind of field asks for it. */
    public enum Kind
    {
        /** true or false. */
        FLAG,
        /** One of a few words. */
        CHOICE,
        /** A whole number of a range. */
        WHOLE,
        /** A number of a range. */
        NUMBER,
        /** Any text. */
        TEXT
    }

    private static final String NUMBER = "[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?";

    private final Kind _kind;
    private final double _least;
    private final double _most;
    private final String _word;
    private final List<String> _choices;

    private Format(Kind kind, double least, double most, String word, String... choices)
    {
        _kind = kind;
        _least = least;
        _most = most;
        _word = word;
        _choices = Collections.unmodifiableList(Arrays.asList(choices));
    }

    public static Format<Boolean> flag()
    {
        return new Format<>(Kind.FLAG, 0, 0, null, "true", "false");
    }

    public static Format<String> oneOf(String... choices)
    {
        return new Format<>(Kind.CHOICE, 0, 0, null, choices);
    }

    /** @param word stands for null; null where there always is a number */
    public static Format<Integer> whole(int least, int most, String word)
    {
        return new Format<>(Kind.WHOLE, least, most, word);
    }

    /** @param word stands for null; null where there always is a number */
    public static Format<Double> number(double least, double most, String word)
    {
        return new Format<>(Kind.NUMBER, least, most, word);
    }

    public static Format<String> text()
    {
        return new Format<>(Kind.TEXT, 0, 0, null);
    }

    /** @return what kind of value it is */
    public Kind getKind()
    {
        return _kind;
    }

    /** @return the words of a choice, empty for other kinds */
    public List<String> getChoices()
    {
        return _choices;
    }

    /** @return the word that stands for null, or null */
    public String getWord()
    {
        return _word;
    }

    /** @return the largest number of the range */
    public double getMost()
    {
        return _most;
    }

    /** @return the value as macros write it, "" for a text that is not there */
    String write(T value)
    {
        return value == null ? _word == null ? "" : _word : value instanceof Double ? plain((Double) value) : value.toString();
    }

    /** @throws OptionException naming the option, the value and what it should be */
    @SuppressWarnings("unchecked")
    T read(Option<T> option, String key, String text)
    {
        if (text.isEmpty())
            throw new OptionException(option, key, "there is no value.", "Write " + key + "=value.", "");
        Object value = _word != null && _word.equalsIgnoreCase(text) ? null : value(text);
        if (value == null && !text.equalsIgnoreCase(_word))
            throw OptionException.malformed(option, key, text, range());
        return (T) value;
    }

    /** @return null where it is none */
    private Object value(String text)
    {
        switch (_kind)
        {
            case WHOLE:
                return text.matches("-?[0-9]{1,9}") && isInside(Integer.parseInt(text)) ? Integer.valueOf(text) : null;
            case NUMBER:
                return text.matches(NUMBER) && isInside(Double.parseDouble(text)) ? Double.valueOf(text) : null;
            case TEXT:
                return text;
            default:
                for (String choice : _choices)
                    if (choice.equalsIgnoreCase(text))
                        return _kind == Kind.FLAG ? (Object) Boolean.valueOf(choice) : choice;
                return null;
        }
    }

    private boolean isInside(double number)
    {
        return number >= _least && number <= _most;
    }

    private String range()
    {
        if (_kind == Kind.FLAG || _kind == Kind.CHOICE)
            return "one of " + String.join(", ", _choices);
        return (_kind == Kind.WHOLE ? "a whole number from " : "a number from ") + plain(_least) + " to " + plain(_most)
            + (_word == null ? "" : " or '" + _word + "'");
    }

    /** @return "2" for 2.0, "2.5" for 2.5 */
    public static String plain(double value)
    {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }
}
