package org.biodl.ij1.batch;

import ij.IJ;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.biodl.BioDL;
import org.biodl.ij1.DiagnosticsReport;
import org.biodl.ij1.MacroCall;
import org.biodl.ij1.Problems;
import org.biodl.ij1.models.ModelsActions;
import org.biodl.image.NetworkImages;
import org.biodl.image.Segmentation;
import org.biodl.jni.BioDLException;
import org.biodl.run.Format;
import org.biodl.run.Option;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/**
 * Entries for call("org.biodl.ij1.batch.Headless.segment", "options"), which need no window system (java.awt.headless=true). Options are
 * those of the menu command, and: image=FILE (else the current image); for segment labels_file=FILE.tif, rois_file=FILE.zip,
 * table_file=FILE.csv; for denoise, stain and run output_file=FILE.tif, where several outputs add their names to that of the file.
 */
public class Headless
{
    private static final Option<String> IMAGE = file("image", "Image", "The file to read; else the current image.");
    private static final Option<String> LABELS_FILE = file("labels_file", "Labels", "Where to write the label image, as TIFF.");
    private static final Option<String> ROIS_FILE = file("rois_file", "ROIs", "Where to write the ROI set, as zip.");
    private static final Option<String> TABLE_FILE = file("table_file", "Table", "Where to write the table, as CSV.");
    private static final Option<String> OUTPUT_FILE = file("output_file", "Result", "Where to write the result, as TIFF.");

    /** For the class of the former name. */
    protected Headless()
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
        return remembered(() ->
        {
            Settings given = settings(Verb.SEGMENT, options, IMAGE, LABELS_FILE, ROIS_FILE, TABLE_FILE);
            String output = given.get(LABELS_FILE) == null ? SegmentOptions.ROI_MANAGER : SegmentOptions.BOTH;
            Segmentation found = BioDL.segment(image(given), given.with(SegmentOptions.OUTPUT, output));
            write(given, LABELS_FILE, part -> save(found.getLabels(), part));
            write(given, ROIS_FILE, part -> save(found.getRois(), part));
            write(given, TABLE_FILE, part -> found.getTable().saveAs(part.getPath()));
            return "objects=" + found.getCount() + " device=" + found.getAccount().getDevice() + " times=[" + found.getAccount()
                .getTimes() + "]";
        });
    }

    /**
     * List, install, verify or remove models. Options are those of "BioDL Models...".
     *
     * @return what came of it, as text; action=list: a line a model, columns separated by tabs
     * @throws BioDLException which aborts the macro
     */
    public static String models(String options)
    {
        return remembered(() -> ModelsActions.perform(options, MacroCall::variable));
    }

    /** As "BioDL Denoise...". @return "outputs=N device=D clipped=N" and the times @throws BioDLException which aborts the macro */
    public static String denoise(String options)
    {
        return run(Verb.DENOISE, options);
    }

    /** As "BioDL Virtual Stain...". @return as denoise @throws BioDLException which aborts the macro */
    public static String stain(String options)
    {
        return run(Verb.STAIN, options);
    }

    /** As "BioDL Run Model...". @return as denoise @throws BioDLException which aborts the macro */
    public static String run(String options)
    {
        return run(Verb.RUN, options);
    }

    /** @return the text of "BioDL Diagnostics..." */
    public static String diagnostics()
    {
        return DiagnosticsReport.text();
    }

    private static String run(Verb verb, String options)
    {
        return remembered(() ->
        {
            Settings given = settings(verb, options, IMAGE, OUTPUT_FILE);
            NetworkImages made = BioDL.run(verb, MacroCall.images(image(given), given), given, null);
            write(made, given);
            return "outputs=" + made.getRun().getPlanes().size() + " device=" + made.getAccount().getDevice() + " clipped="
                + made.getRun().clipped()
                + " times=[" + made.getAccount().getTimes() + "]";
        });
    }

    private static void write(NetworkImages made, Settings settings)
    {
        String path = settings.text(OUTPUT_FILE);
        int dot = path.lastIndexOf('.') > path.lastIndexOf('/') ? path.lastIndexOf('.') : path.length();
        List<ImagePlus> images = made.getImages();
        for (int i = 0; i < images.size(); i++)
        {
            ImagePlus image = images.get(i);
            String name = images.size() == 1 ? "" : "-" + made.getRun().getPreparation().name(i).replaceAll("[^A-Za-z0-9._-]", "_");
            write(settings.with(OUTPUT_FILE, path.isEmpty() ? null : path.substring(0, dot) + name + path.substring(dot)), OUTPUT_FILE,
                part -> save(image, part));
        }
    }

    private static Option<String> file(String key, String label, String help)
    {
        return new Option<>(key, label, help, Format.text(), null);
    }

    private static Settings settings(Verb verb, String text, Option<?>... more)
    {
        List<Option<?>> options = new ArrayList<>(verb.getOptions());
        options.addAll(Arrays.asList(more));
        return MacroCall.settings(options, text);
    }

    /** The macro interpreter's own message is not the cause. */
    private static String remembered(Supplier<String> call)
    {
        try
        {
            return call.get();
        }
        catch (BioDLException e)
        {
            Problems.remember(e.text());
            throw e;
        }
    }

    private static ImagePlus image(Settings settings)
    {
        String path = settings.get(IMAGE);
        if (path == null)
            return MacroCall.currentImage("Open an image first, or give image=FILE.");
        ImagePlus image = new File(path).isFile() ? IJ.openImage(path) : null;
        if (image == null)
            throw new BioDLException(BioDLException.IO, "The image '" + path + "' could not be opened.", "Check the path and the format.");
        return image;
    }

    private interface Writer
    {
        void write(File part) throws IOException;
    }

    /** Written beside and renamed, so that a file is there whole or not at all. */
    private static void write(Settings settings, Option<String> option, Writer writer)
    {
        if (settings.get(option) == null)
            return;
        File file = new File(settings.get(option)).getAbsoluteFile();
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
    private static void save(List<Roi> rois, File part) throws IOException
    {
        try (OutputStream out = Files.newOutputStream(part.toPath());
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
    }
}
