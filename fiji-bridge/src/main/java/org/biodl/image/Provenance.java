package org.biodl.image;

import ij.ImagePlus;
import java.util.List;
import org.biodl.jni.Library;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.RunReport;
import org.biodl.jni.RunResult;
import org.biodl.jni.SegmentedObjects;

/** Writes into an image how it was made; Image > Show Info lists it, TIFF files keep it, macros read it with Property.get. */
public final class Provenance
{
    private Provenance()
    {
    }

    /**
     * @param image the result
     * @param source what was segmented
     * @param model the model used
     * @param options the options of the command, as a macro gives them
     * @param objects what was found
     * @param renderMs how long drawing the label image took
     */
    public static void write(ImagePlus image, ImageSource source, ModelInfo model, String options, SegmentedObjects objects, double renderMs)
    {
        RunReport report = objects.report();
        image.setProp("BioDL.source", source.title);
        image.setProp("BioDL.objects", Integer.toString(objects.count()));
        writeModel(image, model, options);
        image.setProp("BioDL.device", report.device);
        image.setProp("BioDL.device_name", report.deviceName);
        image.setProp("BioDL.details", report.provenance);
        image.setProp("BioDL.times", times(report, renderMs));
        if (!report.warnings.isEmpty())
            image.setProp("BioDL.warnings", report.warnings.replace('\n', ' '));
    }

    /**
     * @param image the result
     * @param sources what the network saw, one image for each of its inputs
     * @param model the model used
     * @param options the options of the command, as a macro gives them
     * @param result how the run went
     * @param output number of the output that the image shows
     */
    public static void write(ImagePlus image, List<RunSource> sources, ModelInfo model, String options, RunResult result, int output)
    {
        StringBuilder titles = new StringBuilder();
        for (RunSource source : sources)
            titles.append(titles.length() == 0 ? "" : ", ").append(source.title);
        image.setProp("BioDL.source", titles.toString());
        writeModel(image, model, options);
        image.setProp("BioDL.model_id", model.id);
        image.setProp("BioDL.model_version", model.version);
        image.setProp("BioDL.model_format", model.format);
        image.setProp("BioDL.weights_format", model.weightsFormat);
        image.setProp("BioDL.device", result.device);
        image.setProp("BioDL.device_name", result.deviceName);
        image.setProp("BioDL.details", result.provenance);
        image.setProp("BioDL.clipped", Long.toString(result.clipped(output)));
        image.setProp("BioDL.not_finite", Long.toString(result.notFinite(output)));
        image.setProp("BioDL.times", times(result));
        if (!result.warnings.isEmpty())
            image.setProp("BioDL.warnings", String.join(" ", result.warnings));
    }

    private static void writeModel(ImagePlus image, ModelInfo model, String options)
    {
        Library.Version version = Library.version();
        image.setProp("BioDL.model", model.name);
        image.setProp("BioDL.model_source", model.source);
        image.setProp("BioDL.model_sha256", model.sha256);
        image.setProp("BioDL.options", options);
        image.setProp("BioDL.version", version.version + " (" + version.build + ")");
        image.setProp("BioDL.onnxruntime", version.runtimeVersion);
    }

    /** @return milliseconds of each stage, in one line */
    public static String times(RunResult r)
    {
        return String.format(java.util.Locale.ROOT, "prepare %.1f, statistics %.1f, read %.1f, network %.1f, write %.1f, total %.1f ms", r.prepareMs,
            r.statisticsMs, r.readMs, r.networkMs, r.writeMs, r.totalMs);
    }

    /** @return milliseconds of each stage, in one line */
    public static String times(RunReport r, double renderMs)
    {
        return String.format(java.util.Locale.ROOT,
            "prepare %.1f, read %.1f, normalise %.1f, network %.1f, candidates %.1f, suppression %.1f, render %.1f, total %.1f ms", r.prepareMs,
            r.readMs, r.normalizeMs, r.networkMs, r.candidatesMs, r.suppressMs, renderMs, r.totalMs + renderMs);
    }
}
