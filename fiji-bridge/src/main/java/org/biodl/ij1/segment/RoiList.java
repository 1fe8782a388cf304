package org.biodl.ij1.segment;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.biodl.image.ObjectRois;
import org.biodl.image.Segmentation;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;

/**
 * The ROIs of runs in the ROI Manager. A run replaces those of earlier runs on the same image, and on images that are closed; ROIs of
 * images that are open, and those that others made, stay. Where ROIs of several images are there, names begin with the title of the
 * image, and each image is a group.
 */
final class RoiList
{
    /** Says on a ROI from which image of which ImageJ it came: numbers of images mean nothing in another one. */
    private static final String OWNER = "BioDL";
    private static final String SESSION = Long.toHexString(System.currentTimeMillis() ^ System.nanoTime()) + ":";
    private static final int GROUPS = 255;

    private RoiList()
    {
    }

    /** @return the list; in batch mode the macro's own, which has no window @throws java.awt.HeadlessException where there is no screen */
    static RoiManager manager()
    {
        RoiManager manager = RoiManager.getInstance2();
        return manager == null ? RoiManager.getRoiManager() : manager;
    }

    /** Add what was found. */
    static void add(Segmentation found, Settings settings)
    {
        RoiManager manager = manager();
        List<Roi> all = new ArrayList<>();
        if (!settings.isOn(SegmentOptions.RESET_ROIS))
            for (Roi roi : manager.getRoisAsArray())
                if (settings.is(SegmentOptions.ROIS, SegmentOptions.ADD) || !isOutdated(roi, found.getSource().image))
                    all.add(roi);
        boolean appended = all.size() == manager.getCount();
        for (Roi roi : found.getRois())
        {
            Roi own = (Roi) roi.clone();
            own.setProperty(OWNER, SESSION + found.getSource().image.getID());
            all.add(own);
        }
        boolean marked = markImages(all);
        int from = appended && !marked ? manager.getCount() : 0;
        if (from == 0)
            manager.reset();
        show(manager, all.subList(from, all.size()), found.getSource().image);
    }

    private static boolean isOutdated(Roi roi, ImagePlus image)
    {
        String owner = roi.getProperty(OWNER);
        if (owner == null || !owner.startsWith(SESSION))
            return false;
        int id = Integer.parseInt(owner.substring(SESSION.length()));
        return id == image.getID() || WindowManager.getImage(id) == null;
    }

    /** @return whether there are several images, so that names and groups tell them apart */
    private static boolean markImages(List<Roi> rois)
    {
        Map<String, Integer> groups = new LinkedHashMap<>();
        for (Roi roi : rois)
            if (roi.getProperty(OWNER) != null)
                groups.putIfAbsent(roi.getProperty(OWNER), 1 + groups.size() % GROUPS);
        if (groups.size() < 2)
            return false;
        for (Roi roi : rois)
            if (roi.getProperty(OWNER) != null)
            {
                String title = roi.getProperty(ObjectRois.IMAGE) + " ";
                if (!roi.getName().startsWith(title))
                    roi.setName(title + roi.getName());
                if (roi.getProperty(ObjectRois.TRACK) == null)
                    roi.setGroup(groups.get(roi.getProperty(OWNER)));
            }
        return true;
    }

    /** ImageJ turns to the slice of a ROI in the current image while it adds it, whatever image that is. */
    private static void show(RoiManager manager, List<Roi> rois, ImagePlus image)
    {
        ImagePlus current = WindowManager.getTempCurrentImage();
        boolean open = WindowManager.getImage(image.getID()) != null;
        try
        {
            if (open)
                WindowManager.setTempCurrentImage(image);
            for (Roi roi : rois)
                manager.addRoi(roi);
        }
        finally
        {
            if (open)
                WindowManager.setTempCurrentImage(current);
        }
    }
}
