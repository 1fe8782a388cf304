package org.biodl.ij1.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.table.TableRowSorter;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.Entries;
import org.junit.jupiter.api.Test;

class ModelsTableTest
{
    private static String row(ModelsTable table, int row)
    {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < table.getColumnCount(); column++)
            text.append(column == 0 ? "" : "|").append(table.getValueAt(row, column));
        return text.toString();
    }

    @Test
    void aRowAModel()
    {
        ModelsTable table = new ModelsTable();
        table.show(Arrays.asList(Entries.denoiser(), Entries.stranger()));
        assertEquals("CARE of zebrafish|denoise|2D, 1 channel|BSD-3-Clause|3140000|installed", row(table, 0));
        assertEquals("odd-one|other|||0|online, cannot run", row(table, 1));
        for (int column = 0; column < table.getColumnCount(); column++)
            assertSame(table.getColumnClass(column), table.getValueAt(0, column).getClass());
    }

    @Test
    void findsModelsByTheirId()
    {
        ModelsTable table = new ModelsTable();
        table.show(Arrays.asList(Entries.denoiser(), Entries.stranger()));
        assertEquals(1, table.row("odd-one"));
        assertEquals(-1, table.row("other"));
    }

    @Test
    void tellsWhoShowsIt()
    {
        ModelsTable table = new ModelsTable();
        AtomicInteger changes = new AtomicInteger();
        table.addTableModelListener(event -> changes.incrementAndGet());
        table.show(Collections.singletonList(Entries.denoiser()));
        assertEquals(1, changes.get());
        assertEquals(1, table.getRowCount());
    }

    @Test
    void sizesSortAsNumbers()
    {
        ModelsTable table = new ModelsTable();
        long[] sizes = { 9_000_000, 10_000_000, 800 };
        CatalogueEntry[] entries = new CatalogueEntry[sizes.length];
        for (int i = 0; i < sizes.length; i++)
            entries[i] = Entries.entry(CatalogueEntry.State.ONLINE, CatalogueEntry.Task.OTHER, true, sizes[i], "m" + i);
        table.show(Arrays.asList(entries));
        TableRowSorter<ModelsTable> sorter = new TableRowSorter<>(table);
        sorter.toggleSortOrder(ModelsTable.SIZE);
        assertEquals(2, sorter.convertRowIndexToModel(0));
        assertEquals(0, sorter.convertRowIndexToModel(1));
        assertEquals(1, sorter.convertRowIndexToModel(2));
    }
}
