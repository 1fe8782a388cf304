package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ij.measure.Calibration;
import org.junit.jupiter.api.Test;

class PixelSizeTest
{
    @Test
    void wordsOfLengthAreMicrometres()
    {
        String[] units = { "micron", "Microns", "um", "\u00b5m", "\u03bcm", "nm", "mm", "cm", "inch", "inches", "pixel", "furlong" };
        double[] factors = { 1, 1, 1, 1, 1, 1e-3, 1e3, 1e4, 25_400, 25_400, 0, 0 };
        for (int i = 0; i < units.length; i++)
            assertArrayEquals(new double[] { 2 * factors[i], 0.5 * factors[i], 0.25 * factors[i] },
                PixelSize.micrometres(calibration(units[i]), 3), 1e-12, units[i]);
    }

    @Test
    void axesMayHaveUnitsOfTheirOwn()
    {
        Calibration calibration = calibration("um");
        calibration.setZUnit("nm");
        calibration.setYUnit("mm");
        assertArrayEquals(new double[] { 2e-3, 500, 0.25 }, PixelSize.micrometres(calibration, 3), 1e-12);
    }

    @Test
    void onePlaneHasNoDistanceToTheNext()
    {
        assertArrayEquals(new double[] { 0, 0.5, 0.25 }, PixelSize.micrometres(calibration("micron"), 1), 0);
    }

    private static Calibration calibration(String unit)
    {
        Calibration calibration = new Calibration();
        calibration.pixelDepth = 2;
        calibration.pixelHeight = 0.5;
        calibration.pixelWidth = 0.25;
        calibration.setUnit(unit);
        return calibration;
    }
}
