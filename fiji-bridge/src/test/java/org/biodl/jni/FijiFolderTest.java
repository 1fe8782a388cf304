package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FijiFolderTest
{
    private static final String PLATFORM = "linux-x64";

    @TempDir
    Path folder;

    /** The names that imagej-updater knows (net.imagej.updater.util.Platforms). */
    @Test
    void platformsAreCalledAsTheUpdaterCallsThem()
    {
        assertEquals("lib/linux64/biodl", FijiFolder.of("linux-x64"));
        assertEquals("lib/linux-arm64/biodl", FijiFolder.of("linux-arm64"));
        assertEquals("lib/win64/biodl", FijiFolder.of("win-x64"));
        assertEquals("lib/win-arm64/biodl", FijiFolder.of("win-arm64"));
        assertEquals("lib/macos64/biodl", FijiFolder.of("osx-x64"));
        assertEquals("lib/macos-arm64/biodl", FijiFolder.of("osx-arm64"));
    }

    @Test
    void librariesAreFoundFromWhereverAmongThePluginsTheJarLies() throws IOException
    {
        Path fiji = folder.resolve("Fiji with a space");
        Path libraries = fiji.resolve(FijiFolder.of(PLATFORM));
        Files.createDirectories(libraries);
        assertNull(FijiFolder.find(fiji.resolve("plugins/BioDL_.jar"), PLATFORM));
        Files.createFile(libraries.resolve(Platform.fileName("biodl_jni")));
        for (String jar : new String[] { "plugins/BioDL_.jar", "jars/BioDL_.jar", "plugins/BioDL/BioDL_.jar", "plugins/a/b/BioDL_.jar" })
            assertEquals(libraries, FijiFolder.find(fiji.resolve(jar), PLATFORM), jar);
        assertNull(FijiFolder.find(fiji.resolve("plugins/a/b/c/BioDL_.jar"), PLATFORM));
        assertNull(FijiFolder.find(fiji.resolve("plugins/BioDL_.jar"), "linux-arm64"));
        assertNull(FijiFolder.find(fiji.getRoot().resolve("BioDL_.jar"), PLATFORM));
    }
}
