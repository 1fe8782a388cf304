package org.biodl.run;

import java.util.List;
import org.biodl.jni.CatalogueEntry;

/** What can be done with an image: the name of its command, what models it offers and what can be chosen. */
public enum Verb
{
    SEGMENT("BioDL Segment", CatalogueEntry.Task.SEGMENT, "looking for objects", "-labels", SegmentOptions.LIST),
    DENOISE("BioDL Denoise", CatalogueEntry.Task.DENOISE, "denoising", "-denoised", NetworkOptions.denoise()),
    STAIN("BioDL Virtual Stain", CatalogueEntry.Task.STAIN, "staining", "-stained", NetworkOptions.stain()),
    RUN("BioDL Run Model", CatalogueEntry.Task.OTHER, "running the network", "", NetworkOptions.run());

    private final String _title;
    private final CatalogueEntry.Task _task;
    private final String _work;
    private final String _suffix;
    private final List<Option<?>> _options;

    Verb(String title, CatalogueEntry.Task task, String work, String suffix, List<Option<?>> options)
    {
        _title = title;
        _task = task;
        _work = work;
        _suffix = suffix;
        _options = options;
    }

    /** @return the verb of models for a task */
    public static Verb of(CatalogueEntry.Task task)
    {
        for (Verb verb : values())
            if (verb._task == task)
                return verb;
        return RUN;
    }

    /** @return title of the dialog */
    public String getTitle()
    {
        return _title;
    }

    /** @return its name in the menu and in macros */
    public String getCommand()
    {
        return _title + "...";
    }

    /** @return what models it offers first */
    public CatalogueEntry.Task getTask()
    {
        return _task;
    }

    /** @return what the network does, in the status bar */
    public String getWork()
    {
        return _work;
    }

    /** @return comes after the image's title in that of the result; "": outputs are named by the model */
    public String getSuffix()
    {
        return _suffix;
    }

    /** @return what can be chosen */
    public List<Option<?>> getOptions()
    {
        return _options;
    }

    /** @return the defaults; with() changes one of them */
    public Settings settings()
    {
        return Settings.of(_options);
    }

    /** @param text options as macros write them, such as "probability=0.4 channels=DAPI" */
    public Settings settings(String text)
    {
        return Settings.parse(_options, text);
    }
}
