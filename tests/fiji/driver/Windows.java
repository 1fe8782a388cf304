import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.RoiManager;
import ij.text.TextWindow;
import java.awt.Checkbox;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.ItemEvent;
import java.util.ArrayList;
import java.util.List;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;

/**
 * Where windows stand, by their bounds, on a screen of any size: on the screen, beside their source, and over no dialog. Arguments: ImageJ
 * folder, screenshots, the tiny models.
 */
public final class Windows
{
    private Windows()
    {
    }

    public static void main(String[] arguments)
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        Prefs.set("biodl.models.denoise", arguments[2] + "/smooth");
        new ImageJ();
        IJ.redirectErrorMessages(false);
        segment();
        denoise();
        models();
        System.out.println("END");
        System.exit(0);
    }

    private static void segment()
    {
        ImagePlus image = Specimen.image("nuclei.tif", 6, 5);
        image.show();
        GenericDialog dialog = open("BioDL Segment");
        // on a small screen there is no room beside an image in its middle
        clear("the dialog of segmentation", dialog, width() < 1300 ? null : image.getWindow());
        Checks.press(dialog, "More options...");
        Checks.waitFor(10, () -> Checks.dialog("BioDL Segment") != null && Checks.dialog("BioDL Segment") != dialog);
        IJ.wait(300);
        inside("its long form", Checks.dialog("BioDL Segment"));
        Checks.screenshot("windows-segment-" + width());
        Checks.press(Checks.dialog("BioDL Segment"), "OK");
        Checks.waitFor(20, () -> WindowManager.getImage("nuclei-labels") != null && WindowManager.getWindow("Log") != null);
        IJ.wait(500);
        Window labels = WindowManager.getImage("nuclei-labels").getWindow();
        clear("the label image", labels, image.getWindow());
        Rectangle source = image.getWindow().getBounds();
        boolean beside = labels.getX() >= source.x + source.width || labels.getX() + labels.getWidth() <= source.x
            || labels.getY() >= source.y + source.height || labels.getY() + labels.getHeight() <= source.y;
        Checks.check("which stands beside its source", beside, labels.getBounds() + " and " + source);
        Window manager = RoiManager.getInstance();
        Checks.check("the ROI Manager stands over neither", !manager.getBounds().intersects(source)
            && !manager.getBounds().intersects(labels.getBounds()), manager.getBounds() + " and " + source);
        Checks.screenshot("windows-labels-" + width());
        closeAll();
    }

    private static void denoise()
    {
        ImagePlus image = Specimen.image("noisy.tif", 6, 5);
        image.show();
        GenericDialog dialog = open("BioDL Denoise");
        clear("the dialog of denoising", dialog, width() < 1300 ? null : image.getWindow());
        Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
        EventQueue.invokeLater(() ->
        {
            box.setState(true);
            dialog.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.SELECTED));
        });
        Checks.waitFor(20, () -> preview() != null);
        IJ.wait(300);
        Checks.check("the preview is shown", preview() != null, "no window");
        if (preview() != null)
            clear("the preview", preview(), dialog);
        Checks.screenshot("windows-denoise-" + width());
        Checks.press(dialog, "OK");
        Checks.waitFor(20, () -> WindowManager.getImage("noisy-denoised") != null);
        IJ.wait(500);
        clear("the denoised image", WindowManager.getImage("noisy-denoised").getWindow(), image.getWindow());
        closeAll();
    }

    private static void models()
    {
        Specimen.image("noisy.tif", 3, 3).show();
        GenericDialog dialog = open("BioDL Denoise");
        Checks.press(dialog, "Get models...");
        Checks.waitFor(20, () -> Hands.window("BioDL Models") != null);
        IJ.wait(300);
        Window models = Hands.window("BioDL Models");
        inside("the window of models", models);
        Checks.check("all of its buttons are seen", buttonsAreSeen((Container) models), models.getBounds());
        Checks.screenshot("windows-models-" + width());
        Checks.press(dialog, "Cancel");
    }

    private static boolean buttonsAreSeen(Container in)
    {
        for (Component component : in.getComponents())
        {
            boolean button = component instanceof AbstractButton && !(in instanceof JComboBox) && component.isShowing()
                && !((AbstractButton) component).getText().isEmpty();
            if (button && !((AbstractButton) component).getVisibleRect().getSize().equals(component.getSize()))
                return false;
            if (component instanceof Container && !buttonsAreSeen((Container) component))
                return false;
        }
        return true;
    }

    private static void inside(String name, Window window)
    {
        Rectangle screen = new Rectangle(window.getToolkit().getScreenSize());
        Checks.check(name + " is on the screen", screen.contains(window.getBounds()), window.getBounds());
    }

    /** On the screen, over no dialog and not over the other window. */
    private static void clear(String name, Window window, Window other)
    {
        Checks.waitFor(5, () -> over(window, other).isEmpty());
        inside(name, window);
        List<String> over = over(window, other);
        Checks.check(name + " stands over no dialog, nor its neighbour", over.isEmpty(), window.getBounds() + " over " + over);
    }

    private static List<String> over(Window window, Window other)
    {
        List<String> over = new ArrayList<>();
        for (Window each : Window.getWindows())
            if (each != window && each.isShowing() && (each == other || each instanceof Dialog)
                && seen(each).intersects(seen(window)))
                over.add(each.getClass().getSimpleName() + " " + seen(each));
        return over;
    }

    /** Where the window system has it, whatever AWT remembers. */
    private static Rectangle seen(Window window)
    {
        return window.isShowing() ? new Rectangle(window.getLocationOnScreen(), window.getSize()) : window.getBounds();
    }

    private static Frame preview()
    {
        for (Window window : Window.getWindows())
            if (window instanceof Frame && window.isShowing() && ((Frame) window).getTitle().startsWith("Preview of "))
                return (Frame) window;
        return null;
    }

    private static int width()
    {
        return IJ.getInstance().getToolkit().getScreenSize().width;
    }

    private static GenericDialog open(String title)
    {
        IJ.doCommand(title + "...");
        Checks.check(title + " opens its dialog", Checks.waitFor(20, () -> Checks.dialog(title) != null), "no dialog");
        IJ.wait(300);
        return (GenericDialog) Checks.dialog(title);
    }

    private static void closeAll()
    {
        for (Window window : Window.getWindows())
            if (window instanceof TextWindow)
                ((TextWindow) window).close(false);
        for (int id : WindowManager.getIDList() == null ? new int[0] : WindowManager.getIDList())
        {
            WindowManager.getImage(id).changes = false;
            WindowManager.getImage(id).close();
        }
    }
}
