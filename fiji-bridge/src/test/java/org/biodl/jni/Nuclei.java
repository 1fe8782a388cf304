package org.biodl.jni;

/** Drawn nuclei whose number and places are known: a grid of soft discs, 48 pixels apart, in an image of 16 bits. */
final class Nuclei
{
    static final int Pitch = 48;
    private static final double Radius = 11;
    private static final double Softness = 1.5;

    private Nuclei()
    {
    }

    static short[] draw(int columns, int rows)
    {
        int width = columns * Pitch;
        short[] pixels = new short[width * rows * Pitch];
        for (int i = 0; i < pixels.length; i++)
        {
            int x = i % width;
            int y = i / width;
            double distance = Math.hypot(x % Pitch - Pitch / 2, y % Pitch - Pitch / 2);
            double inside = 1 / (1 + Math.exp((distance - Radius) / Softness));
            int level = 1000 + 100 * ((x / Pitch * 3 + y / Pitch * 7) % 9);
            pixels[i] = (short) (120 + level * inside);
        }
        return pixels;
    }

    static ImageView view(int columns, int rows)
    {
        return ImageView.of(draw(columns, rows), PixelType.UINT16, rows * Pitch, columns * Pitch);
    }
}
