package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;
import org.biodl.jni.SegmentedObjects;

/**
 * What Analyze > Measure gives for the ROIs of objects, through ImageJ's own statistics: shape once, intensities for every channel of the
 * image, in the values that the calibration shows. Lengths are in the image's unit.
 */
final class ObjectMeasures
{
    private static final int INTENSITIES = Measurements.AREA | Measurements.MEAN | Measurements.MIN_MAX | Measurements.STD_DEV;

    private final ImageSource _source;
    /** ROIs know the pixel size of their image. */
    private final ImagePlus _place;

    ObjectMeasures(ImageSource source)
    {
        _source = source;
        _place = new ImagePlus("", new ByteProcessor(1, 1));
        _place.setCalibration(source.calibration);
    }

    /** Add the columns of an object to the last row of a table. @param roi of object i */
    void add(ResultsTable table, Roi roi, SegmentedObjects objects, int i)
    {
        for (int c = 0; c < _source.channels; c++)
        {
            ImageProcessor plane = _source.processor(objects.frame(i), objects.slice(i), c);
            plane.setRoi(roi);
            ImageStatistics found = ImageStatistics.getStatistics(plane, INTENSITIES, _source.calibration);
            if (c == 0)
                shape(table, roi, found.area);
            String channel = _source.channels == 1 ? "" : " C" + (c + 1);
            table.addValue("Mean" + channel, found.mean);
            table.addValue("Min" + channel, found.min);
            table.addValue("Max" + channel, found.max);
            table.addValue("StdDev" + channel, found.stdDev);
        }
    }

    private void shape(ResultsTable table, Roi roi, double area)
    {
        Roi placed = (Roi) roi.clone();
        placed.setImage(_place);
        double perimeter = placed.getLength();
        table.addValue("Perim.", perimeter);
        table.addValue("Circ.", perimeter == 0 ? 0 : Math.min(1, 4 * Math.PI * area / (perimeter * perimeter)));
        table.addValue("Feret", placed.getFeretValues()[0]);
    }
}
