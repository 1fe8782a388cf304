package org.biodl.ij1;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.ImageWindow;
import ij.macro.Interpreter;
import java.awt.Dimension;
import java.awt.Rectangle;

/** How the images of any run are shown. */
public final class Results
{
    /** About what an image's window is larger by than its image. */
    private static final int BORDER = 40;

    private Results()
    {
    }

    /** Show an image under a title that no open image has, because macros find images by it; beside its source, where that is shown. */
    public static void show(ImagePlus image, ImagePlus source)
    {
        ImageWindow beside = source.getWindow();
        boolean alike = image.getWidth() == source.getWidth() && image.getHeight() == source.getHeight();
        Dimension size = beside != null && alike ? beside.getSize() : new Dimension(image.getWidth() + BORDER, image.getHeight() + BORDER);
        // no window in batch mode, and the place would be that of another one
        Rectangle place = Interpreter.isBatchMode() ? null : Place.find(null, size, beside);
        if (place != null)
            ImageWindow.setNextLocation(place.getLocation());
        String title = image.getTitle();
        image.setTitle(WindowManager.getImage(title) == null ? title : WindowManager.getUniqueName(title));
        image.show();
    }
}
