import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import java.util.Arrays;
import java.util.Objects;

/** Whether files hold the same pixels. Arguments: two files, and two more, ... */
public final class Same
{
    private Same()
    {
    }

    public static void main(String[] files)
    {
        Checks.check("there are pairs to compare", files.length >= 2, files.length);
        for (int i = 0; i + 1 < files.length; i += 2)
            compare(files[i], files[i + 1]);
        System.out.println("END");
    }

    /** The command line writes red, green and blue as channels. */
    private static ImagePlus channels(ImagePlus rgb)
    {
        ImageStack stack = new ImageStack(rgb.getWidth(), rgb.getHeight());
        for (int i = 1; i <= rgb.getStackSize(); i++)
            for (int c = 0; c < 3; c++)
                stack.addSlice(((ColorProcessor) rgb.getStack().getProcessor(i)).getChannel(c + 1, null));
        ImagePlus image = new ImagePlus(rgb.getTitle(), stack);
        image.setDimensions(3, rgb.getNSlices(), rgb.getNFrames());
        return image;
    }

    private static void compare(String first, String second)
    {
        ImagePlus a = IJ.openImage(first);
        ImagePlus b = IJ.openImage(second);
        String name = "the command line gives the pixels of " + new java.io.File(first).getName();
        if (a != null && b != null && a.getBitDepth() == 24 && b.getBitDepth() == 8)
            a = channels(a);
        boolean same = a != null && b != null && Arrays.equals(a.getDimensions(), b.getDimensions()) && a.getBitDepth() == b.getBitDepth();
        for (int i = 1; same && i <= a.getStackSize(); i++)
            same = Objects.deepEquals(a.getStack().getPixels(i), b.getStack().getPixels(i));
        Checks.check(name, same, "they differ: " + a + ", " + b);
    }
}
