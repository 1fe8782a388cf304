package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.process.LUT;
import java.awt.Color;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelLutTest
{
    @Test
    void zeroIsBlackAndAllOthersDifferAndAreBright()
    {
        LUT lut = LabelLut.create();
        assertEquals(0, lut.getRGB(0) & 0xffffff);
        Set<Integer> seen = new HashSet<>();
        for (int i = 1; i < 256; i++)
        {
            assertTrue(seen.add(lut.getRGB(i)), "colour " + i + " again");
            assertTrue(LabelLut.lab(lut.getRGB(i) & 0xffffff)[0] >= 50, "colour " + i + " is dark");
        }
    }

    @Test
    void theFirstLabelsAreFarApart()
    {
        LUT lut = LabelLut.create();
        for (int i = 0; i < 20; i++)
            for (int j = 0; j < i; j++)
            {
                double[] a = LabelLut.lab(lut.getRGB(i) & 0xffffff);
                double[] b = LabelLut.lab(lut.getRGB(j) & 0xffffff);
                // about 2.3 is a just noticeable difference in L*a*b*
                assertTrue(Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2)) > 30, i + " and " + j);
            }
    }

    @Test
    void outlinesHaveTheColourOfTheirLabel()
    {
        LUT lut = LabelLut.create();
        assertEquals(new Color(lut.getRGB(1)), LabelLut.color(1));
        assertEquals(new Color(lut.getRGB(255)), LabelLut.color(255));
        assertEquals(new Color(lut.getRGB(1)), LabelLut.color(256));
    }

    /** White, and a value from the published conversion tables of sRGB red. */
    @Test
    void convertsToLab()
    {
        assertEquals(100, LabelLut.lab(0xffffff)[0], 0.01);
        double[] red = LabelLut.lab(0xff0000);
        assertEquals(53.24, red[0], 0.05);
        assertEquals(80.09, red[1], 0.1);
        assertEquals(67.20, red[2], 0.1);
    }
}
