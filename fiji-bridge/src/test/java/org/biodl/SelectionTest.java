package org.biodl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.ShortProcessor;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.biodl.image.Segmentation;
import org.biodl.run.Verb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A selection chooses among the objects of the whole plane: it cuts none, and changes no intensity statistics. */
class SelectionTest
{
    private static ImagePlus image;
    private static Segmentation whole;

    @BeforeAll
    static void segmentThePlane()
    {
        assumeTrue(SelectionTest.class.getClassLoader().getResource("natives") != null, "no native libraries in this build");
        image = new ImagePlus("field.tif", plane());
        whole = BioDL.segment(image, Verb.SEGMENT.settings("device=cpu"));
        assertTrue(whole.getCount() > 30, "objects: " + whole.getCount());
    }

    /** Crowded nuclei of any brightness, a bright corner that no selection below contains. */
    private static ShortProcessor plane()
    {
        Random random = new Random(7);
        ShortProcessor plane = new ShortProcessor(300, 260);
        plane.setValue(200);
        plane.fill();
        for (int i = 0; i < 130; i++)
        {
            plane.setValue(900 + random.nextInt(2_000));
            plane.fill(new OvalRoi(i % 13 * 22 + random.nextInt(6), i / 13 * 25 + random.nextInt(6), 18 + random.nextInt(8),
                18 + random.nextInt(8)));
        }
        plane.setValue(9_000);
        plane.fill(new Roi(280, 240, 20, 20));
        plane.blurGaussian(1.5);
        return plane;
    }

    private static Roi[] selections()
    {
        Roi ring = new ShapeRoi(new OvalRoi(40, 30, 180, 180)).not(new ShapeRoi(new OvalRoi(90, 80, 80, 80)));
        Roi apart = new ShapeRoi(new Roi(10, 10, 60, 50)).or(new ShapeRoi(new OvalRoi(150, 140, 70, 60)));
        return new Roi[] { new Roi(70, 60, 90, 80), new Roi(131, 97, 23, 19), new OvalRoi(30, 50, 140, 110),
            new PolygonRoi(new float[] { 20, 250.5f, 130, 60 }, new float[] { 15, 40, 220.5f, 160 }, Roi.FREEROI), ring, apart,
            new Roi(-20, -20, 90, 90) };
    }

    @Test
    void theObjectsOfASelectionAreThoseOfThePlaneWithTheirCentroidInIt()
    {
        for (Roi selection : selections())
        {
            TreeSet<String> expected = new TreeSet<>();
            for (int i = 0; i < whole.getCount(); i++)
                if (selection.contains((int) whole.getTable().getValue("X", i), (int) whole.getTable().getValue("Y", i)))
                    expected.add(outline(whole.getRois().get(i)));
            assertTrue(expected.size() > 0, "nothing is in " + selection);
            assertEquals(expected, outlines(segment(selection)), selection.toString());
        }
    }

    /** Labels outside the selection's rectangle belong to objects whose centre is inside. */
    @Test
    void labelsAreWholeToo()
    {
        Segmentation found = segment(new Roi(70, 60, 90, 80));
        for (int i = 0; i < found.getCount(); i++)
        {
            int label = (int) found.getLabel(i);
            int pixels = 0;
            for (short pixel : (short[]) found.getLabels().getProcessor().getPixels())
                pixels += pixel == label ? 1 : 0;
            assertEquals(found.getTable().getValue("Area", i), pixels);
        }
    }

    @Test
    void whatEnclosesNothingLimitsNothing()
    {
        for (Roi selection : new Roi[] { new Line(10, 10, 60, 60), new PointRoi(20, 20),
            new PolygonRoi(new float[] { 20, 200, 130 }, new float[] { 15, 40, 200 }, Roi.POLYLINE) })
            assertEquals(outlines(whole), outlines(segment(selection)), selection.toString());
    }

    private static Segmentation segment(Roi selection)
    {
        ImagePlus selected = new ImagePlus("field.tif", image.getProcessor());
        selected.setRoi(selection);
        return BioDL.segment(selected, Verb.SEGMENT.settings("device=cpu"));
    }

    private static TreeSet<String> outlines(Segmentation found)
    {
        TreeSet<String> outlines = new TreeSet<>();
        found.getRois().forEach(roi -> outlines.add(outline(roi)));
        return outlines;
    }

    /** To a hundredth of a pixel: tiles of another place in the plane sum in another order. */
    private static String outline(Roi roi)
    {
        return Arrays.toString(rounded(roi.getFloatPolygon().xpoints)) + Arrays.toString(rounded(roi.getFloatPolygon().ypoints));
    }

    private static double[] rounded(float[] values)
    {
        double[] rounded = new double[values.length];
        Arrays.setAll(rounded, i -> Math.rint(values[i] * 20) / 20);
        return rounded;
    }
}
