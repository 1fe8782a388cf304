import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

/** Drawn nuclei whose number and places are known: a grid of blurred ovals on a dark background. */
final class Specimen
{
    /** Pixels from one nucleus to the next. */
    static final int Pitch = 48;

    private Specimen()
    {
    }

    /** @return a plane with a nucleus in each cell of the grid, the grid's centres at Pitch/2 + k*Pitch */
    static ImageProcessor plane(int columns, int rows)
    {
        ImageProcessor ip = new ByteProcessor(columns * Pitch, rows * Pitch);
        ip.setValue(12);
        ip.fill();
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                ip.setValue(110 + 10 * ((row * 7 + column * 3) % 9));
                ip.fill(new OvalRoi(column * Pitch + 12 + (row + column) % 3, row * Pitch + 14, 24, 20));
            }
        ip.blurGaussian(1.8);
        return ip;
    }

    static ImagePlus image(String title, int columns, int rows)
    {
        return new ImagePlus(title, plane(columns, rows));
    }

    static ImagePlus stack(String title, int columns, int rows, int planes)
    {
        ImageStack stack = new ImageStack(columns * Pitch, rows * Pitch);
        for (int i = 0; i < planes; i++)
            stack.addSlice("plane " + (i + 1), plane(columns, rows));
        return new ImagePlus(title, stack);
    }
}
