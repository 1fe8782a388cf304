package org.biodl.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.Undo;
import ij.process.ImageProcessor;
import java.awt.Rectangle;
import org.biodl.jni.BioDLException;
import org.biodl.jni.PixelType;
import org.biodl.run.ResultPlanes;

/** Puts a result where its input was, as ImageJ's filters do: only inside the selection, with Edit > Undo for an image of one plane. */
public final class InPlace
{
    private InPlace()
    {
    }

    /** @throws BioDLException when the image was closed or changed during the run; it is then left as it is */
    public static void apply(NetworkImages run)
    {
        ImageSource source = run.getSources().get(0);
        ImagePlus image = source.image;
        if (!source.isUnchanged())
            throw new BioDLException(BioDLException.HOST, "The image '" + source.title + "' was closed or changed during the run.",
                "It was left as it is; run the command again.");
        Region region = Region.of(image);
        Rectangle part = run.getRun().getPreparation().getRegion();
        if (part != null && !region.bounds.equals(part))
            throw new BioDLException(BioDLException.HOST, "The selection of '" + source.title + "' was changed during the run.",
                "The image was left as it is; run the command again.");
        prepareUndo(image);
        ResultPlanes planes = run.getRun().getPlanes().get(0);
        int[] channels = run.getRun().getPreparation().channels(0);
        for (int t = 0; t < planes.frames(); t++)
            for (int z = 0; z < planes.slices(); z++)
                for (int c = 0; c < planes.channels(); c++)
                {
                    int channel = channels == null || source.type == PixelType.ARGB32 ? c : channels[c];
                    Object target = pixels(image, source.planes.index(t, z, channel));
                    copy(planes.plane(t, z, c), planes.width(), target, image.getWidth(), region);
                }
        run.writeProvenance(image, 0);
        image.changes = true;
        image.updateAndDraw();
    }

    private static void prepareUndo(ImagePlus image)
    {
        if (image.getStackSize() > 1)
        {
            Undo.reset();
            return;
        }
        ImageProcessor plane = image.getProcessor();
        plane.snapshot();
        Undo.setup(Undo.FILTER, image);
    }

    private static Object pixels(ImagePlus image, int index)
    {
        ImageStack stack = image.getStack();
        return image.getStackSize() == 1 ? image.getProcessor().getPixels() : stack.getPixels(index);
    }

    /** Only pixels of the region: its bounds, and inside them its mask. */
    private static void copy(Object from, int fromWidth, Object to, int toWidth, Region region)
    {
        Rectangle bounds = region.bounds;
        for (int y = 0; y < bounds.height; y++)
        {
            int source = y * fromWidth;
            int target = (bounds.y + y) * toWidth + bounds.x;
            if (region.mask == null)
                System.arraycopy(from, source, to, target, bounds.width);
            else
                for (int x = 0; x < bounds.width; x++)
                    if (region.mask[y * bounds.width + x] != 0)
                        System.arraycopy(from, source + x, to, target + x, 1);
        }
    }
}
