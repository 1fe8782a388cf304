package org.biodl.ij1.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.measure.ResultsTable;
import java.util.Arrays;
import java.util.Collections;
import org.biodl.jni.Entries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTextTest
{
    @ParameterizedTest
    @CsvSource({ "0, ''", "-1, ''", "1, 1 kB", "1499, 1 kB", "99500, 100 kB", "1400000, 1.4 MB", "1250000000, 1.25 GB" })
    void sizesInUnitsThatFit(long bytes, String text)
    {
        assertEquals(text, ModelsText.size(bytes));
    }

    @ParameterizedTest
    @CsvSource({ "https://x.org/a/b.zip, b.zip", "C:\\\\models\\\\b.zip, b.zip", "/models/b/, b", "plain, plain", "/, /" })
    void theLastPartOfAPlace(String place, String last)
    {
        assertEquals(last, ModelsText.last(place));
    }

    @Test
    void aTableHasARowAModel()
    {
        ResultsTable table = ModelsText.table(Arrays.asList(Entries.denoiser(), Entries.stranger()));
        assertEquals(2, table.size());
        assertEquals("lab/care", table.getStringValue("Id", 0));
        assertEquals("3.1 MB", table.getStringValue("Size", 0));
        assertEquals("online, cannot run", table.getStringValue("State", 1));
    }

    @Test
    void linesHaveTheSameColumns()
    {
        String[] lines = ModelsText.lines(Arrays.asList(Entries.denoiser(), Entries.stranger())).split("\n");
        assertEquals(3, lines.length);
        for (String line : lines)
            assertEquals(lines[0].split("\t", -1).length, line.split("\t", -1).length);
        assertEquals("no models", ModelsText.lines(Collections.emptyList()));
    }

    @Test
    void infoTellsAllThatIsKnown()
    {
        String info = ModelsText.info(Entries.denoiser());
        for (String part : new String[] { "CARE of zebrafish", "Restores\n    nuclei", "Weigert et al. 2018", "fluorescence, flywing",
            "Version: 1.2",
            "/tmp/care.zip", "lab/care", "BSD-3-Clause" })
            assertTrue(info.contains(part), part + " in " + info);
        assertFalse(info.contains("Cannot run"), info);
        assertTrue(ModelsText.info(Entries.stranger()).contains("Cannot run here: it needs PyTorch"));
        assertFalse(ModelsText.info(Entries.stranger()).contains("Licence"));
    }
}
