package org.biodl.ij1.batch;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.biodl.jni.BioDLException;

/** Files of results: written beside and renamed, so that each is there whole or not at all. */
final class FolderFiles
{
    private FolderFiles()
    {
    }

    /** Writes what a file will hold. */
    interface Writer
    {
        void write(File part) throws IOException;
    }

    /** @throws BioDLException naming the file that could not be written */
    static void write(File path, Writer writer)
    {
        File file = path.getAbsoluteFile();
        File part = new File(file.getParentFile(), ".part-" + file.getName());
        try
        {
            writer.write(part);
            Files.move(part.toPath(), file.toPath(), StandardCopyOption.REPLACE_EXISTING);
        }
        catch (IOException e)
        {
            throw new BioDLException(BioDLException.IO, "The file " + file + " could not be written: " + e.getMessage(),
                "Check that the folder exists, can be written and has space.");
        }
        finally
        {
            part.delete();
        }
    }

    /** As TIFF. */
    static void save(ImagePlus image, File part) throws IOException
    {
        FileSaver saver = new FileSaver(image);
        if (!(image.getStackSize() > 1 ? saver.saveAsTiffStack(part.getPath()) : saver.saveAsTiff(part.getPath())))
            throw new IOException("ImageJ could not save it");
    }

    /** A ROI set as the ROI Manager saves it. */
    static void save(List<Roi> rois, File part) throws IOException
    {
        try (OutputStream out = Files.newOutputStream(part.toPath());
            ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out)))
        {
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip));
            RoiEncoder encoder = new RoiEncoder(data);
            for (int i = 0; i < rois.size(); i++)
            {
                zip.putNextEntry(new ZipEntry(String.format("%06d %s.roi", i + 1, rois.get(i).getName())));
                encoder.write(rois.get(i));
                data.flush();
            }
        }
    }
}
