package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedVersionsTest
{
    @TempDir
    Path cache;

    private Path unpacked(String name, long seconds) throws IOException
    {
        Path folder = Files.createDirectories(cache.resolve(name).resolve("linux-x64"));
        Files.write(folder.resolve("libbiodl.so"), new byte[10]);
        Files.setLastModifiedTime(Files.createFile(folder.resolve(".lock")), FileTime.fromMillis(1_000 * seconds));
        return folder;
    }

    private boolean[] left(Path... folders)
    {
        boolean[] left = new boolean[folders.length];
        for (int i = 0; i < left.length; i++)
            left[i] = Files.exists(folders[i].resolve("libbiodl.so"));
        return left;
    }

    /** Older versions go, and older builds of the same; newer ones, other platforms, models and what else lies there stay. */
    @Test
    void onlyWhatIsOlderIsRemoved() throws IOException
    {
        Path own = unpacked("0.10.0-00000001", 50);
        Path[] others = { unpacked("0.9.2-00000002", 99), unpacked("0.10.0-00000003", 10), unpacked("0.10.0-00000004", 60),
            unpacked("0.11.0-00000005", 1), unpacked("models-00000006", 1), unpacked("0.9.2", 1) };
        Path platform = Files.createDirectories(cache.resolve("0.9.2-00000002").resolve("win-x64"));
        UnpackedVersions.settle(own);
        boolean[] expected = { false, false, true, true, true, true };
        boolean[] left = left(others);
        for (int i = 0; i < expected.length; i++)
            assertEquals(expected[i], left[i], others[i].toString());
        assertEquals(true, Files.exists(own.resolve("libbiodl.so")));
        assertEquals(true, Files.exists(platform));
        assertEquals(false, Files.exists(cache.resolve("0.10.0-00000003")));
    }

    @Test
    void whatAnotherProcessUsesStays() throws IOException
    {
        Path own = unpacked("2.0-00000001", 50);
        Path other = unpacked("1.0-00000002", 1);
        try (FileChannel channel = FileChannel.open(other.resolve(".used"), StandardOpenOption.CREATE, StandardOpenOption.READ,
            StandardOpenOption.WRITE); FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true))
        {
            UnpackedVersions.settle(own);
            assertEquals(true, lock.isShared());
            assertEquals(true, left(other)[0]);
        }
        UnpackedVersions.settle(own);
        assertEquals(true, left(own)[0]);
    }
}
