import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import ij.plugin.BatchProcessor;
import ij.plugin.frame.RoiManager;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.TextArea;
import java.awt.TextField;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What goes on around a run in a session with a window: errors of macros in batch mode, commands on the event thread, several images,
 * titles with brackets, selections that nobody thinks of. Arguments: ImageJ folder, screenshots, tiny models.
 */
public final class Sessions
{
    private static final String Command = "BioDL Segment...";

    private Sessions()
    {
    }

    public static void main(String[] arguments) throws IOException
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        new ImageJ();
        IJ.redirectErrorMessages(false);
        batchModeError();
        batchMacroError();
        eventThread();
        anotherImage();
        storedSelection();
        brackets(arguments[2]);
        System.out.println("END");
        System.exit(0);
    }

    /** The user of a macro in batch mode is there, and gets ImageJ's message. */
    private static void batchModeError()
    {
        new Thread(() -> IJ.runMacro("setBatchMode(true);\nnewImage(\"a\", \"8-bit ramp\", 64, 64, 1);\nrun(\"" + Command
            + "\", \"outputt=Both\");\nprint(\"the macro went on\");"), "Macro$").start();
        Checks.check("an error in batch mode is told", Checks.waitFor(20, () -> Checks.dialog("Macro Error") != null), "no message");
        Checks.screenshot("batch-mode-error");
        check("it names the line", message("Macro Error").contains("in line 3"), message("Macro Error"));
        check("and what is wrong", message("Macro Error").contains("Unknown option 'outputt'"), message("Macro Error"));
        dismiss("Macro Error");
        IJ.wait(500);
        check("the log keeps it", IJ.getLog() != null && IJ.getLog().contains("Unknown option 'outputt'"), IJ.getLog());
        check("the macro has ended", !IJ.getLog().contains("went on"), IJ.getLog());
        closeAll();
    }

    /** Process > Batch > Macro: no unprocessed copies as results. */
    private static void batchMacroError() throws IOException
    {
        Path in = Files.createTempDirectory("in");
        Path out = Files.createTempDirectory("out");
        for (int i = 1; i <= 3; i++)
            IJ.saveAsTiff(Specimen.image("image" + i, 2, 2), in.resolve("image" + i + ".tif").toString());
        new Thread(() -> new BatchProcessor().run(""), "Batch Processor test").start();
        boolean open = Checks.waitFor(10, () -> Checks.dialog("Batch Process") != null);
        check("Process > Batch > Macro opens", open, "no dialog");
        GenericDialog dialog = (GenericDialog) Checks.dialog("Batch Process");
        EventQueue.invokeLater(() ->
        {
            int i = 0;
            for (TextField field : fields(dialog, new TextField[0]))
                if (i < 2)
                    field.setText((i++ == 0 ? in : out) + File.separator);
            ((TextArea) dialog.getTextArea1()).setText("run(\"" + Command + "\", \"output=[Label Image] probability=0,4\");");
        });
        IJ.wait(300);
        Checks.press(dialog, "Process");
        boolean told = Checks.waitFor(20, () -> Checks.dialog("Macro Error") != null);
        check("an error in Process > Batch > Macro is told", told && message("Macro Error").contains("probability=0,4"), told);
        dismiss("Macro Error");
        check("it is told once", Checks.waitFor(10, () -> Checks.dialog("Batch Process") == null && Checks.dialog("Macro Error") == null),
            "a dialog is left");
        IJ.wait(1_500);
        String[] written = out.toFile().list();
        check("and no image is written as a result", written != null && written.length == 0, Arrays.toString(written));
        closeAll();
    }

    /** A command without options opens its dialog, also where a listener calls it. */
    private static void eventThread()
    {
        Specimen.image("event.tif", 3, 3).show();
        EventQueue.invokeLater(() -> IJ.run(Command));
        boolean open = Checks.waitFor(20, () -> Checks.dialog("BioDL Segment") != null);
        check("a command called on the event thread opens its dialog", open, "no dialog");
        boolean[] alive = new boolean[1];
        EventQueue.invokeLater(() -> alive[0] = true);
        check("and the event thread goes on", Checks.waitFor(5, () -> alive[0]), "it hangs");
        if (open)
            Checks.press(Checks.dialog("BioDL Segment"), "Cancel");
        Checks.waitFor(5, () -> Checks.dialog("BioDL Segment") == null);
        EventQueue.invokeLater(() -> IJ.run(Command, "output=[Label Image]"));
        check("with options it runs there", Checks.waitFor(30, () -> WindowManager.getImage("event-labels") != null), "no labels");
        IJ.wait(500);
        closeAll();
    }

    /** The dialog asks about one image while the user looks at another, of another size and with other planes. */
    private static void anotherImage()
    {
        ImagePlus asked = Specimen.stack("asked.tif", 3, 3, 4);
        asked.show();
        IJ.doCommand(Command);
        Checks.waitFor(20, () -> Checks.dialog("BioDL Segment") != null && Checks.button(Checks.dialog("BioDL Segment"), "OK").isEnabled());
        ImagePlus other = Specimen.image("other.tif", 2, 2);
        other.show();
        WindowManager.setCurrentWindow(other.getWindow());
        Checks.press(Checks.dialog("BioDL Segment"), "OK");
        check("the run is on the image that was asked about", Checks.waitFor(30, () -> WindowManager.getImage("asked-labels") != null),
            Arrays.toString(WindowManager.getImageTitles()));
        RoiManager manager = RoiManager.getInstance();
        boolean added = Checks.waitFor(10, () -> manager != null && manager.getCount() == 36);
        check("its ROIs are bound to its slices", added && last(manager).getPosition() == 4, manager == null ? "none" : manager.getCount());
        check("the other image is left alone", other.getOverlay() == null && other.getStackSize() == 1, other.getOverlay());
        closeAll();
    }

    private static Roi last(RoiManager manager)
    {
        return manager.getRoi(manager.getCount() - 1);
    }

    /** A selection in a file is easily overlooked. */
    private static void storedSelection() throws IOException
    {
        ImagePlus image = Specimen.image("stored.tif", 4, 4);
        image.setRoi(new Roi(48, 48, 96, 48));
        File file = File.createTempFile("stored", ".tif");
        IJ.saveAsTiff(image, file.getPath());
        IJ.openImage(file.getPath()).show();
        IJ.run(Command, "output=[Label Image]");
        String told = "only inside the selection (96 x 48)";
        check("the log tells of a selection that was in the file", IJ.getLog().contains(told), IJ.getLog());
        WindowManager.setCurrentWindow(WindowManager.getImage(file.getName()).getWindow());
        IJ.doCommand(Command);
        boolean dialog = Checks.waitFor(20, () -> Checks.dialog("BioDL Segment") != null && Hands.text(Checks.dialog("BioDL Segment"))
            .replace('\n', ' ').contains(told));
        if (!dialog)
            System.out.println(Checks.dialog("BioDL Segment") == null ? "no dialog" : Hands.text(Checks.dialog("BioDL Segment")));
        check("so does the dialog", dialog, "not told");
        Checks.screenshot("stored-selection");
        Checks.press(Checks.dialog("BioDL Segment"), "Cancel");
        Checks.waitFor(5, () -> Checks.dialog("BioDL Segment") == null);
        closeAll();
    }

    /** The recorded line finds an image again, whatever brackets its title has. */
    private static void brackets(String models)
    {
        for (String title : new String[] { "cells [1].tif", "[a] b.tif", "a ]b [c.tif", "x]y.tif" })
        {
            ImagePlus first = Specimen.image("first.tif", 2, 2);
            ImagePlus second = Specimen.image(title, 2, 2);
            second.show();
            first.show();
            // as ImageJ's recorder writes it: brackets around what has a space
            String value = title.indexOf(' ') < 0 ? title : "[" + title + "]";
            String line = "run(\"BioDL Run Model...\", \"model=[" + models + "/two] image2=" + value + " device=cpu\");";
            IJ.runMacro(line);
            int made = WindowManager.getImageCount();
            check("a recorded line replays for the title " + title, made > 2, line + " " + Arrays.toString(WindowManager.getImageTitles()));
            for (String name : new String[] { "Macro Error", "BioDL" })
                if (Checks.dialog(name) != null)
                    Checks.dialog(name).dispose();
            closeAll();
        }
    }

    /** A dialog that has just come up does not hear yet. */
    private static void dismiss(String title)
    {
        for (int i = 0; i < 20 && Checks.dialog(title) != null; i++)
        {
            Checks.press(Checks.dialog(title), "OK");
            IJ.wait(300);
        }
    }

    private static void check(String name, boolean passed, Object detail)
    {
        Checks.check(name, passed, detail);
    }

    private static TextField[] fields(Container in, TextField[] found)
    {
        TextField[] all = found;
        for (Component component : in.getComponents())
        {
            if (component instanceof TextField)
            {
                all = Arrays.copyOf(all, all.length + 1);
                all[all.length - 1] = (TextField) component;
            }
            else if (component instanceof Container)
                all = fields((Container) component, all);
        }
        return all;
    }

    /** @return what ImageJ's label of several lines says */
    private static String message(String title)
    {
        Dialog dialog = Checks.dialog(title);
        try
        {
            for (Component component : dialog == null ? new Component[0] : dialog.getComponents())
                if (component.getClass().getSimpleName().equals("MultiLineLabel"))
                {
                    java.lang.reflect.Field lines = component.getClass().getDeclaredField("lines");
                    lines.setAccessible(true);
                    return String.join("\n", (String[]) lines.get(component));
                }
        }
        catch (ReflectiveOperationException e)
        {
            return e.toString();
        }
        return "";
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
