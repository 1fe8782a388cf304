package org.biodl.image;

import ij.IJ;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import org.biodl.jni.SegmentedObjects;

/** Objects as ImageJ's ROIs: sub-pixel polygons with name and position. */
public final class ObjectRois
{
    /** Marks the outlines that this plugin put on an image, so that the next run replaces them and no others. */
    private static final String MARK = "biodl";
    /** Properties of ROIs beside Label and Probability: the title of the image, and the track of a linked object. */
    public static final String IMAGE = "Image";
    public static final String TRACK = "Track";
    private static final int GROUPS = 255;

    private ObjectRois()
    {
    }

    /** @return one ROI for each object, in their order */
    static Roi[] create(SegmentedObjects objects, ImageSource source)
    {
        Roi[] rois = new Roi[objects.count()];
        for (int i = 0; i < rois.length; i++)
        {
            rois[i] = polygon(objects, i);
            rois[i].setName("Object " + objects.label(i) + source.planes.suffix(objects.frame(i), objects.slice(i)));
            rois[i].setProperty(IMAGE, source.title);
            rois[i].setProperty("Label", Long.toString(objects.label(i)));
            rois[i].setProperty("Probability", IJ.d2s(objects.probability(i), 4));
            if (objects.track(i) > 0)
            {
                rois[i].setProperty(TRACK, Long.toString(objects.track(i)));
                rois[i].setGroup(1 + (int) ((objects.track(i) - 1) % GROUPS));
            }
            source.planes.bind(rois[i], objects.frame(i), objects.slice(i));
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
    private static Roi polygon(SegmentedObjects objects, int i)
    {
        int rays = objects.rays();
        float[] x = new float[rays];
        float[] y = new float[rays];
        for (int k = 0; k < rays; k++)
        {
            x[k] = objects.vertexX(i, k) + 0.5f;
            y[k] = objects.vertexY(i, k) + 0.5f;
        }
        return new PolygonRoi(x, y, rays, Roi.POLYGON);
    }
}
