package org.biodl.ij1.segment;

import ij.IJ;
import ij.ImagePlus;
import ij.Undo;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.plugin.frame.RoiManager;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import org.biodl.ij1.Closing;
import org.biodl.ij1.Place;
import org.biodl.ij1.Results;
import org.biodl.image.ObjectRois;
import org.biodl.image.ObjectTable;
import org.biodl.image.Segmentation;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;

/** Shows what a run found. Everything is made before anything is shown, so a failure leaves no half result. */
final class SegmentOutput
{
    private SegmentOutput()
    {
    }

    /** @throws java.awt.HeadlessException where what is asked for needs a screen, and there is none */
    static void check(Settings settings)
    {
        if (GraphicsEnvironment.isHeadless() && SegmentOptions.wantsRois(settings))
            RoiList.manager();
    }

    static void show(Segmentation found, Settings settings)
    {
        ImagePlus labels = found.getLabels();
        if (labels == null && found.getSource().isUnchanged())
            found.writeProvenance(found.getSource().image);
        if (SegmentOptions.wantsRois(settings))
            RoiList.add(found, settings);
        ObjectTable.show(found.getTable(), settings.is(SegmentOptions.TABLE, SegmentOptions.APPEND));
        if (labels != null)
            Results.show(labels, found.getSource().image);
        for (ImagePlus map : found.getMaps())
            Results.show(map, found.getSource().image);
        if (settings.isOn(SegmentOptions.OVERLAY))
            showOverlay(found);
        Closing.tell(found.getSource().title, found.getCount() + (found.getCount() == 1 ? " object" : " objects"), found.getAccount(),
            found.getRegion().text());
        Closing.cite(found.getModel());
        Window source = found.getSource().image.getWindow();
        if (source == null)
            return;
        Window beside = labels == null ? null : labels.getWindow();
        Place.nowAndLate(() -> arrange(source, beside));
    }

    /** The labels stand beside their source, and nothing stands over the two. */
    private static void arrange(Window source, Window labels)
    {
        Window[] ours = { RoiManager.getInstance(), WindowManager.getWindow(ObjectTable.TITLE), WindowManager.getWindow("Log") };
        for (Window window : ours)
            Place.clear(window, source, labels);
    }

    /** Edit > Undo brings back the overlay that was there. */
    private static void showOverlay(Segmentation found)
    {
        ImagePlus image = found.getSource().image;
        if (!found.getSource().isUnchanged())
        {
            IJ.log("BioDL: the image '" + found.getSource().title
                + "' was closed or changed during the run, so no outlines were drawn on it.");
            return;
        }
        saveForUndo(image);
        image.setOverlay(ObjectRois.overlay(image.getOverlay(), found));
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
}
