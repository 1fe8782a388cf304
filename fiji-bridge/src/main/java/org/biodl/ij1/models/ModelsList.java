package org.biodl.ij1.models;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.EventQueue;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.table.DefaultTableCellRenderer;
import org.biodl.ij1.Problems;
import org.biodl.jni.Catalogue;
import org.biodl.jni.CatalogueEntry;

/**
 * The table of models under a line that chooses among them. The models of this machine are there at once; those of the online collection
 * are added when they arrive, which never holds anything up. Used on the event thread.
 */
final class ModelsList extends JPanel
{
    private static final String[] TASK_NAMES = { "All tasks", "Other", "Segment", "Denoise", "Virtual stain" };
    private static final int[] WIDTHS = { 200, 72, 110, 95, 70, 130 };

    private final ModelsTable _rows = new ModelsTable();
    private final JTable _table = new JTable(_rows);
    private final JTextField _filter = new JTextField(8);
    private final JComboBox<String> _task = new JComboBox<>(TASK_NAMES);
    private final JCheckBox _online = new JCheckBox("Show online models");
    private final JLabel _count = new JLabel();
    private final ModelsFoot _foot;
    private final Runnable _selected;
    private final Executor _background;
    private List<CatalogueEntry> _all = Collections.emptyList();
    /** Only the newest listing counts. */
    private int _newest;
    /** The newest of which all models have come. */
    private int _complete;

    /**
     * @param foot says what goes on
     * @param background lists models
     * @param selected called when another model is selected, or none
     */
    ModelsList(ModelsFoot foot, Executor background, Runnable selected)
    {
        super(new BorderLayout(0, 4));
        _foot = foot;
        _background = background;
        _selected = selected;
        _table.setName("models");
        _filter.setName("filter");
        _task.setName("task");
        _table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        _table.setAutoCreateRowSorter(true);
        _table.setDefaultRenderer(String.class, new Cells());
        _table.setDefaultRenderer(Long.class, new Cells());
        for (int i = 0; i < WIDTHS.length; i++)
            _table.getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
        _table.getSelectionModel().addListSelectionListener(event ->
        {
            if (!event.getValueIsAdjusting())
                _selected.run();
        });
        add(choices(), BorderLayout.NORTH);
        add(new JScrollPane(_table), BorderLayout.CENTER);
        _count.setName("count");
        add(_count, BorderLayout.SOUTH);
    }

    private JPanel choices()
    {
        JPanel line = new JPanel(new BorderLayout(6, 0));
        JLabel label = new JLabel("Filter:");
        label.setLabelFor(_filter);
        line.add(label, BorderLayout.WEST);
        line.add(_filter, BorderLayout.CENTER);
        JPanel choices = new JPanel(new BorderLayout(6, 0));
        choices.add(_task, BorderLayout.CENTER);
        choices.add(_online, BorderLayout.EAST);
        line.add(choices, BorderLayout.EAST);
        _filter.getDocument().addDocumentListener(new DocumentListener()
        {
            @Override
            public void insertUpdate(DocumentEvent event)
            {
                choose();
            }

            @Override
            public void removeUpdate(DocumentEvent event)
            {
                choose();
            }

            @Override
            public void changedUpdate(DocumentEvent event)
            {
                choose();
            }
        });
        _task.addActionListener(event -> choose());
        _online.addActionListener(event -> reload(null));
        return line;
    }

    /** Show the models of a task alone, those of the online collection too. reload() lists them. */
    void look(CatalogueEntry.Task task)
    {
        _task.setSelectedIndex(task == CatalogueEntry.Task.OTHER ? 0 : 1 + task.ordinal());
        _online.setSelected(true);
    }

    /** @return the selected model, or null */
    CatalogueEntry selected()
    {
        int row = _table.getSelectedRow();
        return row < 0 ? null : _rows.entry(_table.convertRowIndexToModel(row));
    }

    /** List anew. @param select the id of the model to select then; null keeps the selection */
    void reload(String select)
    {
        int mine = ++_newest;
        boolean online = _online.isSelected();
        _foot.clear();
        _background.execute(() -> list(false, mine, select, !online));
        if (online)
            _background.execute(() -> list(true, mine, select, true));
        count();
    }

    private void list(boolean online, int mine, String select, boolean last)
    {
        try
        {
            Catalogue listing = Catalogue.list(online);
            EventQueue.invokeLater(() -> arrived(listing, mine, select, last));
        }
        catch (RuntimeException | Error e)
        {
            EventQueue.invokeLater(() -> failed(e, mine));
        }
    }

    private void arrived(Catalogue listing, int mine, String select, boolean last)
    {
        // the short listing may come after the long one
        if (mine != _newest || !last && _complete == mine)
            return;
        _complete = last ? mine : _complete;
        _all = listing.entries;
        choose();
        if (select != null)
        {
            if (_rows.row(select) < 0)
                _filter.setText("");
            select(select);
        }
        if (selected() == null && _rows.getRowCount() > 0)
            select(_rows.entry(0).id);
        if (!listing.warnings.isEmpty())
            _foot.warning(String.join("\n", listing.warnings));
    }

    private void failed(Throwable failure, int mine)
    {
        if (mine != _newest)
            return;
        _complete = mine;
        count();
        _foot.error(Problems.text(failure));
    }

    /** Show what the filter lets through, with the selection kept where it can be. */
    private void choose()
    {
        CatalogueEntry before = selected();
        _rows.show(new ModelsFilter(_filter.getText(), ModelsFilter.tasks()[_task.getSelectedIndex()]).of(_all));
        if (before != null)
            select(before.id);
        count();
        _selected.run();
    }

    private void select(String id)
    {
        int row = _rows.row(id);
        if (row < 0)
            return;
        int shown = _table.convertRowIndexToView(row);
        _table.setRowSelectionInterval(shown, shown);
        _table.scrollRectToVisible(_table.getCellRect(shown, 0, true));
    }

    private void count()
    {
        int shown = _rows.getRowCount();
        _count.setText((shown < _all.size() ? shown + " of " : "") + _all.size() + (_all.size() == 1 ? " model" : " models")
            + (_complete < _newest ? ", listing..." : ""));
    }

    /** Sizes to the right and in words; models that cannot run here in grey, with the reason when the mouse rests on them. */
    private final class Cells extends DefaultTableCellRenderer
    {
        Cells()
        {
            putClientProperty("html.disable", Boolean.TRUE);
        }

        @Override
        public Component getTableCellRendererComponent(JTable table, Object value, boolean selected, boolean focus, int row, int column)
        {
            boolean size = value instanceof Long;
            super.getTableCellRendererComponent(table, size ? ModelsText.size((Long) value) : value, selected, false, row, column);
            CatalogueEntry entry = _rows.entry(table.convertRowIndexToModel(row));
            setHorizontalAlignment(size ? RIGHT : LEFT);
            if (!selected)
                setForeground(entry.runnable ? table.getForeground() : Color.GRAY);
            String full = entry.runnable ? String.valueOf(getText()) : entry.whyNot;
            // Swing takes a tip that begins so for HTML, and a package chooses this text
            setToolTipText(full.isEmpty() ? null : full.replaceFirst("^<(?i:html)", "< html"));
            return this;
        }
    }
}
