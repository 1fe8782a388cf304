package org.biodl.ij1.batch;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Outputs;
import org.biodl.run.FileOptions;
import org.biodl.run.ImageOptions;
import org.biodl.run.Settings;

/** The files of a call: those to write are checked before the run, and each appears when it is whole. */
final class ResultFiles
{
    private final boolean _overwrite;

    /**
     * @param settings the model, files that are read, and whether files may be replaced
     * @param images that are read; where they came from a file it is not written
     * @param results paths that will be written; null: not asked for
     * @throws BioDLException when one of them must not be written
     */
    ResultFiles(Settings settings, List<ImagePlus> images, String... results)
    {
        _overwrite = settings.isOn(FileOptions.OVERWRITE);
        List<String> inputs = images.stream().map(ResultFiles::file).collect(Collectors.toList());
        inputs.addAll(Arrays.asList(settings.get(FileOptions.IMAGE), settings.get(ImageOptions.MODEL)));
        inputs.removeIf(Objects::isNull);
        List<String> outputs = new ArrayList<>(Arrays.asList(results));
        outputs.removeIf(Objects::isNull);
        if (!outputs.isEmpty())
            Outputs.check(outputs, inputs, _overwrite);
    }

    /** Does nothing where there is no path. */
    void write(String path, Outputs.Writer writer)
    {
        if (path != null)
            Outputs.write(path, _overwrite, writer);
    }

    /** Write an image or a stack as TIFF. */
    void write(String path, ImagePlus image)
    {
        write(path, file ->
        {
            FileSaver saver = new FileSaver(image);
            if (!(image.getStackSize() > 1 ? saver.saveAsTiffStack(file.getPath()) : saver.saveAsTiff(file.getPath())))
                throw new IOException("ImageJ could not save it");
        });
    }

    /** Write a ROI set as the ROI Manager saves it. */
    void write(String path, List<Roi> rois)
    {
        write(path, file ->
        {
            try (OutputStream out = Files.newOutputStream(file.toPath());
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out)))
            {
                DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip));
                RoiEncoder encoder = new RoiEncoder(data);
                for (Roi roi : rois)
                {
                    zip.putNextEntry(new ZipEntry(roi.getName() + ".roi"));
                    encoder.write(roi);
                    data.flush();
                }
            }
        });
    }

    /** @return paths of several outputs: their names are added to that of the file; all null where there is none */
    static String[] several(String path, List<String> outputs)
    {
        String[] paths = new String[outputs.size()];
        if (path == null)
            return paths;
        int dot = path.lastIndexOf('.') > path.lastIndexOf('/') ? path.lastIndexOf('.') : path.length();
        for (int i = 0; i < paths.length; i++)
            paths[i] = paths.length == 1 ? path
                : path.substring(0, dot) + "-" + outputs.get(i).replaceAll("[^A-Za-z0-9._-]", "_") + path.substring(dot);
        return paths;
    }

    /** @return where an image was read from, null where it was made */
    private static String file(ImagePlus image)
    {
        FileInfo info = image.getOriginalFileInfo();
        return info == null || info.directory == null || info.directory.isEmpty() || info.fileName == null ? null
            : new File(info.directory, info.fileName).getPath();
    }
}
