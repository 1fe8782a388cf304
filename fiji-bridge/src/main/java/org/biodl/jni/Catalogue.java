package org.biodl.jni;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The models there are: built in, installed on this machine, and online. A listing is a snapshot and keeps nothing open. */
public final class Catalogue
{
    /** Built-in, installed and online models, in the library's order. */
    public final List<CatalogueEntry> entries;
    /** What went wrong without stopping the listing, such as an online collection that cannot be reached. */
    public final List<String> warnings;

    private Catalogue(List<CatalogueEntry> entries, List<String> warnings)
    {
        this.entries = Collections.unmodifiableList(entries);
        this.warnings = warnings;
    }

    /**
     * List the models. With the online ones it may take as long as the network does, so not on the event thread.
     *
     * @param online whether to list those of the online collection too
     * @return never null; when the collection cannot be reached, a warning says so
     */
    public static Catalogue list(boolean online)
    {
        Natives.load();
        return read(open(online));
    }

    /**
     * The built-in model that a command takes where none is named.
     *
     * @param task segment, denoise or stain
     * @param image that it is for, some of whose first plane is read; null when it is not known
     * @return what Model.open takes
     * @throws BioDLException when none is built in for the task
     */
    public static String defaultModel(CatalogueEntry.Task task, ImageView image)
    {
        Natives.load();
        return Text.of(defaultModel(task.ordinal(), image));
    }

    /**
     * Install a model: download or copy it, check it and make it known by its id. A broken download goes on where it ended.
     *
     * @param source a file or folder, a URL (http, https), or the id of an online model
     * @param sha256 of the file, 64 hexadecimal digits; "" when it is not known
     * @param listener told of the progress in bytes, may be null
     * @return a listing with the installed model alone; its warnings say for example that it was there already
     * @throws BioDLException when it cannot be had, is damaged or unsupported, or the user cancelled
     */
    public static Catalogue install(String source, String sha256, ProgressListener listener)
    {
        Natives.load();
        Catalogue installed = read(install(Text.bytes(source), Text.bytes(sha256), listener));
        if (installed.entries.isEmpty())
            throw new BioDLException(BioDLException.IO, "The model of " + source + " was installed, but the library does not name it.",
                "Look for it in the list of models.");
        return installed;
    }

    /**
     * Remove an installed model. Models that are open stay usable.
     *
     * @throws BioDLException when there is none of this id, or it cannot be deleted
     */
    public static void remove(String id)
    {
        Natives.load();
        remove(Text.bytes(id));
    }

    private static Catalogue read(long handle)
    {
        try (Handle listing = new Handle(handle, Catalogue::destroy))
        {
            return new Catalogue(Arrays.asList(entries(listing.get())), Text.lines(warnings(listing.get())));
        }
    }

    private static native long open(boolean online);

    private static native byte[] defaultModel(int task, ImageView image);

    private static native long install(byte[] source, byte[] sha256, ProgressListener listener);

    private static native void remove(byte[] id);

    private static native CatalogueEntry[] entries(long handle);

    private static native byte[] warnings(long handle);

    private static native void destroy(long handle);
}
