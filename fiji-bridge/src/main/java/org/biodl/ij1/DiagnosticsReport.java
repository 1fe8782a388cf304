package org.biodl.ij1;

import ij.IJ;
import java.io.File;
import java.security.CodeSource;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Library;
import org.biodl.jni.Model;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.Natives;

/** Versions, paths and devices as plain text. A part that fails is reported in its place, so the text is always whole. */
public final class DiagnosticsReport
{
    private final StringBuilder _text = new StringBuilder();

    private DiagnosticsReport()
    {
    }

    public static String text()
    {
        DiagnosticsReport report = new DiagnosticsReport();
        report.section("BioDL", report::library);
        report.section("Devices", report::devices);
        report.section("Built-in model", report::model);
        report.section("ImageJ and Java", report::host);
        return report._text.toString();
    }

    private void section(String title, Runnable content)
    {
        _text.append(title).append('\n');
        try
        {
            content.run();
        }
        catch (BioDLException e)
        {
            line("problem", e.text().replace('\n', ' '));
        }
        catch (RuntimeException | LinkageError e)
        {
            line("problem", e.toString());
        }
    }

    private void library()
    {
        line("plugin", Natives.version() + ", " + location());
        line("libraries", Natives.load().toString());
        Library.Version v = Library.version();
        line("engine", v.version + ", " + v.build);
        line("engine path", v.libraryPath);
        line("ONNX Runtime", v.runtimeVersion);
        line("ONNX Runtime path", v.runtimePath);
        line("instructions", v.instructionSet);
    }

    private void devices()
    {
        for (Library.Device device : Library.devices())
        {
            String memory = device.memoryBytes > 0 ? ", " + megabytes(device.memoryBytes) : "";
            line(device.id, device.name + memory + (device.available ? ", available" : ", not available: " + device.unavailableReason));
        }
    }

    private void model()
    {
        try (Model model = Model.open(""))
        {
            ModelInfo info = model.info();
            line("name", info.name + ", " + info.rays + " rays, grid " + info.gridY + ", " + info.channels + " channel(s), "
                + info.licence);
            line("sha256", info.sha256);
        }
    }

    private void host()
    {
        line("ImageJ", IJ.getFullVersion());
        line("Java", property("java.version") + ", " + property("java.vm.name") + ", " + property("java.vendor"));
        line("Java path", property("java.home"));
        line("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch") + ", "
            + Runtime.getRuntime().availableProcessors() + " processors");
        line("Java memory", megabytes(Runtime.getRuntime().maxMemory()) + " at most");
    }

    private void line(String name, String value)
    {
        _text.append(String.format("  %-18s %s%n", name, value).replace("\r\n", "\n"));
    }

    private static String location()
    {
        CodeSource source = DiagnosticsReport.class.getProtectionDomain().getCodeSource();
        return source == null ? "unknown place" : new File(source.getLocation().getPath()).toString();
    }

    private static String megabytes(long bytes)
    {
        return bytes / (1 << 20) + " MB";
    }

    private static String property(String name)
    {
        return System.getProperty(name, "unknown");
    }
}
