import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.OvalRoi;
import ij.plugin.frame.Recorder;
import ij.plugin.frame.RoiManager;
import java.awt.Choice;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ItemEvent;
import javax.swing.JLabel;
import javax.swing.JTextArea;

/**
 * A training as a person sees it: the dialog of each method, the window with curve and picture, a run meanwhile, stop and keep, cancel, and
 * a training that goes on after a break. Arguments: ImageJ folder, screenshots, "all"; "leave" ends ImageJ in the middle, "return" goes
 * on with what it left, and "offer" has no libtorch.
 */
public final class Trainings
{
    private static final String Command = "BioDL Train...";
    private static final String Title = "BioDL Train";

    private Trainings()
    {
    }

    public static void main(String[] arguments)
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        new ImageJ();
        IJ.redirectErrorMessages(false);
        EventThread.watch();
        ImagePlus image = noisy();
        if (arguments[2].equals("leave"))
            left(image);
        else if (arguments[2].equals("return"))
            returned();
        else if (arguments[2].equals("offer"))
            offered(image);
        else
        {
            new Recorder();
            dialog(image);
            kept(image);
            cancelled(image);
        }
        Checks.check("the event thread never waited for a training", EventThread.caught().isEmpty(), EventThread.caught());
        System.out.println("END");
        System.exit(0);
    }

    private static ImagePlus noisy()
    {
        ImagePlus image = Specimen.image("nuclei.tif", 4, 3);
        image.getProcessor().noise(20);
        image.show();
        image.getWindow().setLocation(30, 150);
        RoiManager rois = new RoiManager();
        rois.setLocation(30, 500);
        for (int i = 0; i < 12; i++)
            rois.addRoi(new OvalRoi(i % 4 * Specimen.Pitch + 12, i / 4 * Specimen.Pitch + 14, 24, 20));
        return image;
    }

    /** Every method has its fields, and says time and memory before it begins. */
    private static void dialog(ImagePlus image)
    {
        for (int method = 0; method < 6; method++)
        {
            GenericDialog dialog = open(image);
            choose(dialog, 0, method);
            Checks.waitFor(10, () -> !Hands.text(dialog()).isEmpty());
            IJ.wait(700);
            Checks.screenshot("train-dialog-" + method);
            boolean pairs = method == 2 || method == 4 || method == 5;
            String text = Hands.text(dialog());
            Checks.check("the dialog of method " + method + (pairs ? " asks for targets" : " says how long it takes"),
                pairs || text.contains("of memory"), text);
            close();
        }
    }

    /** What the best state was becomes the model, and is chosen in its command. */
    private static void kept(ImagePlus image)
    {
        EventThread.measure();
        begin(image, "kept nuclei");
        Window window = window("kept nuclei");
        Checks.check("the window opens", window != null, "no window");
        if (window == null)
            return;
        Checks.check("the recorder has the command", Checks.waitFor(5, () -> Recorder.getInstance().getText().contains(
            "run(\"" + Command + "\", \"method=noise2void")), Recorder.getInstance().getText());
        Checks.check("a picture comes", Checks.waitFor(120, () -> status(window).contains("of the checks")), status(window));
        Checks.screenshot("train-window");
        // classes are loaded when windows open, which is no matter of trainings
        longest("while the windows opened");
        now(image, window);
        meanwhile(image, window);
        IJ.wait(3000);
        double longest = longest("while it was trained");
        Checks.check("no event takes more than 50 ms of the processor", longest <= 50, longest);
        Hands.press(window, "Stop and Keep");
        boolean there = Checks.waitFor(60, () -> status(window).contains("The model is there: kept-nuclei"));
        Checks.check("the model is there", there, status(window) + " " + messages(window));
        Checks.check("and denoises the image", Checks.waitFor(20, () -> WindowManager.getImage("nuclei-denoised") != null), "no image");
        Checks.screenshot("train-window-done");
        Hands.press(window, "Use the Model...");
        Checks.check("its command has it chosen", Checks.waitFor(20, () -> Checks.dialog("BioDL Denoise") != null
            && "kept nuclei".equals(((Choice) ((GenericDialog) Checks.dialog("BioDL Denoise")).getChoices().get(0)).getSelectedItem())),
            Checks.dialog("BioDL Denoise"));
        Checks.press(Checks.dialog("BioDL Denoise"), "Cancel");
        Hands.press(window, "Close");
        Checks.check("the window closes", Checks.waitFor(5, () -> !window.isShowing()), "still there");
        WindowManager.setCurrentWindow(image.getWindow());
    }

    /** A run of a model goes on while it is trained, which pauses for it and then goes on. */
    private static void meanwhile(ImagePlus image, Window window)
    {
        IJ.run(image, "BioDL Segment...", "output=[Label Image] device=cpu");
        Checks.check("a model runs meanwhile", WindowManager.getImage("nuclei-labels") != null, "no labels");
        WindowManager.getImage("nuclei-labels").close();
        String before = status(window);
        Checks.check("and the training goes on", Checks.waitFor(30, () -> !status(window).equals(before) && status(window).startsWith(
            "step ")), status(window));
    }

    /** @return in ms of the processor, which unlike the clock's are no other program's */
    private static double longest(String when)
    {
        StringBuilder event = new StringBuilder();
        double longest = EventThread.longest(event);
        System.out.println("INFO the longest event " + when + " took " + IJ.d2s(longest, 1) + " ms of the processor: " + event);
        return longest;
    }

    /** The best state so far is a model of its own, and the training goes on. */
    private static void now(ImagePlus image, Window window)
    {
        WindowManager.setCurrentWindow(image.getWindow());
        Hands.press(window, "Use It Now...");
        Checks.check("a training that goes on gives a model", Checks.waitFor(60, () -> Checks.dialog("BioDL Denoise") != null),
            messages(window));
        GenericDialog denoise = (GenericDialog) Checks.dialog("BioDL Denoise");
        if (denoise == null)
            return;
        String chosen = ((Choice) denoise.getChoices().get(0)).getSelectedItem();
        Checks.check("called after its step and chosen in its command", chosen.matches("kept nuclei at step \\d+"), chosen);
        Checks.check("under a name of its own", messages(window).contains("'kept-nuclei-now'"), messages(window));
        Checks.screenshot("train-window-now");
        Checks.press(denoise, "Cancel");
        Checks.waitFor(5, () -> Checks.dialog("BioDL Denoise") == null);
        String before = status(window);
        Checks.check("and goes on", Checks.waitFor(30, () -> !status(window).equals(before) && status(window).startsWith("step ")),
            status(window));
    }

    /** Without libtorch it is offered; who does not want it is back in ImageJ, and nothing is begun. */
    private static void offered(ImagePlus image)
    {
        choose(open(image), 0, 1);
        press("Train");
        Checks.check("libtorch is offered", Checks.waitFor(30, () -> Hands.window("libtorch") != null), "no window");
        Window question = Hands.window("libtorch");
        if (question == null)
            return;
        Checks.screenshot("train-libtorch");
        String asked = Hands.see(Hands.find(question, JTextArea.class, null)::getText);
        Checks.check("with its size", asked.contains("libtorch") && asked.contains("128 MB"), asked);
        Hands.press(question, "Cancel");
        Checks.check("and can be declined", Checks.waitFor(10, () -> Hands.window("libtorch") == null), "still there");
        IJ.wait(1000);
        boolean begun = java.util.Arrays.stream(Window.getWindows()).anyMatch(window -> window.isShowing() && window instanceof Frame
            && ((Frame) window).getTitle().startsWith("BioDL Training"));
        Checks.check("nothing is begun", !begun, "a window of a training");
        IJ.doCommand(Command);
        Checks.check("nor left to go on with", Checks.waitFor(20, () -> dialog() != null) && Hands.window("Unfinished Training") == null,
            "a question");
        close();
    }

    private static void cancelled(ImagePlus image)
    {
        open(image);
        press("Train");
        // the name is not that of the last one
        Window window = window("");
        Checks.check("what was chosen last is chosen again", window != null, "no window");
        if (window == null)
            return;
        Checks.waitFor(60, () -> status(window).startsWith("step "));
        Hands.press(window, "Cancel");
        Checks.check("a cancelled training closes its window", Checks.waitFor(30, () -> !window.isShowing()), status(window));
    }

    /** ImageJ ends in the middle of a training. */
    private static void left(ImagePlus image)
    {
        begin(image, "left nuclei");
        Window window = window("left nuclei");
        Checks.check("it is trained for a while", Checks.waitFor(120, () -> status(window).contains("of the checks")), status(window));
    }

    /** Another ImageJ offers to go on. */
    private static void returned()
    {
        IJ.doCommand(Command);
        boolean offered = Checks.waitFor(20, () -> Hands.window("Unfinished Training") != null);
        Checks.check("an unfinished training is offered", offered, "no window");
        Window question = Hands.window("Unfinished Training");
        if (question == null)
            return;
        Checks.screenshot("train-unfinished");
        String asked = Hands.see(Hands.find(question, JTextArea.class, null)::getText);
        Checks.check("by its name", asked.contains("'left nuclei'"), asked);
        Hands.press(question, "Go On");
        Window window = window("left nuclei");
        Checks.check("it goes on where it was", Checks.waitFor(60, () -> status(window).startsWith("step ") && !status(window).startsWith(
            "step 0 ")), status(window));
        Hands.press(window, "Cancel");
        Checks.check("and can be thrown away", Checks.waitFor(30, () -> !window.isShowing()), status(window));
    }

    private static void begin(ImagePlus image, String name)
    {
        GenericDialog dialog = open(image);
        choose(dialog, 0, 1);
        press("More options...");
        type("Name of the model", name);
        type("Patch", "32");
        type("Patches a step", "2");
        type("Steps", "100000");
        Checks.screenshot("train-dialog-long");
        press("Train");
    }

    private static GenericDialog open(ImagePlus image)
    {
        WindowManager.setCurrentWindow(image.getWindow());
        IJ.doCommand(Command);
        Checks.check("the dialog opens", Checks.waitFor(20, () -> dialog() != null), "no dialog");
        return dialog();
    }

    private static GenericDialog dialog()
    {
        Dialog dialog = Checks.dialog(Title);
        return (GenericDialog) dialog;
    }

    /** @param choice which list of the dialog @param item what to select there; the dialog may then be another one */
    private static void choose(GenericDialog dialog, int choice, int item)
    {
        EventQueue.invokeLater(() ->
        {
            Choice list = (Choice) dialog.getChoices().get(choice);
            if (list.getSelectedIndex() == item)
                return;
            list.select(item);
            ItemEvent event = new ItemEvent(list, ItemEvent.ITEM_STATE_CHANGED, list.getSelectedItem(), ItemEvent.SELECTED);
            for (java.awt.event.ItemListener listener : list.getItemListeners())
                listener.itemStateChanged(event);
        });
        IJ.wait(800);
        Checks.waitFor(10, () -> dialog() != null);
    }

    private static void press(String button)
    {
        GenericDialog dialog = dialog();
        Checks.waitFor(20, () -> Checks.button(dialog, button) != null && Checks.button(dialog, button).isEnabled());
        Checks.press(dialog, button);
        IJ.wait(800);
    }

    private static void type(String label, String text)
    {
        TextField field = Hands.field(dialog(), label);
        EventQueue.invokeLater(() -> field.setText(text));
        IJ.wait(200);
    }

    private static void close()
    {
        Checks.press(dialog(), "Cancel");
        Checks.waitFor(5, () -> dialog() == null);
    }

    private static Window window(String model)
    {
        String title = "BioDL Training of " + model;
        Window[] found = new Window[1];
        Checks.waitFor(60, () ->
        {
            for (Window window : Window.getWindows())
                if (window instanceof Frame && window.isShowing() && ((Frame) window).getTitle().startsWith(title))
                    found[0] = window;
            return found[0] != null;
        });
        return found[0];
    }

    private static String status(Window window)
    {
        JLabel label = Hands.find(window, JLabel.class, "status");
        return Hands.see(label::getText);
    }

    private static String messages(Window window)
    {
        JTextArea area = Hands.find(window, JTextArea.class, "messages");
        return Hands.see(area::getText);
    }
}
