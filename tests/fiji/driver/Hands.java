import ij.gui.GenericDialog;
import ij.gui.MultiLineLabel;
import java.awt.AWTException;
import java.awt.Checkbox;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.Point;
import java.awt.Robot;
import java.awt.Scrollbar;
import java.awt.TextArea;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.ItemEvent;
import javax.swing.AbstractButton;

/** What a user's hands do with Swing windows, and what the eyes see; each on the event thread. */
final class Hands
{
    private Hands()
    {
    }

    /** Something that is read on the event thread. */
    interface Look<T>
    {
        T at();
    }

    /** @return the showing window of a title, or null */
    static Window window(String title)
    {
        for (Window window : Window.getWindows())
            if (window.isShowing() && title.equals(window instanceof java.awt.Frame ? ((java.awt.Frame) window).getTitle()
                : window instanceof java.awt.Dialog ? ((java.awt.Dialog) window).getTitle() : null))
                return window;
        return null;
    }

    /** @return the component of a class with a name, or the button with a label; null for none. A null name takes the first. */
    static <T extends Component> T find(Container in, Class<T> kind, String name)
    {
        for (Component component : in.getComponents())
        {
            boolean named = name == null || name.equals(component.getName())
                || component instanceof AbstractButton && name.equals(((AbstractButton) component).getText());
            if (named && kind.isInstance(component))
                return kind.cast(component);
            T inside = component instanceof Container ? find((Container) component, kind, name) : null;
            if (inside != null)
                return inside;
        }
        return null;
    }

    static <T> T see(Look<T> look)
    {
        Object[] seen = new Object[1];
        try
        {
            EventQueue.invokeAndWait(() -> seen[0] = look.at());
        }
        catch (InterruptedException | java.lang.reflect.InvocationTargetException e)
        {
            throw new IllegalStateException(e);
        }
        @SuppressWarnings("unchecked")
        T result = (T) seen[0];
        return result;
    }

    /** Press the arrow at the right end of a scroll bar with the mouse. */
    static void clickRight(Scrollbar bar)
    {
        try
        {
            Robot robot = new Robot();
            Point corner = bar.getLocationOnScreen();
            robot.mouseMove(corner.x + bar.getWidth() - bar.getHeight() / 2, corner.y + bar.getHeight() / 2);
            robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
            robot.delay(30);
            robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
            robot.waitForIdle();
            robot.delay(100);
        }
        catch (AWTException e)
        {
            throw new IllegalStateException(e);
        }
    }

    /** Tick the box of an AWT dialog. */
    static void tick(GenericDialog dialog, String label)
    {
        for (Object each : dialog.getCheckboxes())
            if (((Checkbox) each).getLabel().equals(label))
                see(() ->
                {
                    ((Checkbox) each).setState(true);
                    dialog.itemStateChanged(new ItemEvent((Checkbox) each, ItemEvent.ITEM_STATE_CHANGED, each, ItemEvent.SELECTED));
                    return null;
                });
    }

    /** @return what a message of ImageJ says */
    static String labels(Container in)
    {
        MultiLineLabel label = find(in, MultiLineLabel.class, null);
        return label == null ? "" : labelText(label);
    }

    private static String labelText(MultiLineLabel label)
    {
        try
        {
            java.lang.reflect.Field lines = MultiLineLabel.class.getDeclaredField("lines");
            lines.setAccessible(true);
            return String.join(" ", (String[]) lines.get(label));
        }
        catch (ReflectiveOperationException e)
        {
            throw new IllegalStateException(e);
        }
    }

    /** @return the field behind a label of a dialog, or null */
    static TextField field(GenericDialog dialog, String label)
    {
        Component[] parts = dialog.getComponents();
        for (int i = 0; i + 1 < parts.length; i++)
            if (parts[i] instanceof Label && ((Label) parts[i]).getText().replaceAll(":? *$", "").trim().equals(label))
                return parts[i + 1] instanceof TextField ? (TextField) parts[i + 1] : find((Container) parts[i + 1], TextField.class, null);
        return null;
    }

    /** @return the text that a dialog shows of itself */
    static String text(Container in)
    {
        TextArea area = find(in, TextArea.class, null);
        return area == null ? "" : see(area::getText);
    }

    /** Without waiting for what it opens. */
    static void press(Container in, String label)
    {
        EventQueue.invokeLater(() -> find(in, AbstractButton.class, label).doClick());
    }
}
