package org.biodl.jni;

/** One model of a listing; "" where nothing is known. */
public final class CatalogueEntry
{
    /** Where a model is. */
    public enum State
    {
        /** Inside the library. */
        BUILT_IN,
        /** In this user's cache. */
        INSTALLED,
        /** In the online collection. */
        ONLINE
    }

    /** What a model is for. */
    public enum Task
    {
        /** Not known, or none of the others. */
        OTHER,
        SEGMENT,
        DENOISE,
        STAIN
    }

    static final int TEXTS = 11;
    static final int NUMBERS = 4;

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
    public final State state;
    public final Task task;
    /** Whether this machine can run it. */
    public final boolean runnable;
    /** On disk or to download; 0 where unknown. */
    public final long bytes;

    /**
     * @param texts in the order of the fields above
     * @param numbers state, task, runnable, bytes; a state or task of a newer library counts as INSTALLED or OTHER
     */
    CatalogueEntry(String[] texts, double[] numbers)
    {
        id = texts[0];
        name = texts[1];
        version = texts[2];
        description = texts[3];
        licence = texts[4];
        citation = texts[5];
        input = texts[6];
        tags = texts[7];
        source = texts[8];
        cover = texts[9];
        whyNot = texts[10];
        state = choose(State.values(), numbers[0], State.INSTALLED);
        task = choose(Task.values(), numbers[1], Task.OTHER);
        runnable = numbers[2] != 0;
        bytes = (long) numbers[3];
    }

    static <T> T choose(T[] values, double number, T otherwise)
    {
        return number >= 0 && number < values.length ? values[(int) number] : otherwise;
    }
}
