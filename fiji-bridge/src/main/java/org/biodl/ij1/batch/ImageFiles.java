package org.biodl.ij1.batch;

import ij.ImagePlus;
import ij.io.Opener;
import java.io.File;
import org.biodl.jni.BioDLException;

/** Images of files, opened without a window that asks or tells. */
final class ImageFiles
{
    private ImageFiles()
    {
    }

    /** @throws BioDLException naming the file that ImageJ cannot open */
    static ImagePlus open(File file)
    {
        Opener opener = new Opener();
        opener.setSilentMode(true);
        ImagePlus image = file.isFile() ? opener.openImage(file.getPath()) : null;
        if (image == null)
            throw new BioDLException(BioDLException.IO, "The image '" + file + "' could not be opened.", "Check the path and the format.");
        return image;
    }
}
