package org.biodl.image;

import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import org.biodl.jni.SegmentedObjects;

/** Objects as ImageJ's ROIs: sub-pixel polygons with name and position. */
public final class ObjectRois
{
    /** Marks the outlines that this plugin put on an image, so that the next run replaces them and no others. */
    private static final String MARK = "biodl";

    private ObjectRois()
    {
    }

    /** @return one ROI for each object, in their order */
    static Roi[] create(SegmentedObjects objects, SegmentedPart part)
    {
        Roi[] rois = new Roi[objects.count()];
        for (int i = 0; i < rois.length; i++)
        {
            rois[i] = polygon(objects, i, part);
            rois[i].setName(name(objects, i, part));
            place(rois[i], objects.frame(i), objects.slice(i), part);
        }
        return rois;
    }

    /** @return what was there, without earlier outlines of ours, and the new outlines in the colours of their labels */
    public static Overlay overlay(Overlay present, Segmentation found)
    {
        Overlay overlay = new Overlay();
        for (int i = 0; present != null && i < present.size(); i++)
            if (present.get(i).getProperty(MARK) == null)
                overlay.add(present.get(i));
        for (int i = 0; i < found.getCount(); i++)
        {
            Roi outline = (Roi) found.getRois().get(i).clone();
            outline.setProperty(MARK, "outline");
            outline.setStrokeColor(LabelLut.color(found.getLabel(i)));
            overlay.add(outline);
        }
        return overlay;
    }

    /** ImageJ puts 0 on the corner of the first pixel, the engine on its centre. */
    private static Roi polygon(SegmentedObjects objects, int i, SegmentedPart part)
    {
        int rays = objects.rays();
        float[] x = new float[rays];
        float[] y = new float[rays];
        for (int k = 0; k < rays; k++)
        {
            x[k] = objects.vertexX(i, k) + part.bounds.x + 0.5f;
            y[k] = objects.vertexY(i, k) + part.bounds.y + 0.5f;
        }
        return new PolygonRoi(x, y, rays, Roi.POLYGON);
    }

    private static String name(SegmentedObjects objects, int i, SegmentedPart part)
    {
        String name = "Object " + objects.label(i);
        if (part.source.slices > 1)
            name += " z" + (part.source.firstSlice + objects.slice(i));
        if (part.source.frames > 1)
            name += " t" + (part.source.firstFrame + objects.frame(i));
        return name;
    }

    /** In a hyperstack the outline belongs to all channels, because one measures in the others what one channel shows. */
    private static void place(Roi roi, int frame, int slice, SegmentedPart part)
    {
        if (part.source.hyperstack)
            roi.setPosition(0, part.source.firstSlice + slice, part.source.firstFrame + frame);
        else if (part.source.stackSize > 1)
            roi.setPosition(part.stackIndex(frame, slice));
    }
}
