package org.biodl.ij1.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.swing.table.AbstractTableModel;
import org.biodl.jni.CatalogueEntry;

/** The rows of the window's table: one model each, in the order of the listing. */
final class ModelsTable extends AbstractTableModel
{
    static final int SIZE = 4;
    private static final String[] HEADINGS = { "Name", "Task", "Input", "Licence", "Size", "State" };

    private List<CatalogueEntry> _entries = Collections.emptyList();

    /** Show other models from now on. */
    void show(List<CatalogueEntry> entries)
    {
        _entries = new ArrayList<>(entries);
        fireTableDataChanged();
    }

    CatalogueEntry entry(int row)
    {
        return _entries.get(row);
    }

    /** @return the row of a model, -1 when it is not there; what is on this machine comes before what is online */
    int row(String id)
    {
        for (int row = 0; row < _entries.size(); row++)
            if (_entries.get(row).id.equals(id))
                return row;
        return -1;
    }

    @Override
    public int getRowCount()
    {
        return _entries.size();
    }

    @Override
    public int getColumnCount()
    {
        return HEADINGS.length;
    }

    @Override
    public String getColumnName(int column)
    {
        return HEADINGS[column];
    }

    /** Sizes are numbers, so that they sort as such. */
    @Override
    public Class<?> getColumnClass(int column)
    {
        return column == SIZE ? Long.class : String.class;
    }

    @Override
    public Object getValueAt(int row, int column)
    {
        CatalogueEntry entry = _entries.get(row);
        switch (column)
        {
            case 0:
                return ModelsText.name(entry);
            case 1:
                return ModelsFilter.task(entry);
            case 2:
                return entry.input;
            case 3:
                return entry.licence;
            case SIZE:
                return entry.bytes;
            default:
                return ModelsText.state(entry);
        }
    }
}
