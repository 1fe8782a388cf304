package org.biodl.jni;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unpacked libraries of other versions, CACHE/VERSION-FINGERPRINT/PLATFORM: those of older ones are removed when a newer one has
 * started well. Each process holds a shared lock in the folder that it uses for as long as it lives, so that nothing in use is removed.
 * What cannot be removed is left for the next start.
 */
final class UnpackedVersions
{
    private static final Pattern NAME = Pattern.compile("([0-9]+(?:\\.[0-9]+)*)\\S*-[0-9a-f]{8}");
    private static final String USED = ".used";
    /** Written when libraries are unpacked. */
    private static final String MARK = ".lock";

    /** Never closed: the system gives locks back when the process ends. */
    private static FileChannel _held;

    private UnpackedVersions()
    {
    }

    /** @param folder CACHE/VERSION-FINGERPRINT/PLATFORM, whose libraries were loaded */
    static void settle(Path folder)
    {
        try
        {
            _held = FileChannel.open(folder.resolve(USED), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            _held.tryLock(0, Long.MAX_VALUE, true);
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.getParent().getParent()))
            {
                for (Path other : all)
                    if (isOlder(other, folder))
                        remove(other.resolve(folder.getFileName()));
            }
        }
        catch (IOException | OverlappingFileLockException e)
        {
            // a cache that cannot be written, or another class loader of this process: nothing is removed
        }
    }

    private static boolean isOlder(Path other, Path folder) throws IOException
    {
        Matcher theirs = NAME.matcher(other.getFileName().toString());
        Matcher ours = NAME.matcher(folder.getParent().getFileName().toString());
        Path mark = other.resolve(folder.getFileName()).resolve(MARK);
        if (other.equals(folder.getParent()) || !theirs.matches() || !ours.matches() || !Files.isRegularFile(mark))
            return false;
        int order = compare(theirs.group(1).split("\\."), ours.group(1).split("\\."));
        Path own = folder.resolve(MARK);
        return order < 0 || order == 0 && Files.isRegularFile(own)
            && Files.getLastModifiedTime(mark).compareTo(Files.getLastModifiedTime(own)) < 0;
    }

    private static int compare(String[] a, String[] b)
    {
        for (int i = 0; i < Math.max(a.length, b.length); i++)
        {
            int order = Long.compare(i < a.length ? Long.parseLong(a[i]) : 0, i < b.length ? Long.parseLong(b[i]) : 0);
            if (order != 0)
                return order;
        }
        return 0;
    }

    /** Only files that lie in the folder itself, as they were unpacked. */
    private static void remove(Path folder) throws IOException
    {
        try (FileChannel channel = FileChannel.open(folder.resolve(USED), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock())
        {
            if (lock == null)
                return;
        }
        catch (OverlappingFileLockException e)
        {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder))
        {
            for (Path file : files)
                if (!Files.isDirectory(file))
                    Files.delete(file);
        }
        Files.deleteIfExists(folder);
        try (DirectoryStream<Path> platforms = Files.newDirectoryStream(folder.getParent()))
        {
            if (platforms.iterator().hasNext())
                return;
        }
        Files.deleteIfExists(folder.getParent());
    }
}
