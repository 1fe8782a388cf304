package org.biodl.image;

import ij.ImagePlus;
import org.biodl.jni.Library;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.RunReport;
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
        Library.Version version = Library.version();
        image.setProp("BioDL.source", source.title);
        image.setProp("BioDL.objects", Integer.toString(objects.count()));
        image.setProp("BioDL.model", model.name);
        image.setProp("BioDL.model_source", model.source);
        image.setProp("BioDL.model_sha256", model.sha256);
        image.setProp("BioDL.options", options);
        image.setProp("BioDL.device", report.device);
        image.setProp("BioDL.device_name", report.deviceName);
        image.setProp("BioDL.version", version.version + " (" + version.build + ")");
        image.setProp("BioDL.onnxruntime", version.runtimeVersion);
        image.setProp("BioDL.details", report.provenance);
        image.setProp("BioDL.times", times(report, renderMs));
        if (!report.warnings.isEmpty())
            image.setProp("BioDL.warnings", report.warnings.replace('\n', ' '));
    }

    /** @return milliseconds of each stage, in one line */
    public static String times(RunReport r, double renderMs)
    {
        return String.format(java.util.Locale.ROOT,
            "prepare %.1f, read %.1f, normalise %.1f, network %.1f, candidates %.1f, suppression %.1f, render %.1f, total %.1f ms", r.prepareMs,
            r.readMs, r.normalizeMs, r.networkMs, r.candidatesMs, r.suppressMs, renderMs, r.totalMs + renderMs);
    }
}
