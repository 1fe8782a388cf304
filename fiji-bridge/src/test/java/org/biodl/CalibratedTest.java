package org.biodl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.biodl.jni.BioDLException;
import org.biodl.jni.TinyModels;
import org.biodl.run.Settings;
import org.biodl.run.Verb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The value that ImageJ shows for a pixel is the value that a network sees, and that of a result; whatever the image's calibration. */
class CalibratedTest
{
    @TempDir
    static Path models;

    @BeforeAll
    static void write() throws IOException
    {
        assumeTrue(CalibratedTest.class.getClassLoader().getResource("natives") != null, "no native libraries in this build");
        TinyModels.writeAll(models);
    }

    private static ImagePlus image(int bits, double offset, double scale)
    {
        Random random = new Random(3);
        ImageProcessor plane = bits == 8 ? new ByteProcessor(30, 20) : new ShortProcessor(30, 20);
        for (int i = 0; i < plane.getPixelCount(); i++)
            plane.set(i, bits == 8 ? random.nextInt(256) : 32_000 + random.nextInt(1_000));
        ImagePlus image = new ImagePlus("calibrated", plane);
        image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { offset, scale }, "value");
        return image;
    }

    /** What Image > Type > 32-bit makes of it. */
    private static ImagePlus converted(ImagePlus image)
    {
        FloatProcessor values = new FloatProcessor(image.getWidth(), image.getHeight());
        for (int i = 0; i < values.getPixelCount(); i++)
            values.setf(i, (float) image.getCalibration().getCValue(image.getProcessor().get(i)));
        return new ImagePlus("values", values);
    }

    private static ImagePlus denoise(ImagePlus image, String options)
    {
        return BioDL.denoise(image, settings(options)).getImages().get(0);
    }

    private static Settings settings(String options)
    {
        return Verb.DENOISE.settings("device=cpu " + options).with("model", models.resolve("smooth"));
    }

    private static ImagePlus[] linear()
    {
        return new ImagePlus[] { image(16, -32_768, 1), image(16, 0, 0.25), image(16, 900, -0.01), image(8, -100, 2), image(8, 255, -1) };
    }

    @Test
    void aNetworkSeesTheValuesThatTheUserSees()
    {
        for (ImagePlus image : linear())
        {
            float[] found = (float[]) denoise(image, "output=32-bit").getProcessor().getPixels();
            float[] expected = (float[]) denoise(converted(image), "output=32-bit").getProcessor().getPixels();
            assertArrayEquals(expected, found, 1e-3f, image.getCalibration().toString());
        }
    }

    @Test
    void aResultOfTheSameTypeKeepsTheFunctionAndItsPixelsHaveTheRightValues()
    {
        for (ImagePlus image : linear())
        {
            ImagePlus same = denoise(image, "");
            ImagePlus wide = denoise(converted(image), "output=32-bit");
            assertEquals(image.getBitDepth(), same.getBitDepth());
            assertTrue(same.getCalibration().calibrated());
            double step = Math.abs(image.getCalibration().getCoefficients()[1]);
            for (int i = 0; i < wide.getProcessor().getPixelCount(); i++)
                assertEquals(wide.getProcessor().getf(i), same.getCalibration().getCValue(same.getProcessor().get(i)), 0.51 * step);
            assertFalse(denoise(image, "output=32-bit").getCalibration().calibrated());
            short first = (short) same.getProcessor().get(0);
            BioDL.denoise(image, settings("result=[in place]"));
            assertEquals(first, (short) image.getProcessor().get(0), "in place");
        }
    }

    @Test
    void theDisplayedRangeIsOfTheSameValues()
    {
        ImagePlus image = image(16, -32_768, 1);
        image.setDisplayRange(32_000, 33_000);
        assertEquals(-768, denoise(image, "output=32-bit").getDisplayRangeMin());
        assertEquals(32_000, denoise(image, "").getDisplayRangeMin());
    }

    @Test
    void mergedChannelsHaveTheValuesOfTheSource()
    {
        ImagePlus image = image(16, -32_768, 1);
        ImagePlus merged = BioDL.stain(image, Verb.STAIN.settings("merge=true channels=1").with("model", models.resolve("stain")))
            .getImages().get(0);
        assertEquals(image.getProcessor().get(0) - 32_768, merged.getStack().getProcessor(1).getf(0));
    }

    @Test
    void otherFunctionsAreRefusedByNameWithTheRemedy()
    {
        ImagePlus density = image(8, 0, 1);
        density.getCalibration().setFunction(Calibration.UNCALIBRATED_OD, null, "Uncalibrated OD");
        refused(density, "Uncalibrated OD");
        ImagePlus curve = image(16, 0, 1);
        curve.getCalibration().setFunction(Calibration.POLY2, new double[] { 0, 1, 0.001 }, "x");
        refused(curve, "2nd Degree Polynomial");
        ImagePlus table = image(8, 0, 1);
        table.getCalibration().setCTable(new float[256], "x");
        refused(table, "Custom");
        ImagePlus clipped = image(8, -10, 1);
        clipped.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -10, 1 }, "x", true);
        refused(clipped, "negative values shown as 0");
    }

    private static void refused(ImagePlus image, String name)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> denoise(image, ""));
        assertTrue(e.getMessage().contains(name) && e.hint().contains("32-bit"), e.text());
        assertThrows(BioDLException.class, () -> BioDL.segment(image));
    }
}
