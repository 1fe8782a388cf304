package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import org.biodl.jni.OutputKind;
import org.biodl.jni.PixelType;
import org.biodl.jni.PlannedOutput;
import org.biodl.jni.Plans;
import org.biodl.run.ResultPlanes;
import org.biodl.run.Verb;
import org.junit.jupiter.api.Test;

/** Channel, slice and frame to a number of the stack and back, against ImageJ's own arithmetic, for every kind of hyperstack. */
class PlaneMapTest
{
    private interface Visit
    {
        void at(ImagePlus image, int c, int z, int t);
    }

    private static void everyPlane(Visit visit)
    {
        for (int channels = 1; channels <= 3; channels++)
            for (int slices = 1; slices <= 3; slices++)
                for (int frames = 1; frames <= 3; frames++)
                {
                    ImagePlus image = IJ.createHyperStack("h", 4, 4, channels, slices, frames, 8);
                    for (int c = 1; c <= channels; c++)
                        for (int z = 1; z <= slices; z++)
                            for (int t = 1; t <= frames; t++)
                                visit.at(image, c, z, t);
                }
    }

    @Test
    void numbersAreImageJs()
    {
        everyPlane((image, c, z, t) ->
        {
            PlaneMap all = new PlaneMap(image, Verb.SEGMENT.settings());
            assertEquals(image.getStackIndex(c, z, t), all.index(t - 1, z - 1, c - 1));
            PlaneMap one = new PlaneMap(image, Verb.SEGMENT.settings("slices=" + z + " frames=" + t));
            assertEquals(image.getStackIndex(c, z, t), one.index(0, 0, c - 1));
            assertEquals(image.getStackSize() / image.getNChannels() == 1, one.isWhole());
        });
    }

    /** On the plane where the object is, in every channel, and nowhere else. */
    @Test
    void aBoundRoiIsShownInEveryChannelOfItsPlaneAlone()
    {
        everyPlane((image, c, z, t) ->
        {
            Roi roi = new Roi(0, 0, 2, 2);
            new PlaneMap(image, Verb.SEGMENT.settings()).bind(roi, t - 1, z - 1);
            for (int channel = 1; channel <= image.getNChannels(); channel++)
                for (int slice = 1; slice <= image.getNSlices(); slice++)
                    for (int frame = 1; frame <= image.getNFrames(); frame++)
                        assertEquals(slice == z && frame == t, isShown(roi, image, channel, slice, frame), image + " " + roi);
        });
    }

    /** As ImageCanvas decides. */
    private static boolean isShown(Roi roi, ImagePlus image, int c, int z, int t)
    {
        if (roi.hasHyperStackPosition())
            return (roi.getCPosition() == 0 || roi.getCPosition() == c) && (roi.getZPosition() == 0 || roi.getZPosition() == z)
                && (roi.getTPosition() == 0 || roi.getTPosition() == t);
        return roi.getPosition() == 0 || roi.getPosition() == image.getStackIndex(c, z, t);
    }

    @Test
    void placesOfRoisAreReadBack()
    {
        everyPlane((image, c, z, t) ->
        {
            PlaneMap planes = new PlaneMap(image, Verb.SEGMENT.settings());
            Roi roi = new Roi(0, 0, 2, 2);
            roi.setPosition(image.getStackIndex(c, z, t));
            assertArrayEquals(new int[] { c, z, t }, planes.placeOf(roi));
            roi.setPosition(c, 0, t);
            assertArrayEquals(new int[] { c, 0, t }, planes.placeOf(roi));
            roi.setPosition(0);
            assertArrayEquals(new int[3], planes.placeOf(roi));
        });
    }

    /** What is drawn on one plane of an image is on the same plane of its result, though channels are fewer, or in another order. */
    @Test
    void drawingsKeepTheirPlaneInResults()
    {
        everyPlane((image, c, z, t) ->
        {
            Roi drawn = new Roi(0, 0, 2, 2);
            if (image.getNDimensions() > 3)
                drawn.setPosition(c, z, t);
            else
                drawn.setPosition(image.getStackIndex(c, z, t));
            image.setOverlay(new Overlay(drawn));
            int[] chosen = image.getNChannels() == 3 ? new int[] { 2, 0 } : null;
            int count = chosen == null ? image.getNChannels() : 2;
            PlannedOutput output = Plans.output(OutputKind.IMAGE, true, PixelType.UINT8, "", image.getNFrames(), image.getNSlices(), count,
                4, 4);
            Overlay placed = new ResultImage(new ResultPlanes(output, PixelType.UINT8, null), "out", new ImageSource(image,
                Verb.RUN.settings()), chosen).overlay(null);
            int expected = chosen == null ? c : c == 3 ? 1 : c == 1 ? 2 : 0;
            assertEquals(expected == 0 ? 0 : 1, placed.size());
            ImagePlus result = IJ.createHyperStack("r", 4, 4, count, image.getNSlices(), image.getNFrames(), 8);
            for (int channel = 1; expected > 0 && channel <= count; channel++)
                for (int slice = 1; slice <= image.getNSlices(); slice++)
                    for (int frame = 1; frame <= image.getNFrames(); frame++)
                        assertEquals(channel == expected && slice == z && frame == t || result.getStackSize() == 1,
                            isShown(placed.get(0), result, channel, slice, frame), image + " " + c + " " + z + " " + t);
        });
    }

    @Test
    void namesTellThePlaneOfAnImageThatHasSeveral()
    {
        ImagePlus image = IJ.createHyperStack("h", 4, 4, 2, 3, 1, 8);
        assertEquals(" z2", new PlaneMap(image, Verb.SEGMENT.settings("slices=2")).suffix(0, 0));
        assertEquals(" z3 t5", new PlaneMap(IJ.createHyperStack("h", 4, 4, 1, 3, 5, 8), Verb.SEGMENT.settings()).suffix(4, 2));
        assertEquals("", new PlaneMap(IJ.createHyperStack("h", 4, 4, 2, 1, 1, 8), Verb.SEGMENT.settings()).suffix(0, 0));
        Roi roi = new Roi(0, 0, 2, 2);
        new PlaneMap(IJ.createHyperStack("h", 4, 4, 2, 1, 1, 8), Verb.SEGMENT.settings()).bind(roi, 0, 0);
        assertFalse(roi.hasHyperStackPosition());
    }
}
