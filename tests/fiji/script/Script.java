import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.process.ByteProcessor;
import java.awt.Window;
import java.util.Collections;
import org.biodl.BioDL;
import org.biodl.image.NetworkImages;
import org.biodl.image.Segmentation;
import org.biodl.jni.BioDLException;
import org.biodl.run.ImageOptions;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Verb;

/** What a script does in ImageJ with a window system: calls that show nothing, return all and throw. Argument: the tiny models. */
public final class Script
{
    private Script()
    {
    }

    public static void main(String[] arguments)
    {
        new ImageJ();
        int windows = showing();
        ByteProcessor plane = new ByteProcessor(192, 144);
        plane.setValue(150);
        for (int i = 0; i < 12; i++)
            plane.fill(new OvalRoi(i % 4 * 48 + 12, i / 4 * 48 + 14, 24, 20));
        plane.blurGaussian(1.8);
        ImagePlus image = new ImagePlus("nuclei.tif", plane);
        Segmentation found = BioDL.segment(image, Verb.SEGMENT.settings().with(SegmentOptions.PROBABILITY, 0.4)
            .with(ImageOptions.DEVICE, "cpu"));
        check("a script gets labels, ROIs and table", found.getCount() == 12 && found.getRois().size() == 12 && found.getTable()
            .size() == 12
            && found.getLabels().getStatistics().max == 12, found.getCount());
        check("and the account", found.getAccount().getProvenance().contains("\"title\":\"nuclei.tif\""), found.getAccount()
            .getProvenance());
        check("the image has no outlines that nobody asked for", image.getOverlay() == null, image.getOverlay());
        NetworkImages made = BioDL.denoise(image, Verb.DENOISE.settings("device=cpu").with("model", arguments[0] + "/smooth"));
        check("a script gets a restored image", made.getImages().get(0).getBitDepth() == 8, made.getImages());
        try
        {
            BioDL.run(Verb.RUN, Collections.singletonList(image), Verb.RUN.settings(), null);
            check("what goes wrong is thrown", false, "nothing");
        }
        catch (BioDLException e)
        {
            check("what goes wrong is thrown", e.text().contains("No model was given."), e.text());
        }
        IJ.wait(300);
        check("no window was opened", showing() == windows && WindowManager.getImageCount() == 0, showing());
        System.out.println("END");
        System.exit(0);
    }

    private static int showing()
    {
        int showing = 0;
        for (Window window : Window.getWindows())
            showing += window.isShowing() ? 1 : 0;
        return showing;
    }

    private static void check(String name, boolean passed, Object detail)
    {
        System.out.println((passed ? "PASS " : "FAIL ") + name + (passed ? "" : ": " + detail));
    }
}
