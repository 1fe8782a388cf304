package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the plugin: the guard itself is tested in C# and C. */
class OutputsTest
{
    @TempDir
    Path _folder;

    @BeforeAll
    static void needsLibraries() throws IOException
    {
        assumeTrue(NativeBundle.find(OutputsTest.class.getClassLoader(), Platform.name()) != null, "no native libraries in this build");
    }

    private Path made(String name, String text) throws IOException
    {
        return Files.write(_folder.resolve(name), text.getBytes());
    }

    private static void check(Path output, Path input, boolean overwrite)
    {
        Outputs.check(Collections.singletonList(output.toString()), Collections.singletonList(input.toString()), overwrite);
    }

    private static void write(Path path, String text, boolean overwrite)
    {
        Outputs.write(path.toString(), overwrite, file -> Files.write(file.toPath(), text.getBytes()));
    }

    @Test
    void anInputIsNeverWritten() throws IOException
    {
        Path image = made("naïve µ.tif", "raw");
        Path linked = Files.createSymbolicLink(_folder.resolve("link"), _folder).resolve(image.getFileName());
        for (Path name : Arrays.asList(image, linked))
        {
            BioDLException error = assertThrows(BioDLException.class, () -> check(name, image, true));
            assertTrue(error.getMessage().contains("would overwrite an input"), error.getMessage());
        }
        check(_folder.resolve("new.tif"), image, false);
    }

    @Test
    void ownResultsAreReplacedAndOthersWhenTheUserSaysSo() throws IOException
    {
        Path path = _folder.resolve("folder").resolve("labels.tif");
        write(path, "one", false);
        write(path, "two", false);
        Files.write(path, "by hand".getBytes());
        assertThrows(BioDLException.class, () -> check(path, _folder.resolve("image.tif"), false));
        assertThrows(BioDLException.class, () -> write(path, "three", false));
        assertArrayEquals("by hand".getBytes(), Files.readAllBytes(path));
        write(path, "four", true);
        assertArrayEquals("four".getBytes(), Files.readAllBytes(path));
    }

    @Test
    void nothingIsLeftOfAFileThatFailed() throws IOException
    {
        Path path = _folder.resolve("labels.tif");
        BioDLException error = assertThrows(BioDLException.class, () -> Outputs.write(path.toString(), false, file ->
        {
            Files.write(file.toPath(), new byte[9]);
            throw new IOException("no space");
        }));
        assertTrue(error.getMessage().contains("labels.tif") && error.getMessage().contains("no space"), error.getMessage());
        assertEquals(0, Files.list(_folder).count());
    }
}
