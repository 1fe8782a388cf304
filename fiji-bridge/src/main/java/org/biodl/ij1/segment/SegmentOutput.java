package org.biodl.ij1.segment;

import ij.IJ;
import ij.ImagePlus;
import ij.Undo;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import org.biodl.image.ObjectRois;
import org.biodl.image.ObjectTable;

/** Shows what a run found. Everything is made before anything is shown, so a failure leaves no half result. */
final class SegmentOutput
{
    private SegmentOutput()
    {
    }

    static void show(SegmentRun run)
    {
        Roi[] rois = ObjectRois.create(run.objects, run.source);
        ImagePlus labels = run.settings.wantsLabels() ? run.labels() : null;
        ij.measure.ResultsTable table = ObjectTable.create(run.objects, run.source);
        if (labels == null && run.source.isUnchanged())
            run.writeProvenance(run.source.image);
        if (run.settings.wantsRois())
            addRois(rois, run.settings.resetRois);
        table.show(ObjectTable.Title);
        if (labels != null)
            labels.show();
        if (run.settings.overlay)
            showOverlay(run, rois);
        tell(run);
    }

    /** Edit > Undo brings back the overlay that was there. */
    private static void showOverlay(SegmentRun run, Roi[] rois)
    {
        ImagePlus image = run.source.image;
        if (!run.source.isUnchanged())
        {
            IJ.log("BioDL: the image '" + run.source.title + "' was closed or changed during the run, so no outlines were drawn on it.");
            return;
        }
        saveForUndo(image);
        image.setOverlay(ObjectRois.overlay(image.getOverlay(), run.objects, rois));
    }

    /** ImageJ restores an overlay together with the pixels of a filter, and only if there was one: so no pixels, and an empty overlay. */
    private static void saveForUndo(ImagePlus image)
    {
        if (image.getOverlay() == null)
            image.setOverlay(new Overlay());
        image.getProcessor().setSnapshotPixels(null);
        Undo.setup(Undo.FILTER, image);
        Undo.saveOverlay(image);
    }

    private static void addRois(Roi[] rois, boolean reset)
    {
        // In batch mode this is the macro's own list, which has no window.
        RoiManager manager = RoiManager.getInstance2();
        if (manager == null)
            manager = RoiManager.getRoiManager();
        if (reset)
            manager.reset();
        for (Roi roi : rois)
            manager.addRoi(roi);
    }

    private static void tell(SegmentRun run)
    {
        org.biodl.jni.RunReport report = run.objects.report();
        for (String warning : report.warnings.split("\n"))
            if (!warning.isEmpty())
                IJ.log("BioDL: " + warning);
        IJ.showStatus("BioDL: " + run.objects.count() + (run.objects.count() == 1 ? " object in " : " objects in ")
            + IJ.d2s(report.totalMs / 1000, 2) + " s on " + report.deviceName);
    }
}
