import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.io.FileSaver;
import ij.plugin.frame.Recorder;
import java.awt.TextField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** "BioDL Folder...": by its dialogs and by the macro that they record. Arguments: ImageJ folder, screenshots, the tiny models. */
public final class Folders
{
    private static final String Folder = "BioDL Folder";
    private static Path _root;

    private Folders()
    {
    }

    public static void main(String[] arguments) throws IOException
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        Prefs.set("biodl.models.denoise", arguments[2] + "/smooth");
        _root = Files.createTempDirectory("folder with spaces");
        images();
        new ImageJ();
        IJ.redirectErrorMessages(false);
        Recorder recorder = new Recorder();
        recorder.setLocation(700, 700);
        segment();
        denoise(arguments[2]);
        System.out.println("END");
        System.exit(0);
    }

    /** Three images of 4, 6 and 9 nuclei, one of them in a folder, one file that is no image, and what is not asked for. */
    private static void images() throws IOException
    {
        Files.createDirectories(_root.resolve("in/deeper"));
        new FileSaver(Specimen.image("a", 2, 2)).saveAsTiff(_root.resolve("in/a.tif").toString());
        new FileSaver(Specimen.image("b", 3, 2)).saveAsTiff(_root.resolve("in/B.TIF").toString());
        new FileSaver(Specimen.image("c", 3, 3)).saveAsPng(_root.resolve("in/deeper/c.png").toString());
        Files.write(_root.resolve("in/broken.tif"), new byte[] { 'I', 'I', 42, 0, 8, 0, 0, 0 });
        Files.write(_root.resolve("in/notes.txt"), new byte[] { 'x' });
    }

    private static void segment() throws IOException
    {
        IJ.doCommand(Folder + "...");
        Checks.check("the dialog of folders opens", Checks.waitFor(20, () -> Checks.dialog(Folder) != null), "no dialog");
        GenericDialog dialog = (GenericDialog) Checks.dialog(Folder);
        Checks.check("OK is off without a folder", Checks.waitFor(5, () -> !Checks.button(dialog, "OK").isEnabled()), "OK is on");
        text(dialog, 0, _root.resolve("in").toString());
        text(dialog, 1, _root.resolve("in").toString());
        Checks.check("results among the images are refused", Checks.waitFor(5, () -> Hands.text(dialog).contains("among the images")),
            Hands.text(dialog));
        text(dialog, 1, _root.resolve("out").toString());
        Hands.tick(dialog, "Folders in it too");
        Checks.check("the images are counted", Checks.waitFor(5, () -> Hands.text(dialog).startsWith("4 images: ")), Hands.text(dialog));
        Checks.screenshot("folder");
        Checks.press(dialog, "OK");
        Checks.check("the task asks how", Checks.waitFor(20, () -> Checks.dialog("BioDL Segment") != null), "no dialog");
        Checks.check("with the first image as an example", WindowManager.getImageCount() == 1
            && WindowManager.getCurrentImage().getTitle().equals("B.TIF"), Arrays.toString(WindowManager.getImageTitles()));
        IJ.wait(500);
        Checks.screenshot("folder-segment");
        Checks.press(Checks.dialog("BioDL Segment"), "OK");
        Checks.check("what failed is told at the end", Checks.waitFor(60, () -> Checks.dialog("BioDL") != null), "no message");
        Checks.screenshot("folder-failed");
        results("out");
        Checks.dialog("BioDL").dispose();
        Checks.check("and is in the log", IJ.getLog().contains("3 of 4 images done") && IJ.getLog().contains("broken.tif: "), IJ.getLog());
        Checks.check("the example is closed", WindowManager.getImageCount() == 0, Arrays.toString(WindowManager.getImageTitles()));
        replay();
    }

    private static void results(String folder) throws IOException
    {
        List<String> made = list(folder);
        Checks.check("labels, ROIs and one table are there", made.equals(Arrays.asList("B-labels.tif", "B-rois.zip", "a-labels.tif",
            "a-rois.zip", "deeper/c-labels.tif", "deeper/c-rois.zip", "objects.csv")), made);
        List<String> rows = Files.readAllLines(_root.resolve(folder).resolve("objects.csv"));
        int image = Arrays.asList(rows.get(0).split(",")).indexOf("Image");
        String counts = rows.stream().skip(1).map(row -> row.split(",")[image]).collect(Collectors.groupingBy(name -> name,
            java.util.TreeMap::new, Collectors.counting())).toString();
        Checks.check("the table names the image of each object", counts.equals("{B.TIF=6, a.tif=4, c.png=9}"), counts);
        ImagePlus labels = IJ.openImage(_root.resolve(folder).resolve("deeper/c-labels.tif").toString());
        Checks.check("labels are whole", labels.getStatistics().max == 9, labels.getStatistics().max);
    }

    /** The recorded line with another folder of results gives the same; with the same one it replaces nothing. */
    private static void replay() throws IOException
    {
        String recorded = Recorder.getInstance().getText();
        int start = recorded.indexOf("run(\"" + Folder);
        String line = start < 0 ? "" : recorded.substring(start).split("\n")[0];
        Checks.check("the recorder wrote one line", line.contains("folder=[" + _root) && line.contains("subfolders=true")
            && !recorded.contains("BioDL Segment"), recorded);
        Recorder.record = false;
        macro(line.replace("/out]", "/again]"));
        results("again");
        Files.write(_root.resolve("again/a-labels.tif"), new byte[] { 1 });
        String message = macro(line.replace("/out]", "/again]"));
        Checks.check("a file that somebody has touched is not replaced", message.contains("a-labels.tif") && message.contains("2 of 4")
            && Files.size(_root.resolve("again/a-labels.tif")) == 1, message);
        macro(line.replace("/out]", "/again]").replace("subfolders=true", "subfolders=true overwrite=true"));
        ImagePlus labels = IJ.openImage(_root.resolve("again/a-labels.tif").toString());
        Checks.check("unless that was asked for", labels != null && labels.getStatistics().max == 4, labels);
    }

    private static void denoise(String models) throws IOException
    {
        macro("run(\"" + Folder + "...\", \"task=denoise model=[" + models + "/smooth] folder=[" + _root.resolve("in")
            + "] results_folder=["
            + _root.resolve("smooth") + "] files=a*,*.TIF\");");
        Checks.check("denoised images are there", list("smooth").equals(Arrays.asList("B-denoised.tif", "a-denoised.tif")), list("smooth"));
    }

    /** @return the message that it ended with, or "" */
    private static String macro(String line)
    {
        Thread macro = new Thread(() -> IJ.runMacro(line), "Macro$");
        macro.start();
        String[] message = { "" };
        Checks.waitFor(60, () ->
        {
            for (String title : new String[] { "BioDL", "Macro Error" })
                if (Checks.dialog(title) != null)
                {
                    message[0] += Hands.labels(Checks.dialog(title));
                    Checks.dialog(title).dispose();
                }
            return !macro.isAlive();
        });
        return message[0];
    }

    private static List<String> list(String folder) throws IOException
    {
        try (java.util.stream.Stream<Path> files = Files.walk(_root.resolve(folder)))
        {
            return files.filter(Files::isRegularFile).map(file -> _root.resolve(folder).relativize(file).toString()).sorted()
                .collect(Collectors.toList());
        }
    }

    private static void text(GenericDialog dialog, int field, String text)
    {
        Hands.see(() ->
        {
            ((TextField) dialog.getStringFields().get(field)).setText(text);
            return null;
        });
    }
}
