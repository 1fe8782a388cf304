import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.biodl.jni.BioDLException;
import org.biodl.run.Option;
import org.biodl.run.Settings;

/** What SciJava asks of the parameters of a script, and what a script of ours promises besides. */
final class Rules
{
    /** Names that SciJava's script service knows without a package; all others must be whole names of classes. */
    private static final Map<String, Class<?>> ALIASES = new HashMap<>();
    /** org.scijava.plugin.Parameter, as far as scripts may give it. */
    private static final Set<String> ATTRIBUTES = new HashSet<>(Arrays.asList("label", "description", "value", "choices", "min", "max",
        "stepSize", "style", "columns", "required", "autoFill", "persist", "persistKey", "visibility", "softMin", "softMax"));
    /** SciJava's word for what a script returns. */
    private static final String RETURNED = "result";

    static
    {
        for (Class<?> type : new Class<?>[] { String.class, Boolean.class, Integer.class, Long.class, Double.class, Float.class })
            ALIASES.put(type.getSimpleName(), type);
    }

    private Rules()
    {
    }

    static Class<?> type(Header.Item item) throws ClassNotFoundException
    {
        Class<?> known = ALIASES.get(item.type);
        return known != null ? known : Class.forName(item.type);
    }

    /** @return what is wrong with a script, one entry a fault */
    static List<String> broken(Header header, List<Option<?>> options)
    {
        List<String> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Header.Item item : header.items)
        {
            if (!names.add(item.name) || item.name.equals(RETURNED))
                faults.add(item.name + " is taken");
            if (!ATTRIBUTES.containsAll(item.attributes.keySet()))
                faults.add(item.name + " has attributes that SciJava does not know: " + item.attributes.keySet());
            if (!header.body.matches("(?s).*\\b" + item.name + "\\b" + (item.output ? " = .*" : ".*")))
                faults.add(item.name + (item.output ? " is given no value" : " is not used"));
            try
            {
                faults.addAll(unfit(item, type(item), options));
            }
            catch (ClassNotFoundException e)
            {
                faults.add(item.name + " has a type that nobody knows: " + item.type);
            }
        }
        if (header.items.stream().noneMatch(item -> item.output))
            faults.add("no output");
        if (header.body.replaceAll("//.*", "").matches("(?s).*\\b(if|for|while|switch|try|def|class)\\b.*"))
            faults.add("more than calls");
        return faults;
    }

    private static List<String> unfit(Header.Item item, Class<?> type, List<Option<?>> options)
    {
        List<String> faults = new ArrayList<>();
        String value = item.text("value");
        if (item.output && !item.attributes.isEmpty())
            faults.add(item.name + " is an output with attributes");
        if (!item.output && type == String.class && !"false".equals(item.text("persist")))
            faults.add(item.name + " is remembered, so that a call would depend on the one before");
        Object choices = item.attributes.getOrDefault("choices", Collections.emptyList());
        if (!((List<?>) choices).isEmpty() && !((List<?>) choices).contains(value))
            faults.add(item.name + " begins with " + value + ", which is none of " + choices);
        for (Option<?> option : options)
            if (!item.output && option.getKey().equals(item.name) && value != null && !value.isEmpty())
                faults.addAll(unfit(option, value, (List<?>) choices, options));
        return faults;
    }

    /** The default is the option's own, and each choice is one. */
    private static List<String> unfit(Option<?> option, String value, List<?> choices, List<Option<?>> options)
    {
        List<String> faults = new ArrayList<>();
        try
        {
            Settings given = Settings.of(options).with(option.getKey(), value);
            if (given.isGiven(option))
                faults.add(option.getKey() + " begins with " + value + ", and not with " + Settings.of(options).text(option));
            for (Object choice : choices)
                Settings.of(options).with(option.getKey(), choice);
            if (!choices.isEmpty() && choices.size() != option.getFormat().getChoices().size())
                faults.add(option.getKey() + " has other choices");
        }
        catch (BioDLException e)
        {
            faults.add(e.text());
        }
        return faults;
    }
}
