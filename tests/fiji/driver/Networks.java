import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.Undo;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import ij.plugin.frame.Recorder;
import ij.process.ImageConverter;
import ij.process.ImageProcessor;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.TextArea;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ItemEvent;
import java.awt.event.KeyEvent;
import java.util.Arrays;

/** The dialogs of Denoise, Virtual Stain and Run Model as a user meets them. Arguments: ImageJ folder, screenshots, the tiny models. */
public final class Networks
{
    private static final String Denoise = "BioDL Denoise";
    private static String _models;

    private Networks()
    {
    }

    public static void main(String[] arguments)
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        _models = arguments[2] + "/";
        new ImageJ();
        IJ.redirectErrorMessages(false);
        Prefs.set("biodl.models.denoise", _models + "smooth\n" + _models + "percentiles");
        Prefs.set("biodl.models.stain", _models + "stain");
        Prefs.set("biodl.models.other", _models + "two");
        denoise();
        undo();
        cancel();
        closeAndConvert();
        stain();
        runModel();
        System.out.println("END");
        System.exit(0);
    }

    private static void denoise()
    {
        Recorder recorder = new Recorder();
        recorder.setLocation(700, 760);
        ImagePlus image = noisy("noisy.tif", 6, 5, 3);
        image.show();
        image.getWindow().setLocation(640, 120);
        GenericDialog first = open(Denoise);
        if (first == null)
            return;
        Checks.check("the plan is shown", Checks.waitFor(5, () -> plan(first).contains("Memory: ")), plan(first));
        Checks.screenshot("denoise-dialog");
        preview(first, image);
        type(first, "7");
        Checks.check("OK is off while there is no such channel", Checks.waitFor(5, () -> !Checks.button(first, "OK").isEnabled()
            && plan(first).contains("no channel '7'")), plan(first));
        Checks.screenshot("denoise-malformed");
        type(first, "2,1");
        Checks.check("OK is on again", Checks.waitFor(5, () -> Checks.button(first, "OK").isEnabled()), plan(first));
        Checks.press(first, "OK");
        Checks.check("a result is shown", Checks.waitFor(20, () -> isShown("noisy-denoised")), titles());
        ImagePlus result = WindowManager.getImage("noisy-denoised");
        Checks.check("the preview is gone", Checks.waitFor(5, () -> previewWindow() == null), "it is there");
        Checks.check("it has the chosen channels", result.getNChannels() == 2 && result.getNSlices() == 1 && result.getNFrames() == 3,
            result);
        result.getWindow().setLocation(640, 440);
        Checks.screenshot("denoise-result");
        recorded(image, result);
        closeAll();
        otherModel();
        closeAll();
    }

    private static void preview(GenericDialog dialog, ImagePlus image)
    {
        tick(dialog, true);
        Checks.check("the preview opens", Checks.waitFor(20, () -> previewWindow() != null), "no window");
        Checks.check("the image stays the current one", WindowManager.getCurrentImage() == image, WindowManager.getCurrentImage());
        Checks.screenshot("denoise-preview");
        Rectangle before = previewWindow() == null ? null : previewWindow().getBounds();
        EventQueue.invokeLater(() ->
        {
            image.getCanvas().setSourceRect(new Rectangle(40, 40, 120, 60));
            image.getCanvas().repaint();
        });
        Checks.check("it follows the view", Checks.waitFor(20, () -> previewWindow() != null && !previewWindow().getBounds()
            .equals(before)), before);
        Checks.screenshot("denoise-preview-zoomed");
        tick(dialog, false);
        Checks.check("and goes when it is switched off", Checks.waitFor(5, () -> previewWindow() == null), "it is there");
        EventQueue.invokeLater(() -> image.getCanvas().unzoom());
        tick(dialog, true);
        Checks.waitFor(20, () -> previewWindow() != null);
    }

    private static void recorded(ImagePlus image, ImagePlus first)
    {
        String text = Recorder.getInstance().getText();
        int start = text.indexOf("run(\"" + Denoise + "...");
        String line = start < 0 ? "" : text.substring(start).split("\n")[0];
        Checks.check("the recorder wrote the choices", line.contains("channels=2,1") && line.contains("smooth")
            && line.contains("output_type="), text);
        first.setTitle("first");
        WindowManager.setCurrentWindow(image.getWindow());
        Recorder.record = false;
        IJ.runMacro(line);
        ImagePlus second = WindowManager.getImage("noisy-denoised");
        boolean same = second != null && second.getStackSize() == first.getStackSize();
        for (int i = 1; same && i <= first.getStackSize(); i++)
            same = Arrays.equals((short[]) first.getStack().getPixels(i), (short[]) second.getStack().getPixels(i));
        Checks.check("the recorded line gives the same pixels", same, line);
        Checks.check("and the same options", same && first.getProp("BioDL.options").equals(second.getProp("BioDL.options")), line);
    }

    private static void otherModel()
    {
        noisy("other.tif", 4, 4, 1).show();
        GenericDialog dialog = open(Denoise);
        Choice models = (Choice) dialog.getChoices().firstElement();
        boolean numbers = dialog.getNumericFields() != null;
        int index = Arrays.asList(items(models)).indexOf("percentiles in models");
        EventQueue.invokeLater(() ->
        {
            models.select(index);
            for (java.awt.event.ItemListener listener : models.getItemListeners())
                if (!(listener instanceof GenericDialog))
                    listener.itemStateChanged(new ItemEvent(models, ItemEvent.ITEM_STATE_CHANGED, models.getSelectedItem(),
                        ItemEvent.SELECTED));
        });
        boolean changed = Checks.waitFor(10, () -> Checks.dialog(Denoise) != null && Checks.dialog(Denoise) != dialog
            && ((GenericDialog) Checks.dialog(Denoise)).getNumericFields() != null);
        Checks.check("another model has its own fields", !numbers && changed, dialog.getNumericFields());
        Checks.screenshot("denoise-percentiles");
        Checks.press(Checks.dialog(Denoise), "Cancel");
        Checks.check("Cancel leaves everything", Checks.waitFor(5, () -> Checks.dialog(Denoise) == null)
            && WindowManager.getImageCount() == 1, titles());
    }

    private static void undo()
    {
        ImagePlus image = new ImagePlus("undo.tif", Specimen.plane(4, 4));
        image.show();
        IJ.wait(300);
        byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
        IJ.run(Denoise + "...", "model=[" + _models + "sharpen] result=[in place]");
        byte[] after = ((byte[]) image.getProcessor().getPixels()).clone();
        Checks.check("in place", !Arrays.equals(before, after) && WindowManager.getImageCount() == 1, titles());
        Undo.undo();
        Checks.check("Undo brings the pixels back", Checks.waitFor(5, () ->
            Arrays.equals(before, (byte[]) image.getProcessor().getPixels())), "it did not");
        image.setRoi(new Roi(10, 10, 50, 60));
        IJ.run(Denoise + "...", "model=[" + _models + "sharpen] result=[in place]");
        Undo.undo();
        Checks.check("inside a selection too", Checks.waitFor(5, () -> Arrays.equals(before, (byte[]) image.getProcessor().getPixels())),
            "it did not");
        closeAll();
    }

    /** @return an image on which a run of many small tiles goes on */
    private static ImagePlus start(ImagePlus image, String options)
    {
        image.show();
        new Thread(() ->
        {
            try
            {
                IJ.run(image, Denoise + "...", "model=[" + _models + "smooth] tiles=64 " + options);
            }
            catch (RuntimeException e)
            {
                if (!String.valueOf(e.getMessage()).contains("canceled"))
                    e.printStackTrace();
            }
        }, "Run$_test").start();
        Checks.waitFor(60, image::isLocked);
        IJ.wait(20);
        return image;
    }

    private static void closeAndConvert()
    {
        ImagePlus closed = start(noisy("closed.tif", 130, 130, 1), "");
        boolean running = Checks.waitFor(10, closed::isLocked);
        closed.changes = false;
        closed.close();
        Checks.check("an image closed during the run does no harm", running
            && Checks.waitFor(30, () -> WindowManager.getImage("closed-denoised") != null),
            running + " " + titles());
        closeAll();
        ImagePlus single = new ImagePlus("converted.tif", Specimen.plane(130, 130));
        single.setDisplayRange(5, 99);
        start(single, "");
        running = Checks.waitFor(10, single::isLocked);
        new ImageConverter(single).convertToGray32();
        Checks.check("nor does one that is converted", running
            && Checks.waitFor(30, () -> WindowManager.getImage("converted-denoised") != null),
            running + " " + titles());
        ImagePlus result = WindowManager.getImage("converted-denoised");
        Checks.check("the result looks as the image did", result != null && result.getBitDepth() == 8
            && result.getDisplayRangeMax() == 99, result);
        closeAll();
        ImagePlus inPlace = start(new ImagePlus("place.tif", Specimen.plane(130, 130)), "result=[in place]");
        new ImageConverter(inPlace).convertToGray32();
        boolean told = Checks.waitFor(30, () -> Checks.dialog("BioDL") != null);
        Checks.check("in place a converted image is left as it is", told && inPlace.getBitDepth() == 32, told + " " + inPlace);
        if (told)
            Checks.dialog("BioDL").dispose();
        closeAll();
    }

    private static void cancel()
    {
        ImagePlus image = noisy("big.tif", 130, 130, 1);
        Object pixels = image.getStack().getPixels(1);
        short[] before = ((short[]) pixels).clone();
        start(image, "result=[in place]");
        boolean running = Checks.waitFor(10, image::isLocked);
        IJ.setKeyDown(KeyEvent.VK_ESCAPE);
        boolean ended = Checks.waitFor(15, () -> !image.isLocked());
        IJ.setKeyUp(KeyEvent.VK_ESCAPE);
        IJ.wait(300);
        Checks.check("Esc cancels", running && ended, "running " + running + ", ended " + ended);
        Checks.check("and leaves the image as it was", Arrays.equals(before, (short[]) pixels) && WindowManager.getImageCount() == 1,
            titles());
        closeAll();
    }

    /** ImageJ knows an image's window a moment before the image does. */
    private static boolean isShown(String title)
    {
        ImagePlus image = WindowManager.getImage(title);
        return image != null && image.getWindow() != null;
    }

    private static void stain()
    {
        ImagePlus image = noisy("phase.tif", 6, 5, 1);
        image.show();
        image.getWindow().setLocation(640, 120);
        GenericDialog dialog = open("BioDL Virtual Stain");
        if (dialog == null)
            return;
        Checkbox merge = (Checkbox) dialog.getCheckboxes().get(dialog.getCheckboxes().size() - 2);
        EventQueue.invokeLater(() -> merge.setState(true));
        tick(dialog, true);
        Checks.check("a stain has a preview", Checks.waitFor(20, () -> previewWindow() != null), "no window");
        Checks.screenshot("stain-dialog");
        Checks.press(dialog, "OK");
        Checks.check("a merged result is shown", Checks.waitFor(20, () -> isShown("phase-merged")), titles());
        ImagePlus result = WindowManager.getImage("phase-merged");
        Checks.check("with four channels", result != null && result.getNChannels() == 4 && result.isComposite(), result);
        if (result != null)
            result.getWindow().setLocation(640, 440);
        Checks.screenshot("stain-result");
        closeAll();
    }

    private static void runModel()
    {
        ImagePlus second = new ImagePlus("second.tif", Specimen.plane(6, 5));
        second.show();
        ImagePlus image = new ImagePlus("first.tif", Specimen.plane(6, 5));
        image.show();
        image.getWindow().setLocation(640, 120);
        Checks.waitFor(5, () -> WindowManager.getCurrentImage() == image);
        // the window of the other image may be told late that it was activated
        IJ.wait(300);
        WindowManager.setCurrentWindow(image.getWindow());
        GenericDialog dialog = open("BioDL Run Model");
        if (dialog == null)
            return;
        Checks.check("two inputs are matched", Checks.waitFor(5, () -> plan(dialog).contains("of a") && plan(dialog).contains("of b")),
            plan(dialog));
        Checks.screenshot("run-dialog");
        Checks.press(dialog, "OK");
        Checks.check("two results", Checks.waitFor(20, () -> WindowManager.getImage("Tiny two-sum of first.tif") != null
            && WindowManager.getImage("Tiny two-mask of first.tif") != null), titles());
        Checks.screenshot("run-result");
        closeAll();
    }

    /** Nuclei in one channel, their negative in the other, and noise. */
    private static ImagePlus noisy(String title, int columns, int rows, int frames)
    {
        ImagePlus image = IJ.createHyperStack(title, columns * Specimen.Pitch, rows * Specimen.Pitch, 2, 1, frames, 16);
        java.util.Random random = new java.util.Random(1);
        ImageProcessor plane = Specimen.plane(columns, rows);
        for (int i = 1; i <= image.getStackSize(); i++)
        {
            ImageProcessor to = image.getStack().getProcessor(i);
            for (int k = 0; k < plane.getPixelCount(); k++)
                to.set(k, (int) Math.max(0, (i % 2 == 1 ? plane.get(k) : 220 - plane.get(k)) + 25 * random.nextGaussian()));
        }
        image.getCalibration().setUnit("micron");
        image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.5;
        ij.CompositeImage composite = new ij.CompositeImage(image, ij.CompositeImage.COMPOSITE);
        composite.setChannelLut(ij.process.LUT.createLutFromColor(java.awt.Color.cyan), 1);
        composite.setChannelLut(ij.process.LUT.createLutFromColor(java.awt.Color.red), 2);
        for (int c = 2; c >= 1; c--)
        {
            composite.setC(c);
            composite.setDisplayRange(0, 260);
        }
        return composite;
    }

    private static GenericDialog open(String title)
    {
        IJ.doCommand(title + "...");
        boolean open = Checks.waitFor(20, () -> Checks.dialog(title) != null);
        Checks.check(title + " opens its dialog", open, titles());
        if (!open)
        {
            Checks.screenshot("no-dialog");
            return null;
        }
        Checks.dialog(title).setLocation(10, 110);
        return (GenericDialog) Checks.dialog(title);
    }

    private static void type(GenericDialog dialog, String channels)
    {
        EventQueue.invokeLater(() -> ((TextField) dialog.getStringFields().firstElement()).setText(channels));
        IJ.wait(300);
    }

    private static void tick(GenericDialog dialog, boolean on)
    {
        Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
        EventQueue.invokeLater(() ->
        {
            box.setState(on);
            dialog.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, on ? ItemEvent.SELECTED : ItemEvent.DESELECTED));
        });
    }

    private static String plan(Container in)
    {
        for (Component component : in.getComponents())
        {
            String text = component instanceof TextArea ? ((TextArea) component).getText() : component instanceof Container
                ? plan((Container) component) : "";
            if (!text.isEmpty())
                return text;
        }
        return "";
    }

    private static Frame previewWindow()
    {
        for (Window window : Window.getWindows())
            if (window instanceof Frame && window.isShowing() && ((Frame) window).getTitle().startsWith("Preview of "))
                return (Frame) window;
        return null;
    }

    private static String[] items(Choice choice)
    {
        String[] items = new String[choice.getItemCount()];
        Arrays.setAll(items, choice::getItem);
        return items;
    }

    private static String titles()
    {
        return Arrays.toString(WindowManager.getImageTitles());
    }

    private static void closeAll()
    {
        for (int id : WindowManager.getIDList() == null ? new int[0] : WindowManager.getIDList())
        {
            WindowManager.getImage(id).changes = false;
            WindowManager.getImage(id).close();
        }
    }
}
