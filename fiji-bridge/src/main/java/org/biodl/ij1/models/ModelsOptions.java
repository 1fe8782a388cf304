package org.biodl.ij1.models;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.biodl.run.Format;
import org.biodl.run.ImageOptions;
import org.biodl.run.Option;

/** Options of "BioDL Models...": action=NAME and the options of that action, no others. */
final class ModelsOptions
{
    static final String LIST = "list";
    static final String INFO = "info";
    static final String INSTALL = "install";
    static final String VERIFY = "verify";
    static final String REMOVE = "remove";

    static final Option<String> ACTION = new Option<>("action", "Action", "What to do.",
        Format.oneOf(LIST, INFO, INSTALL, VERIFY, REMOVE), LIST);
    static final Option<String> ID = new Option<>("id", "Id", "the id of a model; action=list shows them", Format.text(), null);
    static final Option<String> SOURCE = new Option<>("source", "Source", "a file, a folder, a URL or the id of an online model",
        Format.text(), null);
    static final Option<String> SHA256 = new Option<>("sha256", "SHA-256", "of the file, 64 hexadecimal digits", Format.text(), null);
    static final Option<Boolean> ONLINE = new Option<>("online", "Online", "those of the online collection too", Format.flag(), false);
    static final Option<String> TASK = new Option<>("task", "Task", "what models are for", Format.oneOf(ModelsFilter.tasks()),
        ModelsFilter.ANY_TASK);
    static final Option<String> FILTER = new Option<>("filter", "Filter", "words that a model must contain", Format.text(), null);

    static final List<Option<?>> ALL = Collections.unmodifiableList(Arrays.asList(ACTION, ID, SOURCE, SHA256, ONLINE, TASK, FILTER,
        ImageOptions.DEVICE));

    private static final Map<String, List<Option<?>>> OF_ACTION = new LinkedHashMap<>();

    static
    {
        OF_ACTION.put(LIST, Arrays.asList(ONLINE, TASK, FILTER));
        OF_ACTION.put(INFO, Arrays.asList(ID, ONLINE));
        OF_ACTION.put(INSTALL, Arrays.asList(SOURCE, SHA256));
        OF_ACTION.put(VERIFY, Arrays.asList(ID, ImageOptions.DEVICE));
        OF_ACTION.put(REMOVE, Arrays.asList(ID));
    }

    private ModelsOptions()
    {
    }

    /** @return the options of an action */
    static List<Option<?>> of(String action)
    {
        return OF_ACTION.get(action);
    }
}
