package org.biodl.ij1;

import ij.ImagePlus;
import ij.WindowManager;

/** How the images of any run are shown. */
public final class Results
{
    private Results()
    {
    }

    /** Show an image under a title that no open image has, because macros find images by it. */
    public static void show(ImagePlus image)
    {
        String title = image.getTitle();
        image.setTitle(WindowManager.getImage(title) == null ? title : WindowManager.getUniqueName(title));
        image.show();
    }
}
