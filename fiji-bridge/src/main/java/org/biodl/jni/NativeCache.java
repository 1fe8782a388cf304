package org.biodl.jni;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Unpacks the native libraries once, to CACHE/VERSION-FINGERPRINT/PLATFORM. Safe when several virtual machines start at once: one
 * unpacks under a file lock, the others wait for it. A file is written beside its place, checked and renamed, so that a
 * library is there whole or not at all.
 */
final class NativeCache
{
    /** File locks belong to the process, so threads of one process queue up here. */
    private static final Object InProcess = new Object();

    private final Path _folder;
    private final NativeBundle _bundle;

    NativeCache(Path cache, String version, String platform, NativeBundle bundle)
    {
        _folder = cache.resolve(version + "-" + bundle.fingerprint()).resolve(platform);
        _bundle = bundle;
    }

    /**
     * @return the folder with all libraries in place
     * @throws BioDLException naming the folder, when it cannot be written
     */
    Path unpack()
    {
        synchronized (InProcess)
        {
            try
            {
                return complete() ? _folder : unpackLocked();
            }
            catch (IOException e)
            {
                throw new BioDLException(BioDLException.IO,
                    "The native libraries (" + megabytes() + " MB) could not be unpacked to " + _folder + ": " + reason(e),
                    "Free some space there or make the folder writable, or choose another folder with -Dbiodl.cache=FOLDER or "
                        + "BIODL_CACHE.");
            }
        }
    }

    private Path unpackLocked() throws IOException
    {
        Files.createDirectories(_folder);
        try (FileChannel channel = FileChannel.open(_folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock())
        {
            assert lock.isValid();
            for (NativeBundle.Item item : _bundle.items)
                if (!isWhole(item))
                    write(item);
        }
        return _folder;
    }

    /** Sizes are compared at every start, contents once, when they are written. */
    private boolean complete() throws IOException
    {
        for (NativeBundle.Item item : _bundle.items)
            if (!isWhole(item))
                return false;
        return true;
    }

    private boolean isWhole(NativeBundle.Item item) throws IOException
    {
        Path file = _folder.resolve(item.name);
        return Files.isRegularFile(file) && Files.size(file) == item.size;
    }

    private void write(NativeBundle.Item item) throws IOException
    {
        Path part = Files.createTempFile(_folder, item.name + ".", ".part");
        try
        {
            long crc = copy(item, part);
            if (Files.size(part) != item.size || crc != item.crc)
                throw new IOException(item.name + " was not written whole");
            part.toFile().setReadable(true, false);
            part.toFile().setExecutable(true, false);
            move(part, _folder.resolve(item.name));
        }
        finally
        {
            Files.deleteIfExists(part);
        }
    }

    private long copy(NativeBundle.Item item, Path part) throws IOException
    {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = _bundle.open(item); OutputStream out = Files.newOutputStream(part))
        {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer))
            {
                crc.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return crc.getValue();
    }

    private static void move(Path from, Path to) throws IOException
    {
        try
        {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
        catch (java.nio.file.AtomicMoveNotSupportedException e)
        {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private long megabytes()
    {
        long bytes = 0;
        for (NativeBundle.Item item : _bundle.items)
            bytes += item.size;
        return (bytes + 999_999) / 1_000_000;
    }

    /** Exceptions of java.nio.file carry the bare file name as their message. */
    private static String reason(IOException e)
    {
        if (e instanceof java.nio.file.AccessDeniedException)
            return "no permission to write " + e.getMessage();
        if (e instanceof java.nio.file.FileSystemException && ((java.nio.file.FileSystemException) e).getReason() == null)
            return e.getClass().getSimpleName() + " " + e.getMessage();
        return e.getMessage();
    }
}
