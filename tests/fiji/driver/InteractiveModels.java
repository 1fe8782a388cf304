import ij.IJ;
import ij.ImageJ;
import ij.plugin.frame.Recorder;
import java.awt.Window;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JProgressBar;

/** The window of "BioDL Models...". Arguments: ImageJ folder, screenshots, folder of served packages, address of the server. */
public final class InteractiveModels
{
    private static final String Command = "BioDL Models...";
    private static final String Title = "BioDL Models";

    private static String _address;
    private static Path _served;
    /** Models that are there before any is installed. */
    private static int _builtIn;
    private static final int TaskColumn = 1;

    private InteractiveModels()
    {
    }

    public static void main(String[] arguments) throws Exception
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        _served = Paths.get(arguments[2]);
        _address = arguments[3];
        new ImageJ();
        IJ.redirectErrorMessages(false);
        new Recorder();
        if (open())
        {
            ModelsView.watch();
            filter();
            installFromUrl();
            installFromFile();
            verify();
            cancel();
            errors();
            online();
            removes();
            offline();
            recorded();
            Checks.check("the window never stopped answering", ModelsView.stall < 1500, ModelsView.stall + " ms");
            close();
        }
        System.out.println("END");
        System.exit(0);
    }

    private static boolean open()
    {
        IJ.doCommand(Command);
        boolean opened = Checks.waitFor(20, () -> Hands.window(Title) instanceof JFrame);
        Checks.check("the window opens", opened, "no window");
        if (!opened)
            return false;
        ModelsView.window = (JFrame) Hands.window(Title);
        Hands.see(() ->
        {
            ModelsView.window.setLocation(20, 160);
            return null;
        });
        Checks.check("the built-in model is there", Checks.waitFor(20, () -> ModelsView.row("Nuclei, fluorescence, small") >= 0),
            ModelsView.table());
        _builtIn = ModelsView.rows();
        Checks.check("all that are there are built in", ModelsView.count("built in") == _builtIn, ModelsView.table());
        ModelsView.select("Nuclei, fluorescence, small");
        Checks.check("its details are shown",
            Checks.waitFor(5, () -> ModelsView.details().contains("Schmidt et al.") && ModelsView.details().contains("MIT")),
            ModelsView.details());
        Checks.screenshot("models");
        IJ.doCommand(Command);
        IJ.wait(500);
        int windows = 0;
        for (Window window : Window.getWindows())
            windows += window instanceof JFrame && window.isShowing() && Title.equals(((JFrame) window).getTitle()) ? 1 : 0;
        Checks.check("there is one window only", windows == 1, windows);
        return true;
    }

    private static void filter()
    {
        ModelsView.type("filter", "no such words");
        Checks.check("the filter leaves out what it does not find", Checks.waitFor(5, () -> ModelsView.rows() == 0), ModelsView.table());
        ModelsView.type("filter", "STARdist small");
        Checks.check("and shows what it finds", Checks.waitFor(5, () -> ModelsView.rows() == 1), ModelsView.table());
        ModelsView.type("filter", "");
        ModelsView.task(4);
        Checks.check("the task chooses", Checks.waitFor(5, () -> ModelsView.rows() < _builtIn) && ModelsView.rows() > 0
            && ModelsView.count(TaskColumn, "stain") == ModelsView.rows(), ModelsView.table());
        ModelsView.task(0);
        Checks.check("all tasks show all", Checks.waitFor(5, () -> ModelsView.rows() == _builtIn), ModelsView.table());
        ModelsView.select("Nuclei, fluorescence, small");
        Hands.press(ModelsView.content(), "Copy Citation");
        Checks.check("the citation is copied", Checks.waitFor(5, () -> ModelsView.clipboard().contains("Schmidt et al.")),
            ModelsView.clipboard());
        Checks.check("the built-in model cannot be removed or installed",
            !ModelsView.enabled("Remove...") && !ModelsView.enabled("Install") && ModelsView.enabled("Verify"), "buttons");
    }

    private static void installFromUrl()
    {
        ModelsView.url(_address + "/files/nuclei.zip", "");
        Checks.check("a model of a URL is installed and selected",
            Checks.waitFor(30, () -> ModelsView.details().contains("\nnuclei\n") && ModelsView.rows() == _builtIn + 1), ModelsView.table());
        Checks.check("it is recorded",
            Checks.waitFor(5, () -> ModelsView.recorder().contains("action=install source=" + _address + "/files/nuclei.zip")),
            ModelsView.recorder());
        Checks.check("the window says so", ModelsView.status().contains("Installed nuclei"), ModelsView.status());
        Checks.screenshot("models-installed");
    }

    private static void installFromFile() throws Exception
    {
        Path copy = Files.copy(_served.resolve("nuclei.zip"), _served.resolve("zell kern.zip"));
        Hands.press(ModelsView.content(), "Install from File...");
        JFileChooser chooser = ModelsView.waitForChooser();
        Checks.check("the file chooser opens", chooser != null, "no chooser");
        if (chooser == null)
            return;
        Hands.see(() ->
        {
            chooser.setSelectedFile(copy.toFile());
            chooser.approveSelection();
            return null;
        });
        Checks.check("a file is installed", Checks.waitFor(30, () -> ModelsView.rows() == _builtIn + 2), ModelsView.table());
        Checks.check("with its path in brackets for macros", Checks.waitFor(5, () -> ModelsView.recorder()
            .contains("source=[" + copy + "]")),
            ModelsView.recorder());
    }

    private static void verify()
    {
        Hands.press(ModelsView.content(), "Verify");
        boolean shown = Checks.waitFor(60, () -> ModelsView.report() != null);
        Checks.check("the report of the test tensors is shown", shown, ModelsView.status() + ModelsView.message());
        Checks.check("it passed", Checks.waitFor(5, () -> ModelsView.status().contains("passed its own test")),
            ModelsView.status() + ModelsView.message());
        Checks.screenshot("models-verified");
        if (shown)
            ModelsView.report().dispose();
    }

    private static void cancel()
    {
        int before = ModelsView.rows();
        ModelsView.url(_address + "/slow/nuclei.zip", "");
        Checks.check("the download shows how far it is", Checks.waitFor(20, () -> ModelsView.status()
            .matches("Installing .* of [0-9.]+ MB.*")),
            ModelsView.status());
        Checks.check("nothing else can be started", !ModelsView.enabled("Install from File...") && !ModelsView.enabled("Verify"),
            "buttons");
        Checks.check("and its bar moves",
            Checks.waitFor(10, () -> Hands.see(() -> Hands.find(ModelsView.content(), JProgressBar.class, null).getValue() > 0)),
            ModelsView.status());
        Checks.screenshot("models-download");
        Hands.press(ModelsView.content(), "Cancel");
        Checks.check("Cancel ends it", Checks.waitFor(10, () -> ModelsView.status().equals("Cancelled.")), ModelsView.status());
        Checks.check("nothing was installed", ModelsView.rows() == before, ModelsView.table());
    }

    private static void errors()
    {
        ModelsView.url(_address + "/files/none.zip", "");
        Checks.check("an error says what and where", Checks.waitFor(60, () -> ModelsView.message().contains("none.zip")),
            ModelsView.message() + ModelsView.status());
        Checks.check("and what to do", ModelsView.message().contains("\n"), ModelsView.message());
        Checks.screenshot("models-error");
        ModelsView.url(_address + "/files/nuclei.zip", "123");
        Checks.check("a malformed hash is named", Checks.waitFor(10, () -> ModelsView.message().contains("64 hexadecimal digits")),
            ModelsView.message());
    }

    private static void online()
    {
        Hands.press(ModelsView.content(), "Show online models");
        Checks.check("online models are added", Checks.waitFor(30, () -> ModelsView.state("online") >= 0), ModelsView.table()
            + ModelsView.message());
        Hands.see(() ->
        {
            ModelsView.models().setRowSelectionInterval(ModelsView.state("online"), ModelsView.state("online"));
            return null;
        });
        Checks.check("with their picture",
            Checks.waitFor(20, () -> Hands.see(() -> ModelsView.label("picture").isVisible() && ModelsView.label("picture")
            .getIcon() != null)),
            ModelsView.details());
        Checks.screenshot("models-online");
        int installed = ModelsView.count("installed");
        Checks.check("they can be installed", Checks.waitFor(5, () -> ModelsView.enabled("Install") && !ModelsView.enabled("Remove...")),
            "buttons");
        Hands.press(ModelsView.content(), "Install");
        Checks.check("and are", Checks.waitFor(60, () -> ModelsView.count("installed") == installed + 1), ModelsView.table()
            + ModelsView.message());
    }

    private static void removes()
    {
        int installed = ModelsView.count("installed");
        Hands.see(() ->
        {
            ModelsView.models().setRowSelectionInterval(ModelsView.state("installed"), ModelsView.state("installed"));
            return null;
        });
        Hands.press(ModelsView.content(), "Remove...");
        Checks.check("removing asks first", Checks.waitFor(10, () -> Hands.window("Remove Model") != null), "no question");
        Checks.screenshot("models-remove");
        Hands.press((java.awt.Container) Hands.window("Remove Model"), "Keep");
        IJ.wait(500);
        Checks.check("Keep keeps it", ModelsView.count("installed") == installed, ModelsView.table());
        Hands.press(ModelsView.content(), "Remove...");
        Checks.waitFor(10, () -> Hands.window("Remove Model") != null);
        Hands.press((java.awt.Container) Hands.window("Remove Model"), "Remove");
        Checks.check("Remove removes it", Checks.waitFor(20, () -> ModelsView.count("installed") == installed - 1),
            ModelsView.table() + ModelsView.message());
        Checks.check("removing is recorded", Checks.waitFor(5, () -> ModelsView.recorder().contains("action=remove id=")),
            ModelsView.recorder());
    }

    private static void offline() throws Exception
    {
        new URL(_address + "/stop").openStream().close();
        Hands.press(ModelsView.content(), "Refresh");
        Checks.check("without a network the window says so", Checks.waitFor(90, () -> !ModelsView.message().isEmpty()), ModelsView.table());
        Checks.check("and shows what is on this machine", ModelsView.count("installed") > 0 && ModelsView.count("built in") == _builtIn,
            ModelsView.table());
        Checks.screenshot("models-offline");
    }

    /** A line that the window recorded does the same when it is run. */
    private static void recorded()
    {
        String line = "";
        for (String each : ModelsView.recorder().split("\n"))
            if (each.contains("action=install source=["))
                line = each;
        Hands.press(ModelsView.content(), "Show online models");
        Checks.waitFor(20, () -> ModelsView.state("online") < 0);
        // It may be the one that was removed above: models of one name have no order of their own.
        String id = ModelsView.id("zell");
        int all = ModelsView.count("installed"), others = id.equals("none") ? all : all - 1;
        if (others < all)
            IJ.runMacro("run(\"" + Command + "\", \"action=remove id=" + id + "\");");
        Hands.press(ModelsView.content(), "Refresh");
        Checks.waitFor(20, () -> ModelsView.count("installed") == others);
        Recorder.record = false;
        IJ.runMacro(line);
        Hands.press(ModelsView.content(), "Refresh");
        Checks.check("a recorded line installs the model again", Checks.waitFor(20, () -> ModelsView.count("installed") == others + 1),
            line + "\n" + ModelsView.table());
    }

    private static void close()
    {
        Hands.see(() ->
        {
            ModelsView.window.dispatchEvent(new java.awt.event.WindowEvent(ModelsView.window, java.awt.event.WindowEvent.WINDOW_CLOSING));
            return null;
        });
        Checks.check("it closes", Checks.waitFor(5, () -> Hands.window(Title) == null), "still open");
        IJ.doCommand(Command);
        Checks.check("and opens again", Checks.waitFor(10, () -> Hands.window(Title) != null), "no window");
    }
}
