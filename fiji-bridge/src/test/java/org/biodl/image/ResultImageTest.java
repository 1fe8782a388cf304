package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.LUT;
import java.awt.Color;
import java.awt.Rectangle;
import org.biodl.jni.OutputKind;
import org.biodl.jni.PixelType;
import org.biodl.jni.Plans;
import org.biodl.jni.PlannedOutput;
import org.biodl.run.ResultPlanes;
import org.biodl.run.Verb;
import org.junit.jupiter.api.Test;

class ResultImageTest
{
    private static ImagePlus hyperstack(int bits, int channels, int slices, int frames)
    {
        ImagePlus image = IJ.createHyperStack("field.tif", 8, 6, channels, slices, frames, bits);
        for (int i = 1; i <= image.getStackSize(); i++)
            image.getStack().setSliceLabel("plane " + i, i);
        image.getCalibration().pixelWidth = 0.5;
        image.getCalibration().pixelHeight = 0.25;
        image.getCalibration().pixelDepth = 2;
        image.getCalibration().xOrigin = 3;
        image.getCalibration().frameInterval = 7;
        image.getCalibration().setUnit("micron");
        return image;
    }

    private static ResultImage result(ResultPlanes planes, ImageSource source, int[] channels)
    {
        return new ResultImage(planes, "result", source, channels);
    }

    private static ImagePlus create(PlannedOutput output, PixelType type, ImagePlus source, int... channels)
    {
        return result(new ResultPlanes(output, type, null), new ImageSource(source, Verb.RUN.settings()), channels.length == 0
            ? null : channels).create("r");
    }

    @Test
    void aRestoredHyperstackLooksLikeItsSource()
    {
        CompositeImage source = new CompositeImage(hyperstack(16, 3, 2, 2), CompositeImage.COLOR);
        source.setChannelLut(LUT.createLutFromColor(Color.magenta), 3);
        source.setC(3);
        source.setDisplayRange(100, 900);
        ImagePlus result = create(Plans.output(OutputKind.IMAGE, true, PixelType.UINT16, "", 2, 2, 3, 6, 8), PixelType.UINT16, source);
        assertArrayEquals(new int[] { 8, 6, 3, 2, 2 }, result.getDimensions());
        assertEquals(16, result.getBitDepth());
        assertTrue(source.getCalibration().equals(result.getCalibration()), result.getCalibration().toString());
        assertEquals(3, result.getCalibration().xOrigin);
        assertEquals("plane 8", result.getStack().getSliceLabel(8));
        assertEquals(CompositeImage.COLOR, ((CompositeImage) result).getMode());
        LUT lut = ((CompositeImage) result).getChannelLut(3);
        assertEquals(Color.magenta.getRGB(), lut.getRGB(255));
        assertEquals(100, lut.min);
        assertEquals(900, lut.max);
    }

    @Test
    void chosenChannelsKeepTheirColours()
    {
        CompositeImage source = new CompositeImage(hyperstack(8, 3, 1, 1), CompositeImage.COMPOSITE);
        source.setChannelLut(LUT.createLutFromColor(Color.cyan), 3);
        ImagePlus result = create(Plans.output(OutputKind.IMAGE, true, PixelType.UINT8, "", 1, 1, 1, 6, 8), PixelType.UINT8, source, 2);
        assertEquals(Color.cyan.getRGB(), result.getProcessor().getLut().getRGB(255));
        assertEquals("plane 3", result.getStack().getSliceLabel(1));
    }

    @Test
    void otherSizesGiveTheCalibrationThatFits()
    {
        PlannedOutput output = Plans.output(OutputKind.VALUES, false, PixelType.FLOAT32, "", new double[] { 1, 2, 2 },
            new double[] { 0, 0.5, 0.5 }, 1, 1, 1, 3, 4);
        ImagePlus result = create(output, PixelType.FLOAT32, hyperstack(8, 1, 1, 1));
        assertEquals(1, result.getCalibration().pixelWidth);
        assertEquals(0.5, result.getCalibration().pixelHeight);
        // the centre of the first pixel of the result lies at pixel 0.5 of the source, whose origin is at 3
        assertEquals((0.5 - 3) * 0.5, result.getCalibration().getX(0), 1e-12);
        assertEquals(7, result.getCalibration().frameInterval);
    }

    @Test
    void masksAre0And255()
    {
        ResultPlanes planes = new ResultPlanes(Plans.output(OutputKind.MASK, false, PixelType.UINT8, "", 1, 1, 1, 6, 8), PixelType.UINT8,
            null);
        ((byte[]) planes.plane(0, 0, 0))[5] = 1;
        ImagePlus mask = result(planes, new ImageSource(hyperstack(8, 1, 1, 1), Verb.RUN.settings()), null).create("mask");
        assertEquals(255, mask.getProcessor().get(5));
        assertEquals(0, mask.getProcessor().get(4));
        assertTrue(!mask.isInvertedLut());
    }

    @Test
    void labelsAre16BitWhereTheyFit()
    {
        PlannedOutput output = Plans.output(OutputKind.LABELS, false, null, "", 1, 1, 1, 6, 8);
        for (float largest : new float[] { 65_535, 65_536 })
        {
            ResultPlanes planes = new ResultPlanes(output, PixelType.FLOAT32, null);
            ((float[]) planes.plane(0, 0, 0))[7] = largest;
            ImagePlus labels = result(planes, new ImageSource(hyperstack(8, 1, 1, 1), Verb.RUN.settings()), null).create("labels");
            assertEquals(largest > 65_535 ? 32 : 16, labels.getBitDepth());
            assertEquals(largest, labels.getProcessor().getf(7));
            assertEquals(largest, labels.getDisplayRangeMax());
            assertEquals(LabelLut.create().getRGB(9), labels.getProcessor().getLut().getRGB(9));
        }
    }

    @Test
    void stainsHaveNamesColoursAndRanges()
    {
        ResultPlanes planes = new ResultPlanes(Plans.output(OutputKind.IMAGE, false, PixelType.FLOAT32, "DAPI\nmembrane", 1, 2, 2, 6, 8),
            PixelType.FLOAT32, null);
        ((float[]) planes.plane(0, 1, 1))[0] = 5;
        ((float[]) planes.plane(0, 0, 1))[0] = -2;
        ImagePlus image = result(planes, new ImageSource(hyperstack(8, 1, 2, 1), Verb.RUN.settings()), null).create("stained");
        assertEquals("DAPI", image.getStack().getSliceLabel(1));
        assertEquals("membrane", image.getStack().getSliceLabel(4));
        LUT membrane = ((CompositeImage) image).getChannelLut(2);
        assertEquals(Color.green.getRGB(), membrane.getRGB(255));
        assertEquals(-2, membrane.min);
        assertEquals(5, membrane.max);
        assertEquals(Color.blue.getRGB(), ((CompositeImage) image).getChannelLut(1).getRGB(255));
    }

    @Test
    void overlaysFollowTheRegion()
    {
        ImagePlus source = hyperstack(8, 1, 1, 1);
        source.setOverlay(new Overlay(new Roi(3, 2, 2, 2)));
        ResultPlanes planes = new ResultPlanes(Plans.output(OutputKind.IMAGE, true, PixelType.UINT8, "", 1, 1, 1, 4, 5), PixelType.UINT8,
            null);
        Overlay overlay = result(planes, new ImageSource(source, Verb.RUN.settings()), null).overlay(new Rectangle(2, 1, 5, 4));
        assertEquals(new Rectangle(1, 1, 2, 2), overlay.get(0).getBounds());
    }

    @Test
    void unwantedChannelsShareOnePlane()
    {
        ResultPlanes planes = new ResultPlanes(Plans.output(OutputKind.IMAGE, true, PixelType.UINT8, "a\nb\nc\nd", 1, 2, 4, 6, 8),
            PixelType.UINT8, new int[] { 0, 2 });
        assertEquals(4, planes.arrays().size());
        assertEquals("c", planes.channelName(1));
        assertSame(planes.plane(0, 1, 1), planes.arrays().get(3));
        assertEquals(2 * 2 * 48, ResultPlanes.bytes(planes.output, PixelType.UINT8, 2));
    }

    @Test
    void packsRgbByTheRangeOfItsValues()
    {
        PlannedOutput output = Plans.output(OutputKind.IMAGE, false, PixelType.FLOAT32, "r\ng\nb", 1, 1, 3, 1, 3);
        float[][] values = { { 0, 0.5f, 1 }, { -1, 0, 1.1f }, { 0, 128, 255 } };
        RgbImage.Range[] ranges = { RgbImage.Range.UNIT, RgbImage.Range.SIGNED, RgbImage.Range.BYTES };
        for (int i = 0; i < values.length; i++)
        {
            ResultPlanes planes = new ResultPlanes(output, PixelType.FLOAT32, null);
            System.arraycopy(values[i], 0, planes.plane(0, 0, 1), 0, 3);
            if (ranges[i] == RgbImage.Range.SIGNED)
                for (int c = 0; c < 3; c += 2)
                    java.util.Arrays.fill((float[]) planes.plane(0, 0, c), -1);
            assertEquals(ranges[i], RgbImage.range(planes));
            int[] packed = (int[]) RgbImage.stack(planes, ranges[i]).getPixels(1);
            assertEquals(0xFF000000, packed[0]);
            assertEquals(128, packed[1] >> 8 & 255);
            assertEquals(0xFF00FF00, packed[2]);
        }
    }

    @Test
    void mergesSourceAndResult()
    {
        ImagePlus source = hyperstack(8, 1, 2, 1);
        source.getStack().getProcessor(2).set(3, 2, 77);
        ResultPlanes planes = new ResultPlanes(Plans.output(OutputKind.IMAGE, false, PixelType.FLOAT32, "DAPI", 1, 2, 1, 4, 5),
            PixelType.FLOAT32, null);
        ((float[]) planes.plane(0, 1, 0))[6] = 1.5f;
        ImageSource run = new ImageSource(source, Verb.RUN.settings());
        ImagePlus stained = result(planes, run, null).create("stained");
        ImagePlus merged = new Merged(run, stained, new Rectangle(2, 1, 5, 4)).create("merged");
        assertArrayEquals(new int[] { 5, 4, 2, 2, 1 }, merged.getDimensions());
        assertEquals(32, merged.getBitDepth());
        assertEquals(77, merged.getStack().getProcessor(3).getf(1, 1));
        assertEquals(1.5f, merged.getStack().getProcessor(4).getf(1, 1));
        assertEquals("DAPI", merged.getStack().getSliceLabel(4));
        assertEquals(0.25, merged.getCalibration().pixelHeight);
    }
}
