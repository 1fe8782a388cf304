package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with the real library, in the cache that the environment variable BIODL_CACHE names. Skipped when the build packed none. */
class CatalogueTest
{
    private static final Path Package = Paths.get("..", "managed", "BioDL.Models", "builtin", "nuclei-fluo-small");
    private static final String Name = "Zellkern-ü-核";
    private static final int NotFound = 200;
    private static final int ModelInvalid = 210;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsLibraries() throws IOException
    {
        assumeTrue(NativeBundle.find(CatalogueTest.class.getClassLoader(), Platform.name()) != null, "no native libraries in this build");
        assertTrue(System.getenv("BIODL_CACHE") != null, "BIODL_CACHE would be the user's own cache");
    }

    @AfterEach
    void remove()
    {
        for (CatalogueEntry entry : Catalogue.list(false).entries)
            if (entry.state == CatalogueEntry.State.INSTALLED)
                Catalogue.remove(entry.id);
    }

    /** The built-in model's package under a name of its own. */
    private Path copy() throws IOException
    {
        Path copy = Files.createDirectory(folder.resolve(Name));
        try (Stream<Path> files = Files.list(Package))
        {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator)
                Files.copy(file, copy.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static CatalogueEntry find(String id)
    {
        return Catalogue.list(false).entries.stream().filter(entry -> entry.id.equals(id)).findAny().orElse(null);
    }

    @Test
    void noModelIsBuiltInForWhatHasNoTask()
    {
        BioDLException e = assertThrows(BioDLException.class, () -> Catalogue.defaultModel(CatalogueEntry.Task.OTHER, null));
        assertEquals(BioDLException.NOT_FOUND, e.status());
    }

    @Test
    void theBuiltInModelIsListed()
    {
        CatalogueEntry entry = find(Catalogue.defaultModel(CatalogueEntry.Task.SEGMENT, null));
        assertEquals(CatalogueEntry.State.BUILTIN, entry.state);
        assertEquals(CatalogueEntry.Task.SEGMENT, entry.task);
        assertTrue(entry.runnable && entry.whyNot.isEmpty(), entry.whyNot);
        assertEquals("MIT", entry.licence);
        assertTrue(entry.citation.contains("Schmidt"), entry.citation);
        assertTrue(entry.tags.contains("nuclei\n") || entry.tags.endsWith("nuclei"), entry.tags);
        assertTrue(entry.input.contains("2D"), entry.input);
        assertTrue(entry.bytes > 1_000_000, "bytes " + entry.bytes);
    }

    @Test
    void installsListsVerifiesAndRemoves() throws IOException
    {
        AtomicLong told = new AtomicLong();
        CatalogueEntry installed = Catalogue.install(copy().toString(), "", progress -> told.incrementAndGet() > 0).entries.get(0);
        assertEquals(CatalogueEntry.State.INSTALLED, installed.state);
        assertEquals("Nuclei, fluorescence, small", installed.name);
        assertTrue(installed.source.contains(Name), installed.source);
        assertTrue(told.get() > 0, "no progress");
        CatalogueEntry listed = find(installed.id);
        assertEquals(installed.description, listed.description);
        try (Model model = Model.open(installed.id))
        {
            Verification verification = Verification.of(model, "cpu", null);
            assertEquals(Verification.Outcome.PASSED, verification.outcome, verification.text);
            assertEquals(2, verification.outputs.size());
            for (VerificationOutput output : verification.outputs)
            {
                assertTrue(output.passed && output.mismatches == 0, output.name);
                assertTrue(output.values > 4_000 && output.largestDeviation < 1e-3 && output.absoluteTolerance > 0, output.name);
            }
            assertEquals("cpu", verification.device);
            assertEquals("onnx", verification.weightsFormat);
            Catalogue.remove(installed.id);
            // models that are open stay usable
            assertEquals(Verification.Outcome.PASSED, Verification.of(model, "cpu", null).outcome);
        }
        assertNull(find(installed.id));
    }

    @Test
    void theListenerCancelsAndItsExceptionArrives() throws IOException
    {
        String path = copy().toString();
        BioDLException cancelled = assertThrows(BioDLException.class, () -> Catalogue.install(path, "", progress -> false));
        assertTrue(cancelled.isCancelled(), cancelled.toString());
        IllegalStateException mine = new IllegalStateException("mine");
        assertSame(mine, assertThrows(IllegalStateException.class, () -> Catalogue.install(path, "", progress ->
        {
            throw mine;
        })));
        assertEquals(0, Catalogue.list(false).entries.stream().filter(entry -> entry.state == CatalogueEntry.State.INSTALLED).count());
    }

    @Test
    void anotherFileThanExpectedIsRefused() throws IOException
    {
        Path network = copy().resolve("weights.onnx");
        String zeros = new String(new char[64]).replace('\0', '0');
        BioDLException e = assertThrows(BioDLException.class, () -> Catalogue.install(network.toString(), zeros, null));
        assertEquals(ModelInvalid, e.status());
        assertTrue(e.getMessage().contains(zeros), e.getMessage());
        Catalogue.install(network.toString(), "3c07d585dc876d8b84914a14e29a644326bc382797fd35263168402865b93a93", null);
    }

    @Test
    void whatIsNotThereIsNamed()
    {
        BioDLException e = assertThrows(BioDLException.class, () -> Catalogue.install("/nowhere/" + Name, "", null));
        assertEquals(NotFound, e.status());
        assertTrue(e.getMessage().contains(Name), e.getMessage());
        e = assertThrows(BioDLException.class, () -> Catalogue.remove("no-such-model"));
        assertEquals(NotFound, e.status());
        assertTrue(e.getMessage().contains("no-such-model") && !e.hint().isEmpty(), e.text());
    }

    /** Test tensors that another network made. */
    @Test
    void aModelThatDeviatesFails() throws IOException
    {
        Path wrong = copy();
        byte[] tensor = Files.readAllBytes(wrong.resolve("test_output_prob.npy"));
        for (int i = 200; i < tensor.length; i += 4)
            tensor[i + 3] ^= 0x40;
        Files.write(wrong.resolve("test_output_prob.npy"), tensor);
        Path description = wrong.resolve("bioimageio.yaml");
        String text = new String(Files.readAllBytes(description), "UTF-8").replaceAll("(test_output_prob.npy), sha256: [0-9a-f]+", "$1");
        Files.write(description, text.getBytes("UTF-8"));
        try (Model model = Model.open(wrong.toString()))
        {
            Verification verification = Verification.of(model, "cpu", null);
            assertEquals(Verification.Outcome.FAILED, verification.outcome);
            assertTrue(verification.outputs.get(0).passed);
            assertFalse(verification.outputs.get(1).passed);
            assertTrue(verification.outputs.get(1).mismatches > 4_000, verification.text);
        }
    }
}
