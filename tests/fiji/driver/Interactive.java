import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Undo;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import ij.process.ImageConverter;
import java.awt.Checkbox;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.TextField;
import java.awt.event.ItemEvent;
import java.awt.event.KeyEvent;

/** What a user does with windows: dialog, preview, recorder, Esc, closing and changing the image. Arguments: ImageJ folder, screenshots. */
public final class Interactive
{
    private static final String Command = "BioDL Segment...";

    private Interactive()
    {
    }

    public static void main(String[] arguments)
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        new ImageJ();
        IJ.redirectErrorMessages(false);
        dialog();
        undo();
        cancel();
        close();
        convert();
        locked();
        System.out.println("END");
        System.exit(0);
    }

    private static void dialog()
    {
        new Recorder();
        ImagePlus image = Specimen.image("nuclei.tif", 8, 6);
        image.getCalibration().setUnit("micron");
        image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.5;
        image.show();
        image.getWindow().setLocation(560, 150);
        IJ.doCommand(Command);
        Checks.check("the dialog opens", Checks.waitFor(20, () -> Checks.dialog("BioDL Segment") != null), "no dialog");
        Dialog shown = Checks.dialog("BioDL Segment");
        if (shown == null)
            return;
        shown.setLocation(20, 130);
        Checks.screenshot("dialog");
        GenericDialog dialog = (GenericDialog) shown;
        preview(dialog, image);
        type(dialog, 2, "abc");
        Checks.check("OK is off while a value is malformed", Checks.waitFor(5, () -> !Checks.button(dialog, "OK").isEnabled()), "OK is on");
        Checks.screenshot("dialog-malformed");
        type(dialog, 2, "0.45");
        Checks.check("OK is on again", Checks.waitFor(5, () -> Checks.button(dialog, "OK").isEnabled()), "OK is off");
        Checks.press(dialog, "OK");
        boolean done = Checks.waitFor(20, () -> WindowManager.getImage("nuclei-labels") != null);
        Checks.check("a label image is shown", done, java.util.Arrays.toString(WindowManager.getImageTitles()));
        Checks.check("the preview is gone, the outlines are there",
            Checks.waitFor(5, () -> image.getOverlay() != null && image.getOverlay().size() == 48), image.getOverlay());
        WindowManager.getImage("nuclei-labels").getWindow().setLocation(560, 520);
        Checks.screenshot("result");
        recorded(image);
        closeAll();
    }

    private static void preview(GenericDialog dialog, ImagePlus image)
    {
        Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
        EventQueue.invokeLater(() ->
        {
            box.setState(true);
            dialog.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.SELECTED));
        });
        Checks.check("the preview finds all nuclei in view", Checks.waitFor(20, () -> image.getOverlay() != null && image.getOverlay()
            .size() == 48),
            image.getOverlay());
        Checks.screenshot("dialog-preview");
        EventQueue.invokeLater(() ->
        {
            image.getCanvas().setSourceRect(new Rectangle(40, 40, 150, 120));
            image.getCanvas().repaint();
        });
        Checks.check("the preview follows the view", Checks.waitFor(20, () -> image.getOverlay() != null && image.getOverlay().size() < 40),
            image.getOverlay());
        Checks.screenshot("dialog-preview-zoomed");
        EventQueue.invokeLater(() ->
        {
            box.setState(false);
            dialog.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.DESELECTED));
        });
        Checks.check("the preview goes when it is switched off", Checks.waitFor(5, () -> image.getOverlay() == null), image.getOverlay());
        EventQueue.invokeLater(() -> image.getCanvas().unzoom());
    }

    private static void type(GenericDialog dialog, int field, String text)
    {
        EventQueue.invokeLater(() -> ((TextField) dialog.getNumericFields().get(field)).setText(text));
        IJ.wait(300);
    }

    private static void undo()
    {
        ImagePlus image = Specimen.image("undo.tif", 4, 4);
        image.show();
        IJ.wait(300);
        IJ.run(Command, "output=[ROI Manager]");
        Checks.check("outlines without a label image", image.getOverlay() != null && image.getOverlay().size() == 16, image.getOverlay());
        Undo.undo();
        Checks.check("Undo takes the outlines away", Checks.waitFor(5, () -> image.getOverlay() == null || image.getOverlay().size() == 0),
            image.getOverlay());
        closeAll();
    }

    private static void recorded(ImagePlus image)
    {
        String text = Recorder.getInstance().getText();
        int start = text.indexOf("run(\"" + Command);
        String line = start < 0 ? "" : text.substring(start).split("\n")[0];
        Checks.check("the recorder wrote the choices",
            line.contains("probability=0.45") && line.contains("percentile_low=model") && line.contains("output=Both"), text);
        ImagePlus first = WindowManager.getImage("nuclei-labels");
        String options = first.getProp("BioDL.options");
        first.setTitle("first");
        WindowManager.setCurrentWindow(image.getWindow());
        Recorder.record = false;
        IJ.runMacro(line);
        ImagePlus second = WindowManager.getImage("nuclei-labels");
        Checks.check("the recorded line gives the same labels",
            second != null && java.util.Arrays.equals((short[]) first.getProcessor().getPixels(), (short[]) second.getProcessor()
            .getPixels()), line);
        Checks.check("and the same options", second != null && options.equals(second.getProp("BioDL.options")), line);
    }

    private static void cancel()
    {
        ImagePlus image = start(60, 60, "output=Both tiles=256");
        IJ.setKeyDown(KeyEvent.VK_ESCAPE);
        boolean ended = Checks.waitFor(15, () -> !image.isLocked());
        IJ.setKeyUp(KeyEvent.VK_ESCAPE);
        IJ.wait(300);
        Checks.check("Esc cancels", ended && image.getOverlay() == null && WindowManager.getImageCount() == 1,
            java.util.Arrays.toString(WindowManager.getImageTitles()) + " locked " + image.isLocked());
        closeAll();
    }

    private static void close()
    {
        ImagePlus image = start(30, 30, "output=[Label Image] tiles=256");
        image.changes = false;
        image.close();
        Checks.check("an image closed during the run does no harm", Checks.waitFor(60, () -> WindowManager.getImage("big-labels") != null
            && WindowManager.getImage("big-labels").getProp("BioDL.objects").equals("900")), "no labels");
        Checks.screenshot("closed");
        closeAll();
    }

    private static void convert()
    {
        ImagePlus image = start(30, 30, "output=[Label Image] tiles=256");
        new ImageConverter(image).convertToGray32();
        Checks.check("an image converted during the run does no harm", Checks.waitFor(60, () -> WindowManager.getImage("big-labels") != null
            && WindowManager.getImage("big-labels").getProp("BioDL.objects").equals("900")), "no labels");
        Checks.check("it is unlocked", Checks.waitFor(5, () -> !image.isLocked()), "locked");
        closeAll();
    }

    private static void locked()
    {
        ImagePlus image = Specimen.image("locked.tif", 2, 2);
        image.show();
        image.lockSilently();
        run(image, "output=Both");
        boolean told = Checks.waitFor(10, () -> Checks.dialog("BioDL") != null);
        Checks.check("a locked image gives an error", told, "no message");
        Checks.screenshot("locked");
        if (told)
            Checks.dialog("BioDL").dispose();
        image.unlock();
        closeAll();
    }

    /** @return an image on which a run goes on */
    private static ImagePlus start(int columns, int rows, String options)
    {
        ImagePlus image = Specimen.image("big.tif", columns, rows);
        image.show();
        run(image, options);
        Checks.waitFor(60, image::isLocked);
        IJ.wait(200);
        return image;
    }

    private static void run(ImagePlus image, String options)
    {
        new Thread(() ->
        {
            try
            {
                IJ.run(image, Command, options);
            }
            catch (RuntimeException e)
            {
                if (!String.valueOf(e.getMessage()).contains("canceled"))
                    e.printStackTrace();
            }
        }, "Run$_test").start();
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
