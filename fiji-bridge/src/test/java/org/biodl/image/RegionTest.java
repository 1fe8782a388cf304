package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.ByteProcessor;
import java.awt.Rectangle;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Plans;
import org.biodl.jni.RunOptions;
import org.junit.jupiter.api.Test;

class RegionTest
{
    private static Region of(Roi roi)
    {
        ImagePlus image = new ImagePlus("test", new ByteProcessor(10, 8));
        image.setRoi(roi);
        return Region.of(image);
    }

    @Test
    void noSelectionAndALineMeanTheWholeImage()
    {
        assertEquals(new Rectangle(0, 0, 10, 8), of(null).bounds);
        assertEquals(new Rectangle(0, 0, 10, 8), of(new Line(1, 1, 5, 5)).bounds);
        assertNull(of(null).mask);
    }

    @Test
    void aRectangleIsCutToTheImage()
    {
        Region region = of(new Roi(7, 5, 20, 20));
        assertEquals(new Rectangle(7, 5, 3, 3), region.bounds);
        assertNull(region.mask);
    }

    /** A right triangle whose upper left part lies outside of the image. */
    @Test
    void anotherShapeIsAMaskCutToTheImage()
    {
        Region region = of(new PolygonRoi(new int[] { -2, 4, -2 }, new int[] { -2, -2, 4 }, 3, Roi.POLYGON));
        assertEquals(new Rectangle(0, 0, 4, 4), region.bounds);
        int[] inside = new int[16];
        for (int i = 0; i < 16; i++)
            inside[i] = region.mask[i] != 0 ? 1 : 0;
        assertArrayEquals(new int[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, withoutEdge(inside));
    }

    /** Pixels that the slanted edge x + y = 2 runs through may count either way. */
    private static int[] withoutEdge(int[] inside)
    {
        for (int y = 0; y < 4; y++)
            for (int x = 0; x < 4; x++)
                if (x + y == 1)
                    inside[4 * y + x] = 0;
        return inside;
    }

    @Test
    void outsideIsAnError()
    {
        assertThrows(BioDLException.class, () -> of(new Roi(20, 20, 5, 5)));
    }

    @Test
    void theVisiblePartIsItsCommonRectangle()
    {
        Region region = of(new Roi(2, 2, 4, 3)).within(new Rectangle(0, 0, 4, 3));
        assertEquals(new Rectangle(2, 2, 2, 1), region.bounds);
        assertNull(region.mask);
    }

    @Test
    void whatIsNotInViewHasNoPixel()
    {
        Region region = of(new Roi(0, 0, 2, 2)).within(new Rectangle(5, 5, 3, 3));
        assertArrayEquals(new byte[1], region.mask);
    }

    @Test
    void aRunOverTheWholeImageHasNoLimits()
    {
        RunOptions options = new RunOptions();
        of(null).limit(options);
        assertNull(options.region);
        assertNull(options.mask);
        assertEquals("", of(new Roi(0, 0, 10, 8)).text());
        assertEquals("only inside the selection (3 x 3)", of(new Roi(7, 5, 20, 20)).text());
    }

    /** Two discs with a gap, and a ring: what ImageJ's own mask contains, at its place in the plane. */
    @Test
    void theMaskOfAnyShapeLiesAtItsPlaceInThePlane()
    {
        ShapeRoi discs = new ShapeRoi(new OvalRoi(0, 0, 4, 4)).or(new ShapeRoi(new OvalRoi(5, 3, 4, 4)));
        ShapeRoi ring = new ShapeRoi(new OvalRoi(1, 0, 8, 8)).not(new ShapeRoi(new OvalRoi(3, 2, 4, 4)));
        for (Roi roi : new Roi[] { discs, ring, new OvalRoi(-2, 3, 6, 9), new PolygonRoi(new float[] { 1.5f, 8.2f, 4 },
            new float[] { 0.5f, 3, 7.7f }, Roi.FREEROI) })
        {
            RunOptions options = new RunOptions();
            of(roi).limit(options);
            byte[] plane = (byte[]) Plans.plane(options.mask);
            for (int y = 0; y < 8; y++)
                for (int x = 0; x < 10; x++)
                    assertEquals(roi.contains(x, y), plane[10 * y + x] != 0, roi + " at " + x + ", " + y);
        }
    }
}
