package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest
{
    @TempDir
    Path folder;

    /** Two files of known content; counts how often they are read. */
    private static final class Fake extends NativeBundle
    {
        final byte[] content = new byte[300_000];
        final AtomicInteger reads = new AtomicInteger();
        boolean breaks;

        Fake(long seed)
        {
            new Random(seed).nextBytes(content);
            CRC32 crc = new CRC32();
            crc.update(content);
            items.add(new Item("liba.so", content.length, crc.getValue()));
            items.add(new Item("libb.so", content.length, crc.getValue()));
        }

        @Override
        InputStream open(Item item)
        {
            reads.incrementAndGet();
            if (!breaks)
                return new ByteArrayInputStream(content);
            return new ByteArrayInputStream(content)
            {
                @Override
                public int read(byte[] buffer) throws IOException
                {
                    if (pos > 100_000)
                        throw new IOException("No space left on device");
                    return super.read(buffer);
                }
            };
        }
    }

    private Path unpack(NativeBundle bundle)
    {
        return new NativeCache(folder, "1.0", "linux-x64", bundle).unpack();
    }

    private List<String> files() throws IOException
    {
        try (Stream<Path> all = Files.walk(folder))
        {
            return all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    @Test
    void unpacksOnce() throws IOException
    {
        Fake bundle = new Fake(1);
        Path there = unpack(bundle);
        assertArrayEquals(bundle.content, Files.readAllBytes(there.resolve("liba.so")));
        assertEquals(there, unpack(bundle));
        assertEquals(2, bundle.reads.get());
    }

    @Test
    void mendsWhatIsBroken() throws IOException
    {
        Fake bundle = new Fake(1);
        Path file = unpack(bundle).resolve("libb.so");
        Files.write(file, new byte[10]);
        unpack(bundle);
        assertArrayEquals(bundle.content, Files.readAllBytes(file));
    }

    @Test
    void otherLibrariesGoToAnotherFolder()
    {
        assertNotEquals(unpack(new Fake(1)), unpack(new Fake(2)));
    }

    @Test
    void manyAtOnceUnpackOnce() throws Exception
    {
        Fake bundle = new Fake(3);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Path>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++)
            results.add(threads.submit(() -> unpack(bundle)));
        for (Future<Path> result : results)
            assertTrue(Files.isRegularFile(result.get().resolve("libb.so")));
        threads.shutdown();
        assertEquals(2, bundle.reads.get());
    }

    @Test
    void aFullDiskNamesTheFolderAndLeavesNoHalves() throws IOException
    {
        Fake bundle = new Fake(4);
        bundle.breaks = true;
        BioDLException e = assertThrows(BioDLException.class, () -> unpack(bundle));
        assertTrue(e.getMessage().contains(folder.toString()) && e.getMessage().contains("No space left"), e.getMessage());
        assertTrue(e.hint().contains("BIODL_CACHE"), e.hint());
        assertEquals(java.util.Collections.singletonList(".lock"), files());
        bundle.breaks = false;
        assertTrue(Files.isRegularFile(unpack(bundle).resolve("liba.so")));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException
    {
        Path file = Files.createFile(folder.resolve("file"));
        BioDLException e = assertThrows(BioDLException.class, () -> new NativeCache(file, "1.0", "linux-x64", new Fake(5)).unpack());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertEquals(BioDLException.IO, e.status());
    }

    @Test
    void aWrongChecksumIsNotAccepted() throws IOException
    {
        Fake bundle = new Fake(6);
        bundle.content[1000]++;
        assertThrows(BioDLException.class, () -> unpack(bundle));
        assertFalse(files().contains("liba.so"));
    }
}
