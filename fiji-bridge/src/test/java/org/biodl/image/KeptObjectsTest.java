package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.biodl.run.ImageOptions;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeptObjectsTest
{
    @BeforeAll
    static void natives()
    {
        assumeTrue(KeptObjectsTest.class.getClassLoader().getResource("natives") != null, "no native libraries in this build");
    }

    /** Blobs of all sizes, some of them over others, so that thresholds matter. */
    private static ImagePlus blobs()
    {
        Random random = new Random(3);
        ImageProcessor plane = new ByteProcessor(300, 260);
        for (int i = 0; i < 70; i++)
        {
            plane.setValue(60 + random.nextInt(180));
            plane.fill(new OvalRoi(random.nextInt(280), random.nextInt(240), 12 + random.nextInt(20), 12 + random.nextInt(20)));
        }
        plane.blurGaussian(2);
        plane.noise(12);
        return new ImagePlus("blobs", plane);
    }

    private static List<String> outlines(Segmentation found)
    {
        return found.getRois().stream().map(roi -> roi.getName() + " " + roi.getFloatBounds() + " " + roi.getProperty("Probability"))
            .collect(Collectors.toList());
    }

    /** Whatever the thresholds are, the answer is that of a run; and the pixels are not looked at again. */
    @Test
    void keptCandidatesAnswerAsARunDoes()
    {
        ImagePlus image = blobs();
        Region region = Region.of(image).within(new Rectangle(40, 30, 200, 180));
        Settings settings = Verb.SEGMENT.settings("device=cpu").with(SegmentOptions.OUTPUT, SegmentOptions.ROI_MANAGER);
        byte[] pixels = (byte[]) image.getProcessor().getPixels();
        byte[] copy = pixels.clone();
        try (KeptObjects kept = KeptObjects.of(image, region, settings, null))
        {
            int[] counts = new int[8];
            for (int i = 0; i < counts.length; i++)
            {
                Settings chosen = settings.with(SegmentOptions.PROBABILITY, 0.1 + 0.1 * i).with(SegmentOptions.OVERLAP, 0.6 - 0.07 * i);
                List<String> run = outlines(Segmentation.of(image, region, chosen, null));
                Arrays.fill(pixels, (byte) 0);
                assertTrue(kept.answers(chosen));
                Segmentation answer = kept.select(chosen, null);
                assertEquals(run, outlines(answer));
                counts[i] = answer.getCount();
                System.arraycopy(copy, 0, pixels, 0, copy.length);
            }
            assertTrue(counts[0] > counts[7] && counts[7] > 0, counts[0] + " and " + counts[7]);
        }
    }

    @Test
    void whatTheNetworkSeesIsNotAnswered()
    {
        ImagePlus image = blobs();
        Settings settings = Verb.SEGMENT.settings("device=cpu");
        try (KeptObjects kept = KeptObjects.of(image, Region.of(image), settings, null))
        {
            assertTrue(kept.answers(settings.with(SegmentOptions.BORDER, 4).with(SegmentOptions.OVERLAY, false)));
            assertFalse(kept.answers(settings.with(ImageOptions.PERCENTILE_LOW, 3.0)));
            assertFalse(kept.answers(settings.with(ImageOptions.NORMALIZE, false)));
            assertFalse(kept.answers(settings.with(ImageOptions.TILE, 128)));
            assertFalse(kept.answers(settings.with(SegmentOptions.PROBABILITY, 0.01)));
        }
        Settings low = settings.with(SegmentOptions.PROBABILITY, 0.01);
        try (KeptObjects kept = KeptObjects.of(image, Region.of(image), low, null))
        {
            assertTrue(kept.answers(low));
            assertEquals(Roi.POLYGON, kept.select(low, null).getRois().get(0).getType());
        }
    }
}
