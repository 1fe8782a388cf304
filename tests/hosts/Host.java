import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.biodl.BioDL;
import org.biodl.image.NetworkImages;
import org.biodl.image.Segmentation;
import org.biodl.run.ImageOptions;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/**
 * ImageJ as a host, by the Java API and without a window system: Host segment|denoise few|many IMAGE RESULT ACCOUNT, images are TIFF. The
 * options are those of tests/hosts/same.py, as a script spells them.
 */
public final class Host
{
    private Host()
    {
    }

    public static void main(String[] arguments) throws Exception
    {
        boolean segments = arguments[0].equals("segment"), many = arguments[1].equals("many");
        ImagePlus image = IJ.openImage(arguments[2]);
        Settings settings = (segments ? Verb.SEGMENT : Verb.DENOISE).settings("device=cpu").with(ImageOptions.TILE, 256);
        if (many)
            settings = settings.with(ImageOptions.PERCENTILE_LOW, 2d).with(ImageOptions.PERCENTILE_HIGH, 99d);
        if (segments && many)
            settings = settings.with(SegmentOptions.PROBABILITY, 0.4).with(SegmentOptions.OVERLAP, 0.2)
                .with(SegmentOptions.INTEGER_VERTICES, true).with(SegmentOptions.EXCLUDE_EDGES, true);
        String account;
        ImagePlus result;
        if (segments)
        {
            Segmentation found = BioDL.segment(image, settings);
            result = found.getLabels();
            account = found.getAccount().getProvenance();
        }
        else
        {
            NetworkImages made = BioDL.denoise(image, settings);
            result = made.getImages().get(0);
            account = made.getAccount().getProvenance();
        }
        Path folder = Paths.get(arguments[3]).getParent();
        Files.createDirectories(folder);
        if (!new FileSaver(result).saveAsTiff(arguments[3]))
            throw new IllegalStateException(arguments[3] + " could not be written");
        Files.write(Paths.get(arguments[4]), account.getBytes(StandardCharsets.UTF_8));
        System.exit(0);
    }
}
