package org.biodl.ij1.batch;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.biodl.image.ObjectRois;
import org.biodl.image.ObjectTable;
import org.biodl.jni.BioDLException;

/**
 * Entries for call("org.biodl.command.Headless.segment", "options"), which need no window system (java.awt.headless=true). Options are
 * those of the menu command, and: image=FILE (else the current image); for segment labels_file=FILE.tif, rois_file=FILE.zip,
 * table_file=FILE.csv; for denoise, stain and run output_file=FILE.tif, where several outputs add their names to that of the file.
 */
public final class Headless
{
    private static final String Image = "image";
    private static final String LabelsFile = "labels_file";
    private static final String RoisFile = "rois_file";
    private static final String TableFile = "table_file";
    private static final String OutputFile = "output_file";

    private Headless()
    {
    }

    /**
     * Segment an image and write the results asked for.
     *
     * @return "objects=N device=D" and the times
     * @throws BioDLException which aborts the macro
     */
    public static String segment(String options)
    {
        List<String> known = new ArrayList<>(SegmentSettings.Keys);
        known.addAll(java.util.Arrays.asList(Image, LabelsFile, RoisFile, TableFile));
        try
        {
            MacroOptions given = MacroOptions.parse(options, known, Segment::variable);
            try (SegmentRun run = SegmentRun.locked(image(given), SegmentSettings.of(given), null))
            {
                write(run, given);
                return "objects=" + run.objects.count() + " device=" + run.objects.report().device + " times=[" + run.times() + "]";
            }
        }
        catch (BioDLException e)
        {
            BatchLauncher.remember(e.text());
            throw e;
        }
    }

    /**
     * List, install, verify or remove models. Options are those of "BioDL Models...".
     *
     * @return what came of it, as text; action=list: a line a model, columns separated by tabs
     * @throws BioDLException which aborts the macro
     */
    public static String models(String options)
    {
        try
        {
            return ModelsActions.perform(ModelsSettings.parse(options, Segment::variable), null);
        }
        catch (BioDLException e)
        {
            BatchLauncher.remember(e.text());
            throw e;
        }
    }

    /** As "BioDL Denoise...". @return "outputs=N device=D clipped=N" and the times @throws BioDLException which aborts the macro */
    public static String denoise(String options)
    {
        return run(RunTask.DENOISE, options);
    }

    /** As "BioDL Virtual Stain...". @return as denoise @throws BioDLException which aborts the macro */
    public static String stain(String options)
    {
        return run(RunTask.STAIN, options);
    }

    /** As "BioDL Run Model...". @return as denoise @throws BioDLException which aborts the macro */
    public static String run(String options)
    {
        return run(RunTask.RUN, options);
    }

    private static String run(RunTask task, String options)
    {
        List<String> known = new ArrayList<>(task.keys);
        known.addAll(java.util.Arrays.asList(Image, OutputFile));
        try
        {
            MacroOptions given = MacroOptions.parse(options, known, Segment::variable);
            ModelRun run = ModelRun.locked(RunPreparation.of(image(given), RunSettings.of(task, given)), null);
            long clipped = 0;
            if (run.preparation.settings.is("result", RunSettings.InPlace))
                InPlace.apply(run);
            else
                write(run, given);
            for (int i = 0; i < run.preparation.plan.outputs.size(); i++)
                clipped += run.result.clipped(i);
            return "outputs=" + run.preparation.plan.outputs.size() + " device=" + run.result.device + " clipped=" + clipped + " times=["
                + org.biodl.image.Provenance.times(run.result) + "]";
        }
        catch (BioDLException e)
        {
            BatchLauncher.remember(e.text());
            throw e;
        }
    }

    private static void write(ModelRun run, MacroOptions options)
    {
        List<ImagePlus> images = run.images();
        String path = options.text(OutputFile, "");
        int dot = path.lastIndexOf('.') > path.lastIndexOf('/') ? path.lastIndexOf('.') : path.length();
        for (int i = 0; i < images.size() && options.has(OutputFile); i++)
        {
            ImagePlus image = images.get(i);
            String name = images.size() == 1 ? "" : "-" + run.preparation.plan.outputs.get(i).name.replaceAll("[^A-Za-z0-9._-]", "_");
            write(path.substring(0, dot) + name + path.substring(dot), part -> save(image, part));
        }
    }

    /** @return the text of "BioDL Diagnostics..." */
    public static String diagnostics()
    {
        return DiagnosticsReport.text();
    }

    private static ImagePlus image(MacroOptions options)
    {
        if (!options.has(Image))
        {
            ImagePlus current = WindowManager.getCurrentImage();
            if (current == null)
                throw new BioDLException(BioDLException.INVALID_ARGUMENT, "There is no image open.", "Open an image first, or give image=FILE.");
            return current;
        }
        String path = options.text(Image, "");
        ImagePlus image = new File(path).isFile() ? IJ.openImage(path) : null;
        if (image == null)
            throw new BioDLException(BioDLException.IO, "The image '" + path + "' could not be opened.", "Check the path and the format.");
        return image;
    }

    private static void write(SegmentRun run, MacroOptions options)
    {
        if (options.has(LabelsFile))
        {
            ImagePlus labels = run.labels();
            write(options.text(LabelsFile, ""), part -> save(labels, part));
        }
        if (options.has(RoisFile))
            write(options.text(RoisFile, ""), part -> save(ObjectRois.create(run.objects, run.source), part));
        if (options.has(TableFile))
            write(options.text(TableFile, ""), part -> ObjectTable.create(run.objects, run.source).saveAs(part.getPath()));
    }

    private interface Writer
    {
        void write(File part) throws IOException;
    }

    /** Written beside and renamed, so that a file is there whole or not at all. */
    private static void write(String path, Writer writer)
    {
        File file = new File(path).getAbsoluteFile();
        File part = new File(file.getParentFile(), ".part-" + file.getName());
        try
        {
            writer.write(part);
            Files.move(part.toPath(), file.toPath(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        catch (IOException e)
        {
            part.delete();
            throw new BioDLException(BioDLException.IO, "The file " + file + " could not be written: " + e.getMessage(),
                "Check that the folder exists, can be written and has space.");
        }
    }

    private static void save(ImagePlus image, File part) throws IOException
    {
        FileSaver saver = new FileSaver(image);
        if (!(image.getStackSize() > 1 ? saver.saveAsTiffStack(part.getPath()) : saver.saveAsTiff(part.getPath())))
            throw new IOException("ImageJ could not save it");
    }

    /** A ROI set as the ROI Manager saves it. */
    private static void save(Roi[] rois, File part) throws IOException
    {
        try (OutputStream out = Files.newOutputStream(part.toPath()); ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out)))
        {
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip));
            RoiEncoder encoder = new RoiEncoder(data);
            for (int i = 0; i < rois.length; i++)
            {
                zip.putNextEntry(new ZipEntry(String.format("%06d %s.roi", i + 1, rois[i].getName())));
                encoder.write(rois[i]);
                data.flush();
            }
        }
    }
}
