import ij.IJ;
import ij.plugin.frame.Recorder;
import java.awt.Container;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.datatransfer.DataFlavor;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.JTextPane;

/** What is seen in the window of "BioDL Models...", and what is done in it. */
final class ModelsView
{
    static JFrame window;
    /** The longest that the event thread did not answer, in ms. */
    static volatile long stall;

    private ModelsView()
    {
    }

    static Container content()
    {
        return window.getContentPane();
    }

    /** Asks the event thread for a sign of life all the time. */
    static void watch()
    {
        Thread watch = new Thread(() ->
        {
            while (true)
            {
                long start = System.nanoTime();
                Hands.see(() -> null);
                stall = Math.max(stall, (System.nanoTime() - start) / 1_000_000);
                IJ.wait(20);
            }
        }, "watch");
        watch.setDaemon(true);
        watch.start();
    }

    static void url(String url, String sha256)
    {
        Hands.press(content(), "Install from URL...");
        Checks.waitFor(10, () -> Hands.window("Install from URL") != null);
        java.awt.Container question = Hands.window("Install from URL");
        if (question == null)
            return;
        Hands.see(() ->
        {
            Hands.find(question, JTextField.class, "url").setText(url);
            Hands.find(question, JTextField.class, "sha256").setText(sha256);
            return null;
        });
        Hands.press(question, "Install");
        Checks.waitFor(10, () -> Hands.window("Install from URL") == null);
    }

    static JFileChooser waitForChooser()
    {
        JFileChooser[] found = new JFileChooser[1];
        Checks.waitFor(10, () ->
        {
            for (Window window : Window.getWindows())
                if (window.isShowing() && found[0] == null)
                    found[0] = Hands.find(window, JFileChooser.class, null);
            return found[0] != null;
        });
        return found[0];
    }

    static Window report()
    {
        for (Window window : Window.getWindows())
            if (window.isShowing() && window instanceof java.awt.Frame && ((java.awt.Frame) window).getTitle()
                .startsWith("Verification of "))
                return window;
        return null;
    }

    static void type(String field, String text)
    {
        Hands.see(() ->
        {
            Hands.find(content(), JTextField.class, field).setText(text);
            return null;
        });
    }

    static void task(int index)
    {
        Hands.see(() ->
        {
            Hands.find(content(), JComboBox.class, "task").setSelectedIndex(index);
            return null;
        });
    }

    static void select(String name)
    {
        Hands.see(() ->
        {
            models().setRowSelectionInterval(row(name), row(name));
            return null;
        });
    }

    static JTable models()
    {
        return Hands.find(content(), JTable.class, "models");
    }

    static JLabel label(String name)
    {
        return Hands.find(content(), JLabel.class, name);
    }

    static int rows()
    {
        return onEventThread(() -> models().getRowCount());
    }

    static int row(String name)
    {
        return onEventThread(() -> find(0, name, true));
    }

    /** @return the last row of a state, -1 for none */
    static int state(String state)
    {
        return onEventThread(() -> find(5, state, false));
    }

    private static int find(int column, String text, boolean first)
    {
        int found = -1;
        for (int row = 0; row < models().getRowCount(); row++)
            if (models().getValueAt(row, column).equals(text) && (found < 0 || !first))
                found = row;
        return found;
    }

    static int count(String state)
    {
        return count(5, state);
    }

    static int count(int column, String text)
    {
        return onEventThread(() ->
        {
            int count = 0;
            for (int row = 0; row < models().getRowCount(); row++)
                count += models().getValueAt(row, column).equals(text) ? 1 : 0;
            return count;
        });
    }

    /** @return the id of the installed model that contains a text */
    static String id(String part)
    {
        for (String line : IJ.runMacro("return call(\"org.biodl.ij1.batch.Headless.models\", \"action=list\");").split("\n"))
            if (line.split("\t")[0].contains(part))
                return line.split("\t")[0];
        return "none";
    }

    static boolean enabled(String button)
    {
        return onEventThread(() -> Hands.find(content(), AbstractButton.class, button).isEnabled());
    }

    static String details()
    {
        return onEventThread(() -> Hands.find(content(), JTextPane.class, "details").getText().replace("\r", ""));
    }

    static String status()
    {
        return onEventThread(() -> label("status").getText());
    }

    static String message()
    {
        return onEventThread(() -> Hands.find(content(), JTextArea.class, "message").getText());
    }

    static String recorder()
    {
        return Recorder.getInstance().getText();
    }

    /** On the thread that writes it, and so after what was pressed. */
    static String clipboard()
    {
        return onEventThread(() ->
        {
            try
            {
                return String.valueOf(Toolkit.getDefaultToolkit().getSystemClipboard().getData(DataFlavor.stringFlavor));
            }
            catch (java.io.IOException | java.awt.datatransfer.UnsupportedFlavorException | IllegalStateException e)
            {
                return e.toString();
            }
        });
    }

    static String table()
    {
        return onEventThread(() ->
        {
            StringBuilder text = new StringBuilder();
            for (int row = 0; row < models().getRowCount(); row++)
            {
                text.append("; ");
                for (int column = 0; column < models().getColumnCount(); column++)
                    text.append(models().getValueAt(row, column)).append('|');
            }
            return text.toString();
        });
    }

    private static <T> T onEventThread(Hands.Look<T> look)
    {
        return java.awt.EventQueue.isDispatchThread() ? look.at() : Hands.see(look);
    }
}
