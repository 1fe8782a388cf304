import ij.IJ;
import ij.ImageJ;
import ij.WindowManager;
import ij.gui.MultiLineLabel;
import java.awt.Component;
import java.awt.Dialog;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Models of TorchScript that mean ill, in an ImageJ that goes on: each gives one message that names it, and the one that means well runs
 * after each.
 * Arguments: ImageJ's folder, where screenshots go, where models may be written, hostile.ijm.
 */
public final class Hostile
{
    private static final String Title = "Macro Error";
    private static final String Description =
        "format_version: 0.4.9\ntype: model\nname: %s\ndescription: a test\nlicense: MIT\ntags: [test]\n"
        + "authors:\n  - name: tests\ncite:\n  - text: none\ninputs:\n"
        + "  - {name: x, axes: bcyx, data_type: float32, shape: {min: [1, 1, 16, 16], step: [0, 0, 16, 16]}}\noutputs:\n"
        + "  - {name: y, axes: bcyx, data_type: float32, shape: {reference_tensor: x, scale: [1, 1, 1, 1], offset: [0, 0, 0, 0]}}\n"
        + "weights:\n  torchscript:\n    source: net.pt\n";
    private static final String Code = "class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
        + "  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n";
    private static final String Module = "\u0080\u0002c__torch__\nNet\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub.";

    private Hostile()
    {
    }

    public static void main(String[] arguments) throws IOException
    {
        System.setProperty("plugins.dir", arguments[0]);
        Checks.screenshotsTo(arguments[1]);
        new ImageJ();
        Path folder = Paths.get(arguments[2]);
        String kind = model(folder, "kind", "return torch.mul(x, 2)");
        expect(arguments[3], kind, null);
        String[][] models = {
            {"loop", "y = x\nwhile torch.gt(1, 0):\n  y = torch.add(y, 1)\nreturn y", "did not come to an end within"},
            {"memory", "l = [x]\nwhile torch.gt(1, 0):\n  l = torch.append(l, torch.repeat(x, [16, 16, 1, 1]))\nreturn x",
                "BIODL_TORCH_MEMORY allows it more"},
            {"operator", "return ops.aten.mish_and_chips(x)", "uses the operator"},
            {"foreign", "return ops.torchvision.nms(x, x, 0.5)", "uses torchvision::nms"},
            {"file", "torch.save(x, \"" + folder + "/stolen\")\nreturn x", "uses aten::save"},
            {"abort", "y = torch.stft(x, 4, None, None, None, False, None, None)\nreturn __torch__.nothing(y)", "cannot be loaded"},
        };
        for (String[] model : models)
        {
            expect(arguments[3], model(folder, model[0], model[1]), model[2]);
            expect(arguments[3], kind, null);
        }
        Checks.check("nothing was written by a script", !Files.exists(folder.resolve("stolen")), "a file");
        System.out.println("END");
        System.exit(0);
    }

    /** Run a model by the macro; null for a message: it gives an image. */
    private static void expect(String macro, String model, String message)
    {
        IJ.runMacro("close('*');");
        String name = model.substring(model.lastIndexOf('/') + 1);
        long start = System.currentTimeMillis();
        Thread run = new Thread(() -> IJ.runMacroFile(macro, model), "macro");
        run.start();
        Checks.waitFor(60, () -> !run.isAlive() || Checks.dialog(Title) != null);
        long time = System.currentTimeMillis() - start;
        String said = said(Checks.dialog(Title));
        if (message == null)
            Checks.check(name + " runs", WindowManager.getImageCount() == 2 && said.isEmpty(), said);
        else
            Checks.check(name + ", " + time + " ms: " + said, said.contains(message) && said.contains(name), said);
        if (said.isEmpty())
            return;
        Checks.screenshot("hostile-" + name);
        Checks.press(Checks.dialog(Title), "OK");
        Checks.waitFor(10, () -> !run.isAlive());
    }

    /** The text of a message, which ImageJ draws itself. */
    private static String said(Dialog dialog)
    {
        if (dialog == null)
            return "";
        StringBuilder text = new StringBuilder();
        for (Component component : dialog.getComponents())
        {
            if (!(component instanceof MultiLineLabel))
                continue;
            try
            {
                Field field = MultiLineLabel.class.getDeclaredField("lines");
                field.setAccessible(true);
                text.append(String.join(" ", (String[]) field.get(component))).append(" ");
            }
            catch (ReflectiveOperationException e)
            {
                throw new IllegalStateException(e);
            }
        }
        return text.toString().replaceAll("\\s+", " ").trim();
    }

    private static String model(Path folder, String name, String forward) throws IOException
    {
        StringBuilder code = new StringBuilder(Code);
        for (String line : forward.split("\n"))
            code.append("    ").append(line).append('\n');
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("net/version", "3\n".getBytes(StandardCharsets.UTF_8));
        files.put("net/code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
        files.put("net/constants.pkl", "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1));
        files.put("net/data.pkl", Module.getBytes(StandardCharsets.ISO_8859_1));
        Path model = Files.createDirectories(folder.resolve(name));
        Files.write(model.resolve("net.pt"), Packages.zip(files));
        Files.write(model.resolve("rdf.yaml"), String.format(Description, name).getBytes(StandardCharsets.UTF_8));
        return model.toString();
    }
}
