package org.biodl.ij1.batch;

import ij.ImagePlus;
import ij.WindowManager;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.biodl.BioDL;
import org.biodl.ij1.Closing;
import org.biodl.ij1.DiagnosticsReport;
import org.biodl.ij1.MacroCall;
import org.biodl.ij1.Problems;
import org.biodl.ij1.models.ModelsActions;
import org.biodl.ij1.train.TrainingTask;
import org.biodl.image.NetworkImages;
import org.biodl.image.Segmentation;
import org.biodl.jni.BioDLException;
import org.biodl.jni.TrainingResult;
import org.biodl.run.DefaultModel;
import org.biodl.run.FileOptions;
import org.biodl.run.ImageOptions;
import org.biodl.run.OpenModels;
import org.biodl.run.Option;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.TrainOptions;
import org.biodl.run.Verb;

/**
 * Entries for call("org.biodl.ij1.batch.Headless.segment", "options"), which need no window system (java.awt.headless=true). Options are
 * those of the menu command, and: image=FILE (else the current image); overwrite=true where files that are there may be replaced, which
 * inputs never are, and results of BioDL that nobody has touched since may always; for segment labels_file=FILE.tif, rois_file=FILE.zip,
 * table_file=FILE.csv; for denoise, stain and run output_file=FILE.tif, where several outputs add their names to that of the file.
 */
public class Headless
{
    /** For the class of the former name. */
    protected Headless()
    {
    }

    /**
     * Segment an image and write the results asked for.
     *
     * @return "objects=N device=D" and the times
     * @throws BioDLException where no macro runs; a macro is ended
     */
    public static String segment(String options)
    {
        return reported(() ->
        {
            Settings given = settings(Verb.SEGMENT, options, FileOptions.LABELS_FILE, FileOptions.ROIS_FILE, FileOptions.TABLE_FILE);
            String labels = given.get(FileOptions.LABELS_FILE);
            String rois = given.get(FileOptions.ROIS_FILE);
            String table = given.get(FileOptions.TABLE_FILE);
            ImagePlus image = image(given);
            ResultFiles files = new ResultFiles(given, Collections.singletonList(image), labels, rois, table);
            String output = labels == null ? SegmentOptions.ROI_MANAGER : SegmentOptions.BOTH;
            Segmentation found = BioDL.segment(image, given.with(SegmentOptions.OUTPUT, output));
            files.write(labels, found.getLabels());
            files.write(rois, found.getRois());
            files.write(table, file -> found.getTable().saveAs(file.getPath()));
            Closing.tell(found.getSource().title, found.getCount() + " objects", found.getAccount(), found.getRegion().text());
            Closing.cite(found.getModel());
            return "objects=" + found.getCount() + " device=" + found.getAccount().getDevice() + " times=[" + found.getAccount()
                .getTimes() + "]";
        });
    }

    /**
     * List, install, verify or remove models. Options are those of "BioDL Models...".
     *
     * @return what came of it, as text; action=list: a line a model, columns separated by tabs
     * @throws BioDLException where no macro runs; a macro is ended
     */
    public static String models(String options)
    {
        return reported(() -> ModelsActions.perform(options, MacroCall::variable));
    }

    /**
     * As "BioDL Denoise...".
     *
     * @return "outputs=N device=D clipped=N" and the times
     * @throws BioDLException where no macro runs; a macro is ended
     */
    public static String denoise(String options)
    {
        return run(Verb.DENOISE, options);
    }

    /** As "BioDL Virtual Stain...". @return as denoise @throws BioDLException where no macro runs; a macro is ended */
    public static String stain(String options)
    {
        return run(Verb.STAIN, options);
    }

    /** As "BioDL Run Model...". @return as denoise @throws BioDLException where no macro runs; a macro is ended */
    public static String run(String options)
    {
        return run(Verb.RUN, options);
    }

    /**
     * As "BioDL Train...", but for denoising the image: train a model, and wait for it.
     *
     * @return "model=[ID] path=[FOLDER] report=[FILE]" and figures of the checks
     * @throws BioDLException where no macro runs; a macro is ended
     */
    public static String train(String options)
    {
        return reported(() ->
        {
            List<Option<?>> all = new ArrayList<>(TrainOptions.LIST);
            all.add(FileOptions.IMAGE);
            Settings given = MacroCall.settings(all, options);
            String path = given.get(FileOptions.IMAGE);
            ImagePlus image = path == null ? WindowManager.getCurrentImage() : ImageFiles.open(new File(path));
            boolean applies = TrainOptions.belongs(TrainOptions.APPLY, TrainOptions.method(given));
            TrainingResult result = TrainingTask.inMacro(applies ? given.with(TrainOptions.APPLY, false) : given, image);
            return "model=[" + result.modelId + "] path=[" + result.path + "] report=[" + result.report + "]"
                + (result.figures.isEmpty() ? "" : " " + String.join(" ", result.figures));
        });
    }

    /** @return the text of "BioDL Diagnostics..." */
    public static String diagnostics()
    {
        return DiagnosticsReport.text();
    }

    private static String run(Verb verb, String options)
    {
        return reported(() ->
        {
            Settings given = DefaultModel.in(settings(verb, options, FileOptions.OUTPUT_FILE), verb, null);
            List<ImagePlus> images = MacroCall.images(image(given), given);
            List<String> outputs = OpenModels.open(given.require(ImageOptions.MODEL)).outputs().stream().map(output -> output.name)
                .collect(Collectors.toList());
            String[] paths = ResultFiles.several(given.get(FileOptions.OUTPUT_FILE), outputs);
            ResultFiles files = new ResultFiles(given, images, paths);
            NetworkImages made = BioDL.run(verb, images, given, null);
            for (int i = 0; i < made.getImages().size(); i++)
                files.write(paths[i], made.getImages().get(i));
            Closing.tell(made.getSources().get(0).title, made.getModel().name, made.getAccount(), made.getRegion().text());
            Closing.cite(made.getModel());
            return "outputs=" + made.getRun().getPlanes().size() + " device=" + made.getAccount().getDevice() + " clipped="
                + made.getRun().clipped()
                + " times=[" + made.getAccount().getTimes() + "]";
        });
    }

    private static Settings settings(Verb verb, String text, Option<?>... more)
    {
        List<Option<?>> options = new ArrayList<>(verb.getOptions());
        options.addAll(Arrays.asList(FileOptions.IMAGE, FileOptions.OVERWRITE));
        options.addAll(Arrays.asList(more));
        return MacroCall.settings(options, text);
    }

    /** @return what the call gives; "" where it failed and the macro that made it has ended */
    private static String reported(Supplier<String> call)
    {
        try
        {
            return call.get();
        }
        catch (RuntimeException | Error e)
        {
            if (!Problems.reportToMacro(e))
                throw e;
            return "";
        }
    }

    private static ImagePlus image(Settings settings)
    {
        String path = settings.get(FileOptions.IMAGE);
        return path == null ? MacroCall.currentImage("Open an image first, or give image=FILE.") : ImageFiles.open(new File(path));
    }
}
