import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.awt.Choice;
import java.awt.Container;
import java.awt.Scrollbar;
import java.awt.TextField;
import java.awt.event.ItemEvent;
import java.util.Vector;
import javax.swing.JFileChooser;
import javax.swing.JFrame;

/**
 * What the dialogs promise: they say what is true, they answer while a model is opened, and nobody is stuck without a model. Arguments:
 * ImageJ folder, screenshots, the tiny models.
 */
public final class Dialogs
{
    private static final String Segment = "BioDL Segment";
    private static final String Denoise = "BioDL Denoise";
    private static final String Stain = "BioDL Virtual Stain";
    private static String _models;

    private Dialogs()
    {
    }

    public static void main(String[] arguments)
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        _models = arguments[2] + "/";
        new ImageJ();
        IJ.redirectErrorMessages(false);
        EventThread.watch();
        firstStart(Segment, "-labels");
        firstStart(Denoise, "-denoised");
        firstStart(Stain, "-stained");
        sliders();
        instant();
        firstUse();
        slowModel();
        brokenModel();
        closedImage();
        okWaits();
        Checks.check("the event thread never waited for the native library", EventThread.caught().isEmpty(), EventThread.caught());
        System.out.println("END");
        // a run goes on; how a host exits then is no matter of dialogs
        Runtime.getRuntime().halt(0);
    }

    /** Nobody has to choose a model first: a built-in one is chosen, and OK runs it. */
    private static void firstStart(String title, String suffix)
    {
        Specimen.image("start.tif", 3, 3).show();
        GenericDialog dialog = open(title);
        String model = model(dialog).getSelectedItem();
        Checks.check(title + " has a built-in model chosen", model.endsWith("(built in)"), model);
        Checks.check(title + " needs nothing more", Checks.waitFor(20, () -> Checks.button(dialog, "OK").isEnabled()), Hands.text(dialog));
        Checks.press(dialog, "OK");
        Checks.check(title + " runs with it", Checks.waitFor(60, () -> WindowManager.getImage("start" + suffix) != null),
            java.util.Arrays.toString(WindowManager.getImageTitles()));
        closeAll();
    }

    /** Thumb and field of every slider agree: at first, after a click, and when the model's values come back. */
    private static void sliders()
    {
        Specimen.image("sliders.tif", 5, 5).show();
        GenericDialog dialog = open(Segment);
        agree(dialog, "at first");
        Checks.check("they are the model's", fields(dialog).equals("0.55 0.2"), fields(dialog));
        for (Object slider : dialog.getSliders())
            Hands.clickRight((Scrollbar) slider);
        Checks.check("one click is one step", Checks.waitFor(5, () -> fields(dialog).equals("0.56 0.21")), fields(dialog));
        agree(dialog, "after a click");
        type(dialog, 2, "0.77");
        agree(dialog, "after typing");
        Checks.press(dialog, "Model's thresholds");
        Checks.check("the model's thresholds come back", Checks.waitFor(5, () -> fields(dialog).equals("0.55 0.2")), fields(dialog));
        agree(dialog, "when they came back");
        type(dialog, 1, "90");
        Checks.press(dialog, "Restore defaults");
        Checks.check("the defaults come back", Checks.waitFor(5, () -> number(dialog, 1).getText().equals("99.8")),
            number(dialog, 1).getText());
        type(dialog, 2, "0.62");
        Checks.press(dialog, "More options...");
        GenericDialog all = next(Segment, dialog);
        Checks.check("more options are shown", all.getChoices().size() > dialog.getChoices().size(), all.getChoices().size());
        agree(all, "in the long form");
        Checks.check("which keeps what was typed", fields(all).equals("0.62 0.2"), fields(all));
        Checks.screenshot("segment-more");
        Checks.press(all, "Fewer options");
        Checks.press(next(Segment, all), "Cancel");
        closeAll();
    }

    /** The network runs once for a view: thresholds are answered although the pixels are gone, until ImageJ tells of the change. */
    private static void instant()
    {
        ImagePlus image = Specimen.image("instant.tif", 5, 5);
        image.show();
        GenericDialog dialog = open(Segment);
        Hands.tick(dialog, "Preview");
        Checks.check("the preview finds all", Checks.waitFor(20, () -> overlay(image) == 25), overlay(image));
        image.getProcessor().setValue(0);
        image.getProcessor().fill();
        type(dialog, 2, "0.99");
        Checks.check("a high threshold leaves none", Checks.waitFor(10, () -> overlay(image) == 0), overlay(image));
        type(dialog, 2, "0.4");
        Checks.check("and a low one finds all again, without the network", Checks.waitFor(10, () -> overlay(image) == 25), overlay(image));
        image.updateAndDraw();
        Checks.check("changed pixels are looked at", Checks.waitFor(20, () -> overlay(image) == 0), overlay(image));
        Checks.press(dialog, "Cancel");
        closeAll();
    }

    private static int overlay(ImagePlus image)
    {
        return image.getOverlay() == null ? 0 : image.getOverlay().size();
    }

    private static void firstUse()
    {
        Specimen.image("first.tif", 3, 3).show();
        GenericDialog dialog = open(Denoise);
        Checks.screenshot("denoise-first");
        Checks.press(dialog, "Get models...");
        Checks.check("Get models opens the window of models", Checks.waitFor(20, () -> Hands.window("BioDL Models") != null), "no window");
        Container models = (Container) Hands.window("BioDL Models");
        Checks.check("with those that denoise", models != null && Checks.waitFor(5,
            () -> Hands.see(() -> Hands.find(models, javax.swing.JComboBox.class, "task").getSelectedItem().equals("Denoise"))), "task");
        Checks.screenshot("denoise-get-models");
        if (models != null)
            Hands.see(() ->
            {
                ((JFrame) models).dispose();
                return null;
            });
        browse(dialog, "smooth");
        GenericDialog opened = next(Denoise, dialog);
        Checks.check("Browse opens a model", opened.getChoices().size() > 1 && model(opened).getSelectedItem().equals("smooth in models"),
            model(opened).getSelectedItem());
        Checks.press(opened, "Browse...");
        JFileChooser chooser = ModelsView.waitForChooser();
        Checks.check("Browse remembers its folder", chooser != null && chooser.getCurrentDirectory().getPath().equals(
            _models.substring(0, _models.length() - 1)), chooser == null ? "no chooser" : chooser.getCurrentDirectory());
        if (chooser != null)
            Hands.see(() ->
            {
                chooser.cancelSelection();
                return null;
            });
        Checks.press(opened, "Cancel");
        closeAll();
    }

    private static void slowModel()
    {
        Prefs.set("biodl.models.denoise", _models + "smooth\n" + _models + "slow");
        Specimen.image("slow.tif", 3, 3).show();
        GenericDialog dialog = open(Denoise);
        choose(dialog, "slow in models");
        Checks.check("a line says that a model is being opened", Checks.waitFor(5, () -> Hands.text(dialog).startsWith("Opening slow")),
            Hands.text(dialog));
        Checks.screenshot("denoise-opening");
        choose(dialog, "smooth in models");
        GenericDialog back = next(Denoise, dialog);
        Checks.check("another one can be chosen meanwhile", model(back).getSelectedItem().equals("smooth in models"),
            model(back).getSelectedItem());
        choose(back, "slow in models");
        Checks.press(back, "Cancel");
        Checks.check("Cancel closes the dialog meanwhile", Checks.waitFor(3, () -> Checks.dialog(Denoise) == null), "still there");
        closeAll();
    }

    /** The last: a run of this network would take a while. */
    private static void okWaits()
    {
        Prefs.set("biodl.models.denoise", _models + "smooth\n" + _models + "slow2");
        ImagePlus image = Specimen.image("waits.tif", 3, 3);
        image.show();
        GenericDialog dialog = open(Denoise);
        choose(dialog, "slow2 in models");
        Checks.waitFor(5, () -> Hands.text(dialog).startsWith("Opening slow2"));
        Checks.press(dialog, "OK");
        IJ.wait(100);
        Checks.check("OK waits for the model", dialog.isShowing() && !image.isLocked(), "it did not");
        Checks.check("and runs it then", Checks.waitFor(60, image::isLocked) && Checks.dialog(Denoise) == null, Hands.text(dialog));
    }

    private static void brokenModel()
    {
        Specimen.image("broken.tif", 3, 3).show();
        GenericDialog dialog = open(Denoise);
        String before = model(dialog).getSelectedItem();
        browse(dialog, "broken.onnx");
        Checks.check("a model that cannot be opened is named", Checks.waitFor(10,
            () -> Hands.text(dialog).contains("broken.onnx") && !Hands.text(dialog).startsWith("Opening")),
            Hands.text(dialog));
        Checks.check("and the former one stays", model(dialog).getSelectedItem().equals(before), model(dialog).getSelectedItem());
        Checks.screenshot("denoise-broken");
        Checks.press(dialog, "Cancel");
        closeAll();
    }

    private static void closedImage()
    {
        ImagePlus image = Specimen.image("closed.tif", 3, 3);
        image.show();
        open(Segment);
        image.changes = false;
        image.close();
        Checks.check("a dialog goes with its image", Checks.waitFor(5, () -> Checks.dialog(Segment) == null), "still there");
        closeAll();
    }

    private static void agree(GenericDialog dialog, String when)
    {
        IJ.wait(200);
        Vector<?> sliders = dialog.getSliders();
        for (int i = 0; i < sliders.size(); i++)
        {
            int thumb = ((Scrollbar) sliders.get(i)).getValue();
            String text = number(dialog, dialog.getNumericFields().size() - sliders.size() + i).getText();
            Checks.check("thumb and field of slider " + (i + 1) + " agree " + when, thumb == Math.round(100 * Double.parseDouble(text)),
                thumb + " and " + text);
        }
    }

    /** The two thresholds as they are written. */
    private static String fields(GenericDialog dialog)
    {
        return number(dialog, 2).getText() + " " + number(dialog, 3).getText();
    }

    private static TextField number(GenericDialog dialog, int index)
    {
        return (TextField) dialog.getNumericFields().get(index);
    }

    private static void type(GenericDialog dialog, int field, String text)
    {
        Hands.see(() ->
        {
            number(dialog, field).setText(text);
            return null;
        });
        IJ.wait(200);
    }

    private static Choice model(GenericDialog dialog)
    {
        return (Choice) dialog.getChoices().firstElement();
    }

    private static void choose(GenericDialog dialog, String name)
    {
        Choice models = model(dialog);
        Hands.see(() ->
        {
            models.select(name);
            for (java.awt.event.ItemListener listener : models.getItemListeners())
                listener.itemStateChanged(new ItemEvent(models, ItemEvent.ITEM_STATE_CHANGED, name, ItemEvent.SELECTED));
            return null;
        });
    }

    private static void browse(GenericDialog dialog, String name)
    {
        Checks.press(dialog, "Browse...");
        JFileChooser chooser = ModelsView.waitForChooser();
        Checks.check("Browse opens a file chooser", chooser != null, "no chooser");
        if (chooser != null)
            Hands.see(() ->
            {
                chooser.setSelectedFile(new java.io.File(_models + name));
                chooser.approveSelection();
                return null;
            });
    }

    private static GenericDialog open(String title)
    {
        IJ.doCommand(title + "...");
        Checks.check(title + " opens its dialog", Checks.waitFor(20, () -> Checks.dialog(title) != null), "no dialog");
        IJ.wait(300);
        return (GenericDialog) Checks.dialog(title);
    }

    /** @return the dialog that takes the place of another */
    private static GenericDialog next(String title, GenericDialog former)
    {
        Checks.waitFor(30, () -> Checks.dialog(title) != null && Checks.dialog(title) != former);
        IJ.wait(300);
        return (GenericDialog) Checks.dialog(title);
    }

    private static void closeAll()
    {
        Checks.waitFor(5, () -> Checks.dialog(Segment) == null && Checks.dialog(Denoise) == null);
        for (int id : WindowManager.getIDList() == null ? new int[0] : WindowManager.getIDList())
        {
            WindowManager.getImage(id).changes = false;
            WindowManager.getImage(id).close();
        }
    }
}
