package org.biodl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.biodl.image.NetworkImages;
import org.biodl.image.Segmentation;
import org.biodl.jni.BioDLException;
import org.biodl.jni.RunPlan;
import org.biodl.jni.TinyModels;
import org.biodl.run.ImageOptions;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls that scripts make: nothing is shown, everything is returned, what goes wrong is thrown. */
class BioDLTest
{
    private static final int PITCH = 48;

    @TempDir
    static Path models;

    @BeforeAll
    static void write() throws IOException
    {
        assumeTrue(BioDLTest.class.getClassLoader().getResource("natives") != null, "no native libraries in this build");
        TinyModels.writeAll(models);
    }

    /** Nuclei in the second of two channels of each slice. */
    private static ImagePlus nuclei(int slices)
    {
        ImagePlus image = IJ.createHyperStack("nuclei.tif", 4 * PITCH, 3 * PITCH, 2, slices, 1, 8);
        for (int z = 1; z <= slices; z++)
        {
            image.getStack().setSliceLabel("phase", image.getStackIndex(1, z, 1));
            image.getStack().setSliceLabel("DAPI", image.getStackIndex(2, z, 1));
            ImageProcessor plane = image.getStack().getProcessor(image.getStackIndex(2, z, 1));
            plane.setValue(150);
            for (int i = 0; i < 12; i++)
                plane.fill(new OvalRoi(i % 4 * PITCH + 12, i / 4 * PITCH + 14, 24, 20));
            plane.blurGaussian(1.8);
        }
        return image;
    }

    @Test
    void segmentGivesLabelsRoisTableAndAccount()
    {
        Segmentation found = BioDL.segment(nuclei(2), Verb.SEGMENT.settings().with(ImageOptions.CHANNELS, "dapi")
            .with(ImageOptions.DEVICE, "cpu"));
        assertEquals(24, found.getCount());
        assertEquals(24, found.getRois().size());
        assertEquals(24, found.getTable().size());
        assertEquals(2, found.getLabels().getStackSize());
        assertEquals("nuclei-labels", found.getLabels().getTitle());
        for (int i = 0; i < found.getCount(); i++)
        {
            Roi roi = found.getRois().get(i);
            double[] centre = roi.getContourCentroid();
            ImageProcessor plane = found.getLabels().getStack().getProcessor(roi.getZPosition());
            assertEquals(found.getLabel(i), plane.get((int) centre[0], (int) centre[1]));
        }
        assertEquals("cpu", found.getAccount().getDevice());
        assertTrue(found.getAccount().getTimes().contains("total"));
        String provenance = found.getAccount().getProvenance();
        assertTrue(provenance.endsWith(
            ",\"source\":{\"title\":\"nuclei.tif\",\"channels\":[2],\"slices\":[1,2],\"frames\":[1],\"selection\":null}}"), provenance);
        assertFalse(provenance.contains("current"));
    }

    @Test
    void segmentMakesNoLabelsWhereNobodyWantsThem()
    {
        ImagePlus image = nuclei(3);
        image.setPosition(2, 3, 1);
        image.setRoi(PITCH, PITCH, 2 * PITCH, PITCH);
        Segmentation found = BioDL.segment(image, Verb.SEGMENT.settings("output=[ROI Manager] slices=current"));
        assertNull(found.getLabels());
        assertEquals(2, found.getCount(), "the selection holds two nuclei of the channel that is shown");
        String provenance = found.getAccount().getProvenance();
        assertTrue(provenance.contains(
            "\"slices\":[3],\"frames\":[1],\"selection\":{\"shape\":\"rectangle\",\"x\":48,\"y\":48,\"width\":96,\"height\":48}"),
            provenance);
    }

    @Test
    void theAccountIsReadable()
    {
        ImagePlus image = nuclei(3);
        image.setRoi(PITCH, PITCH, 2 * PITCH, PITCH);
        String account = BioDL.segment(image, Verb.SEGMENT.settings("slices=2 channels=DAPI device=cpu")).getLabels()
            .getProp("BioDL.account");
        assertTrue(account.startsWith("made of 'nuclei.tif', channel 2 (DAPI) of 2, slice 2 of 3, only inside the selection (96 x 48), by "
            + "nuclei-fluo 1"), account);
        assertTrue(BioDL.segment(image).getLabels().getProp("BioDL.account").contains("channel 1 (phase) of 2, all 3 slices, only"));
    }

    @Test
    void runsGiveImagesAndAccount()
    {
        ImagePlus image = nuclei(1);
        NetworkImages made = BioDL.denoise(image, Verb.DENOISE.settings().with("model", models.resolve("smooth")).with("device", "cpu"));
        ImagePlus result = made.getImages().get(0);
        assertEquals("nuclei-denoised", result.getTitle());
        assertEquals(2, result.getNChannels());
        assertEquals("channels=1,2", made.getAccount().getProvenance().contains("\"channels\":[1,2],\"slices\":[1]") ? "channels=1,2"
            : made.getAccount().getProvenance());
        ImagePlus mask = BioDL.run(Verb.RUN.settings("channels=2 channels2=2 model=[" + models.resolve("two") + "]"), image, image)
            .getImages().get(1);
        assertEquals(255, mask.getProcessor().get(24, 24));
        assertTrue(mask.getProp("BioDL.details").contains("\"further\":[{\"title\":\"nuclei.tif\",\"channels\":[2]}]"),
            mask.getProp("BioDL.details"));
    }

    /** In units of the image: a pixel is 0.5 x 0.5. */
    @Test
    void objectsAreLeftOutGrownAndLinkedInTheUnitOfTheImage()
    {
        ImagePlus image = nuclei(2);
        image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.5;
        image.getCalibration().setUnit("micron");
        Settings settings = Verb.SEGMENT.settings("channels=2 device=cpu");
        Segmentation all = BioDL.segment(image, settings.with(SegmentOptions.LINK, "slices").with(SegmentOptions.LABELS,
            SegmentOptions.OVER_TIME));
        double[] areas = all.getTable().getColumn("Area");
        double median = Arrays.stream(areas).sorted().toArray()[12];
        assertTrue(median > 50 && median < 150, "area in square micrometres: " + median);
        long more = Arrays.stream(areas).filter(area -> area >= median).count();
        assertEquals(more, BioDL.segment(image, settings.with(SegmentOptions.MIN_AREA, median)).getCount());
        for (int i = 0; i < 12; i++)
        {
            assertEquals(all.getTable().getValue("Track", i), all.getLabel(i), "labels are tracks");
            assertTrue(all.getRois().get(i).getGroup() > 0);
        }
        assertEquals(12, Arrays.stream(all.getTable().getColumn("Track")).distinct().count(), "a nucleus is one track");
        double grown = BioDL.segment(image, settings.with(SegmentOptions.GROW, 1.0)).getTable().getValue("Area", 0);
        assertTrue(grown > 1.2 * areas[0], grown + " of " + areas[0]);
        image.setRoi(24, 0, 150, 144);
        ImagePlus cut = image.crop("stack");
        assertEquals(24, BioDL.segment(cut, settings).getCount());
        assertEquals(12, BioDL.segment(cut, settings.with(SegmentOptions.EXCLUDE_EDGES, true)).getCount());
        assertThrows(BioDLException.class, () -> BioDL.segment(image, settings.with(SegmentOptions.LABELS, "track")));
        assertThrows(BioDLException.class, () -> BioDL.segment(image, settings.with(SegmentOptions.MIN_AREA, 9.0).with("max_area", "8")));
    }

    @Test
    void whatGoesWrongIsThrownAndTheImageIsUnlocked()
    {
        ImagePlus image = nuclei(1);
        Settings settings = Verb.SEGMENT.settings();
        for (Settings wrong : new Settings[] { settings.with("channels", "GFP"), settings.with("slices", "2"),
            settings.with("device", "cuda:99"),
            settings.with(SegmentOptions.OUTPUT, "both").with("model", "/no/such/model") })
        {
            BioDLException e = assertThrows(BioDLException.class, () -> BioDL.segment(image, wrong));
            assertFalse(e.getMessage().isEmpty() || e.hint().isEmpty(), e.text());
            assertFalse(image.isLocked());
        }
        assertThrows(BioDLException.class, () -> BioDL.run(Verb.RUN.settings(), image), "no model");
        assertFalse(image.isLocked());
    }

    /** Which one is built in for a command is said in what it gives. */
    @Test
    void aCommandWithoutAModelTakesTheOneThatIsBuiltInForIt()
    {
        ImagePlus image = nuclei(1);
        for (Verb verb : new Verb[] { Verb.DENOISE, Verb.STAIN })
        {
            ImagePlus made = BioDL.run(verb, Collections.singletonList(image), verb.settings("device=cpu"), null).getImages().get(0);
            assertTrue(made.getProp("BioDL.details").contains("\"builtin:"), made.getProp("BioDL.details"));
            assertTrue(made.getWidth() == image.getWidth() && made.getHeight() == image.getHeight());
        }
    }

    /** Locks are held by threads. */
    @Test
    void anImageThatAnotherCommandHoldsIsLeftAlone() throws InterruptedException
    {
        ImagePlus image = nuclei(1);
        Thread other = new Thread(image::lockSilently);
        other.start();
        other.join();
        assertTrue(assertThrows(BioDLException.class, () -> BioDL.segment(image)).getMessage().contains("locked"));
        assertTrue(image.isLocked());
    }

    @Test
    void memoryLimitsTheTiles()
    {
        ImagePlus image = IJ.createImage("large", "16-bit ramp", 3000, 2000, 1);
        Settings settings = Verb.DENOISE.settings().with("model", models.resolve("smooth")).with("device", "cpu");
        RunPlan free = NetworkImages.prepare(Verb.DENOISE, Collections.singletonList(image), settings).getPlan();
        RunPlan limited = NetworkImages.prepare(Verb.DENOISE, Collections.singletonList(image), settings.with(ImageOptions.MEMORY, 8))
            .getPlan();
        assertTrue(free.memoryBytes > 8 << 20, free.why);
        assertTrue(limited.memoryBytes <= 8 << 20 && limited.tiles > free.tiles, limited.why);
    }
}
