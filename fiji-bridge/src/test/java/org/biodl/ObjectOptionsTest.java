package org.biodl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.process.ImageProcessor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.biodl.image.Segmentation;
import org.biodl.jni.BioDLException;
import org.biodl.run.Verb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What decides which objects there are and what their labels are, in the unit of the image. */
class ObjectOptionsTest
{
    private static final int SIDE = 160;
    private static final double PIXEL = 0.5;

    @BeforeAll
    static void natives()
    {
        assumeTrue(ObjectOptionsTest.class.getClassLoader().getResource("natives") != null, "no native libraries in this build");
    }

    /** A small, a large and one nucleus cut by the right edge, all of which move down by 3 pixels from frame to frame. */
    private static ImagePlus nuclei(int frames)
    {
        ImagePlus image = IJ.createHyperStack("nuclei.tif", SIDE, SIDE, 1, 1, frames, 8);
        for (int t = 1; t <= frames; t++)
        {
            ImageProcessor plane = image.getStack().getProcessor(t);
            plane.setValue(160);
            plane.fill(new OvalRoi(20, 20 + 3 * t, 20, 20));
            plane.fill(new OvalRoi(80, 30 + 3 * t, 34, 30));
            plane.fill(new OvalRoi(SIDE - 16, 100 + 3 * t, 26, 24));
            plane.blurGaussian(1.8);
        }
        image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = PIXEL;
        image.getCalibration().setUnit("micron");
        return image;
    }

    private static Segmentation find(ImagePlus image, String options)
    {
        return BioDL.segment(image, Verb.SEGMENT.settings("device=cpu " + options));
    }

    private static List<Double> column(Segmentation found, String name)
    {
        return Arrays.stream(found.getTable().getColumn(name)).boxed().sorted().collect(Collectors.toList());
    }

    @Test
    void sizesAreInTheUnitOfTheImage()
    {
        List<Double> areas = column(find(nuclei(1), ""), "Area");
        assertEquals(3, areas.size());
        assertEquals(areas.subList(1, 3), column(find(nuclei(1), "min_area=" + (areas.get(0) + 0.1)), "Area"));
        assertEquals(areas.subList(0, 2), column(find(nuclei(1), "max_area=" + (areas.get(2) - 0.1)), "Area"));
        assertEquals(areas, column(find(nuclei(1), "min_area=" + areas.get(0) + " max_area=" + areas.get(2)), "Area"));
    }

    @Test
    void objectsAtTheEdgeAreLeftOut()
    {
        assertEquals(2, find(nuclei(1), "exclude_edges").getCount());
    }

    /** By 2 microns, which are 4 pixels: a disc of radius r becomes one of r + 4; a ring is what is added. */
    @Test
    void labelsGrowByTheUnitOfTheImage()
    {
        int[] plain = pixels(find(nuclei(1), ""));
        int[] grown = pixels(find(nuclei(1), "grow=2"));
        int[] rings = pixels(find(nuclei(1), "grow=2 rings"));
        for (int label = 1; label < plain.length; label++)
        {
            assertEquals(grown[label] - plain[label], rings[label]);
            assertTrue(grown[label] > plain[label], "label " + label);
        }
        double radius = Math.sqrt(plain[largest(plain)] / Math.PI);
        assertEquals(Math.PI * (radius + 4) * (radius + 4), grown[largest(plain)], 0.06 * grown[largest(plain)]);
    }

    private static int largest(int[] pixels)
    {
        return IntStream.range(1, pixels.length).boxed().max((a, b) -> pixels[a] - pixels[b]).get();
    }

    private static int[] pixels(Segmentation found)
    {
        int[] counts = new int[found.getCount() + 1];
        for (short label : (short[]) found.getLabels().getProcessor().getPixels())
            counts[label & 0xFFFF]++;
        return counts;
    }

    /** A nucleus keeps its number, its track in the table and the colour of its ROI. */
    @Test
    void objectsAreFollowedThroughFrames()
    {
        ImagePlus image = nuclei(4);
        Segmentation found = find(image, "link=frames labels=[unique over time]");
        assertEquals(12, found.getCount());
        for (int t = 2; t <= 4; t++)
            for (int[] at : new int[][] { { 30, 30 }, { 96, 45 } })
                assertEquals(found.getLabels().getStack().getProcessor(1).get(at[0], at[1] + 3),
                    found.getLabels().getStack().getProcessor(t).get(at[0], at[1] + 3 * t));
        assertNotEquals(found.getLabels().getProcessor().get(30, 33), found.getLabels().getProcessor().get(96, 48));
        assertEquals(Arrays.asList(1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0), column(found, "Track"));
        for (int i = 0; i < found.getCount(); i++)
            assertEquals(found.getTable().getValue("Track", i), found.getRois().get(i).getGroup());
        assertEquals(found.getLabel(0), find(image, "labels=[unique over time]").getLabel(0));
    }

    @Test
    void mapsShowWhatTheNetworkPredicts()
    {
        Segmentation found = find(nuclei(2), "probability_map distance_map");
        assertEquals(2, found.getMaps().size());
        ImagePlus probability = found.getMaps().get(0);
        assertEquals("nuclei-probability", probability.getTitle());
        assertEquals(2, probability.getNFrames());
        double inside = probability.getProcessor().getInterpolatedValue(30.0 * probability.getWidth() / SIDE, 33.0 * probability.getHeight()
            / SIDE);
        assertTrue(inside > 0.5 && inside <= 1, "inside " + inside);
        assertTrue(probability.getProcessor().getf(0, 0) < 0.1, "outside");
        assertEquals(32, found.getMaps().get(1).getNChannels());
    }

    @ParameterizedTest
    @ValueSource(strings = { "rings", "min_area=5 max_area=4", "max_area=0", "grow=-1" })
    void whatMakesNoSenseIsRefused(String options)
    {
        assertThrows(BioDLException.class, () -> find(nuclei(1), options));
    }

    @Test
    void growingNeedsSquarePixels()
    {
        ImagePlus image = nuclei(1);
        image.getCalibration().pixelHeight = 2;
        BioDLException problem = assertThrows(BioDLException.class, () -> find(image, "grow=1"));
        assertTrue(problem.getMessage().contains("squares"), problem.getMessage());
    }
}
