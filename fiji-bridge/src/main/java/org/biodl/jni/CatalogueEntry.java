package org.biodl.jni;

/** One model of a listing; "" where nothing is known. */
public final class CatalogueEntry
{
    /** Where a model is. */
    public enum State
    {
        /** Inside the library. */
        BUILTIN,
        /** In this user's cache. */
        INSTALLED,
        /** In the online collection. */
        ONLINE;

        /** @return the state of the library's number; one of a newer library counts as installed */
        // <generated State>
        static State of(int number)
        {
            switch (number)
            {
                case 0: return BUILTIN;
                case 2: return ONLINE;
                default: return INSTALLED;
            }
        }
        // </generated>
    }

    /** What a model is for. */
    public enum Task
    {
        /** Not known, or none of the others. */
        OTHER,
        SEGMENT,
        DENOISE,
        STAIN;

        /** @return the task of the library's number; one of a newer library counts as other */
        // <generated Task>
        static Task of(int number)
        {
            switch (number)
            {
                case 1: return SEGMENT;
                case 2: return DENOISE;
                case 3: return STAIN;
                default: return OTHER;
            }
        }
        // </generated>
    }

    /** What Model.open, Catalogue.install and Catalogue.remove take. */
    public final String id;
    public final String name;
    public final String version;
    public final String description;
    /** SPDX id where known. */
    public final String licence;
    /** Lines to cite. */
    public final String citation;
    /** In words, such as "2D, 1 channel". */
    public final String input;
    /** One a line. */
    public final String tags;
    /** Where it is, or came from: a path or URL. */
    public final String source;
    /** A picture: a path or URL. */
    public final String cover;
    /** Why it cannot be run here, "" when it can. */
    public final String whyNot;
    /** The images that it was made for, in words; "" where that is not known. */
    public final String madeFor;
    public final State state;
    public final Task task;
    /** Whether this machine can run it. */
    public final boolean runnable;
    /** On disk or to download; 0 where unknown. */
    public final long bytes;

    // <generated CatalogueEntry>
    CatalogueEntry(int state, int task, int runnable, long bytes, byte[] id, byte[] name, byte[] version, byte[] description,
        byte[] licence, byte[] citation, byte[] input, byte[] tags, byte[] source, byte[] cover, byte[] whyNot, byte[] madeFor)
    {
        this.state = CatalogueEntry.State.of(state);
        this.task = CatalogueEntry.Task.of(task);
        this.runnable = runnable != 0;
        this.bytes = bytes;
        this.id = Text.of(id);
        this.name = Text.of(name);
        this.version = Text.of(version);
        this.description = Text.of(description);
        this.licence = Text.of(licence);
        this.citation = Text.of(citation);
        this.input = Text.of(input);
        this.tags = Text.of(tags);
        this.source = Text.of(source);
        this.cover = Text.of(cover);
        this.whyNot = Text.of(whyNot);
        this.madeFor = Text.of(madeFor);
    }
    // </generated>
}
