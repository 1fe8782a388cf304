import ij.IJ;
import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.util.function.BooleanSupplier;

/** PASS and FAIL lines, and what a user's hands do. */
final class Checks
{
    private static String _folder;

    private Checks()
    {
    }

    static void screenshotsTo(String folder)
    {
        _folder = folder;
    }

    static void check(String name, boolean passed, Object detail)
    {
        System.out.println((passed ? "PASS " : "FAIL ") + name + (passed ? "" : ": " + detail));
    }

    /** @return whether it came true in time */
    static boolean waitFor(int seconds, BooleanSupplier condition)
    {
        for (int i = 0; i < seconds * 50; i++)
        {
            if (condition.getAsBoolean())
                return true;
            IJ.wait(20);
        }
        return condition.getAsBoolean();
    }

    static Dialog dialog(String title)
    {
        for (Window window : Window.getWindows())
            if (window instanceof Dialog && window.isShowing() && title.equals(((Dialog) window).getTitle()))
                return (Dialog) window;
        return null;
    }

    static Button button(Container in, String label)
    {
        for (Component component : in.getComponents())
        {
            Button found = component instanceof Button ? (Button) component
                : component instanceof Container ? button((Container) component, label) : null;
            if (found != null && found.getLabel().trim().equals(label))
                return found;
        }
        return null;
    }

    static void press(Container in, String label)
    {
        Button button = button(in, label);
        EventQueue.invokeLater(() -> button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label)));
    }

    static void screenshot(String name)
    {
        IJ.wait(400);
        try
        {
            new ProcessBuilder("import", "-window", "root", _folder + "/" + name + ".png").start().waitFor();
        }
        catch (java.io.IOException | InterruptedException e)
        {
            System.out.println("no screenshot: " + e);
        }
    }
}
