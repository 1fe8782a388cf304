import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a script as SciJava reads them (org.scijava.script.process.ParameterScriptProcessor): lines that begin with #@ and
 * hold "Type name", "Type(key = value, ...) name" or "output Type name"; what follows is handed to the language, with these lines empty.
 */
final class Header
{
    /** An input or output. */
    static final class Item
    {
        final String type;
        final String name;
        final boolean output;
        /** Texts and numbers as texts, lists as List. */
        final Map<String, Object> attributes;

        Item(String type, String name, boolean output, Map<String, Object> attributes)
        {
            this.type = type;
            this.name = name;
            this.output = output;
            this.attributes = attributes;
        }

        String text(String key)
        {
            return (String) attributes.get(key);
        }
    }

    private static final Pattern LINE = Pattern.compile("#@\\s*(?:(output|input|both)\\s+)?([\\w.]+)\\s*(?:\\((.*)\\))?\\s+(\\w+)",
        Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUE = Pattern.compile("\\s*(\\w+)\\s*=\\s*(\\{[^{}]*\\}|\"[^\"]*\"|[\\w.+-]+)\\s*(,|$)");
    private static final Pattern QUOTED = Pattern.compile("\\s*\"([^\"]*)\"\\s*(,|$)");

    final List<Item> items = new ArrayList<>();
    /** The script as the language sees it. */
    final String body;

    /** @throws IllegalArgumentException naming a line that SciJava would pass over or take for something else */
    Header(String script)
    {
        StringBuilder rest = new StringBuilder();
        for (String line : script.split("\n", -1))
        {
            if (line.startsWith("#@"))
                items.add(item(line));
            else if (line.indexOf('@') >= 0)
                throw new IllegalArgumentException("an @ outside of a parameter: " + line);
            rest.append(line.startsWith("#@") ? "" : line).append('\n');
        }
        body = rest.toString();
    }

    private static Item item(String line)
    {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches())
            throw new IllegalArgumentException("no parameter: " + line);
        String kind = parts.group(1) == null ? "input" : parts.group(1).toLowerCase(Locale.ROOT);
        if (kind.equals("both"))
            throw new IllegalArgumentException("neither input nor output: " + line);
        return new Item(parts.group(2), parts.group(4), kind.equals("output"), attributes(parts.group(3)));
    }

    private static Map<String, Object> attributes(String text)
    {
        Map<String, Object> found = new LinkedHashMap<>();
        Matcher next = VALUE.matcher(text == null ? "" : text);
        int at = 0;
        while (text != null && at < text.length())
        {
            if (!next.find(at) || next.start() != at || found.put(next.group(1), value(next.group(2))) != null)
                throw new IllegalArgumentException("attributes that cannot be read: " + text.substring(at));
            at = next.end();
        }
        return found;
    }

    private static Object value(String text)
    {
        if (text.startsWith("\""))
            return text.substring(1, text.length() - 1);
        if (!text.startsWith("{"))
            return text;
        List<String> values = new ArrayList<>();
        Matcher next = QUOTED.matcher(text.substring(1, text.length() - 1));
        while (next.find())
            values.add(next.group(1));
        return values;
    }
}
