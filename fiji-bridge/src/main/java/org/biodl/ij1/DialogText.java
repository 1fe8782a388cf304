package org.biodl.ij1;

import ij.gui.GenericDialog;
import java.awt.Font;
import java.awt.Panel;
import java.awt.TextArea;

/** What a dialog says of itself, in lines that are wrapped: how work in the background goes, and what will be done or is wrong. */
public final class DialogText
{
    private static final int COLUMNS = 56;

    private final TextArea _area;
    private String _line = "";
    private String _text = "";

    /** Added to the dialog. */
    public DialogText(GenericDialog dialog, int rows)
    {
        _area = new TextArea("", rows, COLUMNS, TextArea.SCROLLBARS_VERTICAL_ONLY);
        _area.setEditable(false);
        _area.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        Panel panel = new Panel();
        panel.add(_area);
        dialog.addPanel(panel);
    }

    /** One line about what goes on; it stands above the text. */
    public void say(String line)
    {
        _line = line;
        show();
    }

    public void tell(String text)
    {
        _text = text;
        show();
    }

    private void show()
    {
        String all = _line.isEmpty() || _text.isEmpty() ? _line + _text : _line + "\n" + _text;
        if (all.equals(_area.getText()))
            return;
        _area.setText(all);
        _area.setCaretPosition(0);
    }
}
