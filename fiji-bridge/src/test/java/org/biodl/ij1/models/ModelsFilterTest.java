package org.biodl.ij1.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.Entries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsFilterTest
{
    private static boolean shows(String words, String task)
    {
        return new ModelsFilter(words, task).shows(Entries.denoiser());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "care", "ZEBRAfish care", "lab/care", "restores", "flywing", "bsd", "2d", "weigert",
        "installed nuclei" })
    void everyWordMayBeAnywhere(String words)
    {
        assertTrue(shows(words, ModelsFilter.ANY_TASK));
    }

    @ParameterizedTest
    @ValueSource(strings = { "mouse", "care mouse", "online" })
    void allWordsMustBeThere(String words)
    {
        assertFalse(shows(words, ModelsFilter.ANY_TASK));
    }

    @Test
    void theTaskMustFit()
    {
        assertTrue(shows("care", "denoise"));
        assertFalse(shows("care", "segment"));
        assertFalse(shows("", "other"));
    }

    @Test
    void everyTaskHasItsWord()
    {
        assertEquals(1 + CatalogueEntry.Task.values().length, ModelsFilter.tasks().length);
        for (CatalogueEntry.Task task : CatalogueEntry.Task.values())
            assertEquals(task.name().toLowerCase(java.util.Locale.ROOT),
                ModelsFilter.task(Entries.entry(CatalogueEntry.State.ONLINE, task, true, 0)));
    }

    @Test
    void keepsTheOrder()
    {
        List<CatalogueEntry> all = Arrays.asList(Entries.stranger(), Entries.denoiser());
        assertEquals(all, new ModelsFilter("", ModelsFilter.ANY_TASK).of(all));
        assertEquals(Collections.singletonList(all.get(1)), new ModelsFilter("care", ModelsFilter.ANY_TASK).of(all));
    }
}
