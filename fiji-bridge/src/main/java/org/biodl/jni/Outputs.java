package org.biodl.jni;

import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.UUID;

/** Files that the plugin writes: never over an input, by whatever name, nor over what was made elsewhere, and whole or not at all. */
public final class Outputs
{
    private Outputs()
    {
    }

    /** Writes the content of a file. */
    public interface Writer
    {
        void write(File file) throws IOException;
    }

    /**
     * Refuse files that must not be written, before a run.
     *
     * @param outputs paths that will be written
     * @param inputs paths that are read, files and folders
     * @param overwrite files that are there and no inputs may be replaced; without it only results that nobody has touched since are
     * @throws BioDLException which names the file
     */
    public static void check(Collection<String> outputs, Collection<String> inputs, boolean overwrite)
    {
        Natives.load();
        check(bytes(outputs), bytes(inputs), overwrite);
    }

    /**
     * Write a file beside its place and move it there when it is whole. Its folder is made where it is missing.
     *
     * @param path its place
     * @param overwrite as in {@link #check}
     * @param writer called once, with a file of the same ending
     * @throws BioDLException when it cannot be written, or something else is in its place
     */
    public static void write(String path, boolean overwrite, Writer writer)
    {
        Natives.load();
        File file = new File(path).getAbsoluteFile();
        File folder = file.getParentFile();
        File part = new File(folder, ".biodl-" + UUID.randomUUID() + ending(file.getName()));
        try
        {
            if (folder != null)
                folder.mkdirs();
            writer.write(part);
            place(Text.bytes(part.getPath()), Text.bytes(file.getPath()), overwrite);
        }
        catch (IOException e)
        {
            throw new BioDLException(BioDLException.IO, "The file " + file + " could not be written: " + e.getMessage(),
                "Check that the folder exists, can be written and has space.");
        }
        finally
        {
            part.delete();
        }
    }

    /** ImageJ's writers look at a name's ending, and add it where it is missing. */
    private static String ending(String name)
    {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.length() - dot > 8 ? ".tmp" : name.substring(dot);
    }

    private static byte[][] bytes(Collection<String> paths)
    {
        return paths.stream().map(path -> Text.bytes(new File(path).getAbsolutePath())).toArray(byte[][]::new);
    }

    private static native void check(byte[][] outputs, byte[][] inputs, boolean overwrite);

    private static native void place(byte[] written, byte[] path, boolean overwrite);
}
