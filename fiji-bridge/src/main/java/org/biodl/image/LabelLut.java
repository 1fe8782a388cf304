package org.biodl.image;

import ij.process.LUT;
import java.awt.Color;

/**
 * Colours for labels: 0 is black, and each of the 255 others is as far as possible, in CIE L*a*b*, from those before it (the greedy
 * method of Glasbey et al., Colour displays for categorical images, 2007), so that neighbouring labels look different.
 */
public final class LabelLut
{
    private static final int COLORS = 256;
    /** LEVELS of red, green and blue to choose from. */
    private static final int LEVELS = 12;
    /** Darker ones (L*) are hard to tell from the background. */
    private static final double DARKEST = 50;
    private static final int[] RGB = choose();

    private LabelLut()
    {
    }

    /** @return the table */
    public static LUT create()
    {
        byte[][] channels = new byte[3][COLORS];
        for (int i = 0; i < COLORS; i++)
        {
            channels[0][i] = (byte) (RGB[i] >> 16);
            channels[1][i] = (byte) (RGB[i] >> 8);
            channels[2][i] = (byte) RGB[i];
        }
        return new LUT(channels[0], channels[1], channels[2]);
    }

    /** @return a colour for a label from 1 */
    public static Color color(long label)
    {
        return new Color(RGB[1 + (int) ((label - 1) % (COLORS - 1))]);
    }

    private static int[] choose()
    {
        int count = LEVELS * LEVELS * LEVELS;
        double[][] lab = new double[count][];
        double[] distance = new double[count];
        for (int i = 0; i < count; i++)
        {
            lab[i] = lab(candidate(i));
            distance[i] = lab[i][0] < DARKEST ? -1 : squared(lab[i], lab(0));
        }
        int[] chosen = new int[COLORS];
        for (int n = 1; n < COLORS; n++)
        {
            int farthest = 0;
            for (int i = 1; i < count; i++)
                if (distance[i] > distance[farthest])
                    farthest = i;
            chosen[n] = candidate(farthest);
            for (int i = 0; i < count; i++)
                distance[i] = Math.min(distance[i], squared(lab[i], lab[farthest]));
        }
        return chosen;
    }

    private static int candidate(int i)
    {
        int step = 255 / (LEVELS - 1);
        return i / (LEVELS * LEVELS) * step << 16 | i / LEVELS % LEVELS * step << 8 | i % LEVELS * step;
    }

    private static double squared(double[] a, double[] b)
    {
        return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]);
    }

    /** sRGB to CIE L*a*b*, white point D65. */
    static double[] lab(int rgb)
    {
        double r = linear(rgb >> 16 & 255);
        double g = linear(rgb >> 8 & 255);
        double b = linear(rgb & 255);
        double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
        double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.0890);
        return new double[] { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
    }

    private static double linear(int value)
    {
        double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double root(double t)
    {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
}
