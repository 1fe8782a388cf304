package org.biodl.ij1.models;

import java.awt.BorderLayout;
import java.awt.Color;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** The bottom of the window: what is being done with a bar and Cancel, and a message that stays until the next one. */
final class ModelsFoot extends JPanel
{
    private static final Color BAD = new Color(255, 228, 225);
    private static final Color DOUBTFUL = new Color(255, 248, 220);

    private final JLabel _status = new JLabel(" ");
    private final JProgressBar _bar = new JProgressBar(0, 1000);
    private final JButton _cancel = new JButton("Cancel");
    private final JTextArea _message = new JTextArea(4, 40);
    private final JScrollPane _messagePane = new JScrollPane(_message);

    ModelsFoot(Runnable cancel)
    {
        super(new BorderLayout(6, 4));
        _message.setEditable(false);
        _message.setLineWrap(true);
        _message.setWrapStyleWord(true);
        _message.setName("message");
        _status.setName("status");
        // names and paths are text, whatever they begin with
        _status.putClientProperty("html.disable", Boolean.TRUE);
        _messagePane.setVisible(false);
        _cancel.addActionListener(event -> cancel.run());
        JPanel line = new JPanel(new BorderLayout(6, 0));
        line.setBorder(BorderFactory.createEmptyBorder(2, 0, 0, 0));
        JPanel right = new JPanel(new BorderLayout(6, 0));
        right.add(_bar, BorderLayout.CENTER);
        right.add(_cancel, BorderLayout.EAST);
        line.add(_status, BorderLayout.CENTER);
        line.add(right, BorderLayout.EAST);
        add(_messagePane, BorderLayout.CENTER);
        add(line, BorderLayout.SOUTH);
        idle("");
    }

    /** @param fraction 0 to 1 */
    void busy(String text, double fraction)
    {
        _status.setText(text);
        _bar.setValue((int) (1000 * fraction));
        _bar.setVisible(true);
        _cancel.setVisible(true);
    }

    void idle(String text)
    {
        _status.setText(text.isEmpty() ? " " : text);
        _bar.setVisible(false);
        _cancel.setVisible(false);
    }

    /** One line, when nothing is being done. */
    void say(String text)
    {
        if (!_bar.isVisible())
            idle(text);
    }

    /** What went wrong and what to do about it. */
    void error(String text)
    {
        message(text, BAD);
    }

    /** Added to what is said already. */
    void warning(String text)
    {
        String before = _message.getText();
        if (!before.contains(text))
            message(before.isEmpty() ? text : before + "\n" + text, before.isEmpty() ? DOUBTFUL : _message.getBackground());
    }

    void clear()
    {
        message("", DOUBTFUL);
    }

    private void message(String text, Color background)
    {
        _message.setText(text);
        _message.setCaretPosition(0);
        _message.setBackground(background);
        _messagePane.setVisible(!text.isEmpty());
        revalidate();
        repaint();
    }
}
