package org.biodl.image;

import ij.gui.Roi;
import ij.process.ImageProcessor;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;

/** ROIs as the images that a training takes: a number for each, or the class of each. Where two overlap, the later one wins. */
final class RoiLabels
{
    private static final int MOST = 65_535;

    private final List<Roi> _rois = new ArrayList<>();

    /** @throws BioDLException where no ROI has an area, or there are too many */
    RoiLabels(List<Roi> rois, String from)
    {
        for (Roi roi : rois)
            if (roi.isArea())
                _rois.add(roi);
        if (_rois.isEmpty())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, from + " has no area that marks an object.",
                "Draw the outline of every object, and add each with t (Edit > Selection > Add to Manager).");
        if (_rois.size() > MOST)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, from + " has " + _rois.size() + " ROIs; " + MOST
                + " are the most that one image can have.", "Use a label image, or fewer slices.");
    }

    List<Roi> rois()
    {
        return _rois;
    }

    /** @return group of each ROI, which is its class; null where no ROI has one */
    int[] classes()
    {
        int[] classes = _rois.stream().mapToInt(Roi::getGroup).toArray();
        for (int number : classes)
            if (number > 0)
                return classes;
        return null;
    }

    /** @return one plane with the number of each ROI, from 1 */
    ImageView numbers(TrainingPart on, int frame, int slice)
    {
        return view(on, frame, slice, false);
    }

    /** @return one plane with the class of each ROI, 1 for those without a group */
    ImageView classNumbers(TrainingPart on, int frame, int slice)
    {
        return view(on, frame, slice, true);
    }

    /** @return whether a ROI marks something on a plane: it is bound to it, or to none */
    static boolean isOn(Roi roi, PlaneMap planes, int frame, int slice)
    {
        int[] place = planes.placeOf(roi);
        return (place[1] == 0 || place[1] == planes.firstSlice + slice) && (place[2] == 0 || place[2] == planes.firstFrame + frame);
    }

    private ImageView view(TrainingPart on, int frame, int slice, boolean classes)
    {
        Remembered<short[]> drawn = new Remembered<>(() -> draw(on, frame, slice, classes));
        return new ImageView(plane -> drawn.get(), PixelType.UINT16, new long[] { 1, 1, 1, on.height, on.width }, on.width, 0);
    }

    private short[] draw(TrainingPart on, int frame, int slice, boolean classes)
    {
        short[] pixels = new short[on.width * on.height];
        for (int i = 0; i < _rois.size(); i++)
            if (isOn(_rois.get(i), on.planes, frame, slice))
                fill(pixels, on, _rois.get(i), classes ? Math.max(1, _rois.get(i).getGroup()) : i + 1);
        return pixels;
    }

    private static void fill(short[] pixels, TrainingPart on, Roi roi, int number)
    {
        Rectangle all = roi.getBounds();
        Rectangle part = all.intersection(new Rectangle(on.width, on.height));
        ImageProcessor mask = roi.getMask();
        for (int y = part.y; y < part.y + part.height; y++)
            for (int x = part.x; x < part.x + part.width; x++)
                if (mask == null || mask.get(x - all.x, y - all.y) != 0)
                    pixels[y * on.width + x] = (short) number;
    }
}
