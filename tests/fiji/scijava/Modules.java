import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.biodl.BioDL;
import org.biodl.image.Segmentation;
import org.biodl.run.Option;
import org.biodl.run.TrainOptions;
import org.biodl.run.Verb;

/**
 * The scripts in the jar, by SciJava's rules and without SciJava: where they lie, what they declare, and what comes of them when inputs
 * are put into the language's variables and outputs are taken from there, as org.scijava.script.ScriptModule does.
 * Arguments: the jar, a folder with the tiny models, "train" where libtorch is installed.
 */
public final class Modules
{
    private static final String FOLDER = "scripts/";
    private static final String MENU = "Plugins/BioDL/Scripts/";
    private static final Map<String, List<Option<?>>> OPTIONS = new LinkedHashMap<>();

    private static final Map<String, Header> SCRIPTS = new LinkedHashMap<>();

    static
    {
        OPTIONS.put("BioDL_Segment_Script", Verb.SEGMENT.getOptions());
        OPTIONS.put("BioDL_Denoise_Script", Verb.DENOISE.getOptions());
        OPTIONS.put("BioDL_Virtual_Stain_Script", Verb.STAIN.getOptions());
        OPTIONS.put("BioDL_Run_Model_Script", Verb.RUN.getOptions());
        OPTIONS.put("BioDL_Train_Script", TrainOptions.LIST);
    }

    private Modules()
    {
    }

    public static void main(String[] arguments) throws Exception
    {
        try (JarFile jar = new JarFile(arguments[0]))
        {
            find(jar);
        }
        for (Map.Entry<String, List<Option<?>>> script : OPTIONS.entrySet())
        {
            List<String> faults = Rules.broken(SCRIPTS.get(script.getKey()), script.getValue());
            check(script.getKey() + " keeps SciJava's rules", faults.isEmpty(), faults);
        }
        segments();
        networks(arguments[1]);
        fails();
        if (arguments.length > 2)
            trains();
        System.out.println("END");
        // ImageJ's threads for filters are no daemons
        System.exit(0);
    }

    /** Paths are menus: at least one folder deep, with names that no command of ours has. */
    private static void find(JarFile jar) throws Exception
    {
        Set<String> commands = new HashSet<>();
        List<String> odd = new ArrayList<>();
        for (String line : read(jar, "plugins.config").split("\n"))
            if (line.indexOf('"') >= 0)
                commands.add(line.split("\"")[1].replace("...", ""));
        for (JarEntry entry : Collections.list(jar.entries()))
        {
            String path = entry.getName();
            if (!path.startsWith(FOLDER) || path.endsWith("/"))
                continue;
            String name = path.substring(path.lastIndexOf('/') + 1).replace(".groovy", "");
            if (!path.equals(FOLDER + MENU + name + ".groovy") || commands.contains(name.replace('_', ' ')))
                odd.add(path);
            SCRIPTS.put(name, new Header(read(jar, path)));
        }
        // org.scijava.util.FileUtils.findResources: without an entry for the folder itself nothing in it is found
        check("SciJava finds the folder", Collections.list(Modules.class.getClassLoader().getResources(FOLDER)).toString().contains(
            jar.getName()), FOLDER);
        check("the jar has one script for each task, in a menu of their own", odd.isEmpty() && SCRIPTS.keySet().equals(OPTIONS.keySet()),
            odd + " " + SCRIPTS.keySet());
    }

    private static String read(JarFile jar, String path) throws Exception
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = jar.getInputStream(jar.getJarEntry(path)))
        {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer))
                bytes.write(buffer, 0, n);
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void segments() throws Exception
    {
        ImagePlus image = nuclei();
        Map<String, Object> got = run("BioDL_Segment_Script", "image", image);
        Segmentation found = BioDL.segment(image);
        ImagePlus labels = (ImagePlus) got.get("labels");
        check("a segmentation has the labels of the Java API", found.getCount() == 12 && same(labels, found.getLabels()), labels);
        check("and its table and ROIs", ((ResultsTable) got.get("table")).size() == 12 && ((List<?>) got.get("rois")).size() == 12, got);
        check("and its account", got.get("account").toString().startsWith("{") && got.get("account").toString().contains(
            "\"title\":\"nuclei.tif\""), got.get("account"));
        got = run("BioDL_Segment_Script", "image", image, "probability", "0.99", "options", "device=cpu tile=256");
        check("parameters and further options arrive", ((ResultsTable) got.get("table")).size() < 12 && got.get("account").toString()
            .contains("0.99"), got.get("account"));
    }

    private static void networks(String models) throws Exception
    {
        ImagePlus image = nuclei();
        Map<String, Object> got = run("BioDL_Denoise_Script", "image", image);
        ImagePlus denoised = (ImagePlus) got.get("denoised");
        check("the default denoiser gives an image of the same type", denoised.getBitDepth() == 8 && denoised.getWidth() == 192
            && got.get("account").toString().contains("denoise-fluo"), got);
        got = run("BioDL_Virtual_Stain_Script", "image", image, "model", models + "/stain");
        check("a stain is an image", ((ImagePlus) got.get("stained")).getWidth() == 192, got);
        got = run("BioDL_Run_Model_Script", "image", image, "second", nuclei(), "model", models + "/two");
        check("a network of two inputs takes both", !((List<?>) got.get("outputs")).isEmpty() && got.get("account").toString().startsWith(
            "{"), got);
    }

    /** What goes wrong is thrown, with the words of the library. */
    private static void fails() throws Exception
    {
        try
        {
            run("BioDL_Segment_Script", "image", nuclei(), "options", "treshold=1");
            check("an unknown option is an error", false, "nothing");
        }
        catch (ScriptException e)
        {
            check("an unknown option is an error", e.getMessage().contains("Unknown option 'treshold'"), e.getMessage());
        }
    }

    private static void trains() throws Exception
    {
        ImagePlus image = nuclei();
        image.setTitle("noisy.tif");
        image.getProcessor().noise(20);
        Map<String, Object> got = run("BioDL_Train_Script", "image", image, "method", "noise2void", "name", "by a script", "options",
            "steps=4 patch=32 batch=1 threads=1");
        check("a training gives a model", !got.get("model").toString().isEmpty() && new java.io.File(got.get("report").toString()).isFile()
            && !((List<?>) got.get("figures")).isEmpty(), got);
        got = run("BioDL_Denoise_Script", "image", image, "model", got.get("model"));
        check("which runs", got.get("denoised") != null, got);
    }

    /** As SciJava's ScriptModule: values that nobody gave are the defaults, and outputs have their declared types. */
    private static Map<String, Object> run(String name, Object... given) throws Exception
    {
        Header header = SCRIPTS.get(name);
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("groovy");
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < given.length; i += 2)
            values.put((String) given[i], given[i + 1]);
        for (Header.Item item : header.items)
            if (!item.output)
                engine.put(item.name, values.containsKey(item.name) ? values.remove(item.name) : item.attributes.get("value"));
        if (!values.isEmpty())
            throw new IllegalArgumentException(name + " has no " + values.keySet());
        engine.eval(header.body);
        Map<String, Object> outputs = new HashMap<>();
        for (Header.Item item : header.items)
            if (item.output)
                outputs.put(item.name, Rules.type(item).cast(engine.get(item.name)));
        return outputs;
    }

    private static ImagePlus nuclei()
    {
        ByteProcessor plane = new ByteProcessor(192, 144);
        plane.setValue(150);
        for (int i = 0; i < 12; i++)
            plane.fill(new OvalRoi(i % 4 * 48 + 12, i / 4 * 48 + 14, 24, 20));
        plane.blurGaussian(1.8);
        return new ImagePlus("nuclei.tif", plane);
    }

    private static boolean same(ImagePlus a, ImagePlus b)
    {
        ImageProcessor one = a.getProcessor();
        ImageProcessor other = b.getProcessor();
        return one.getBitDepth() == other.getBitDepth() && Arrays.equals((short[]) one.getPixels(), (short[]) other.getPixels());
    }

    private static void check(String name, boolean passed, Object detail)
    {
        System.out.println((passed ? "PASS " : "FAIL ") + name + (passed ? "" : ": " + detail));
    }
}
