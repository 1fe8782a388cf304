package org.biodl.image;

import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import java.util.List;
import org.biodl.jni.SegmentedObjects;

/** The objects as a table: one row each, lengths in the unit of the image's calibration, places as ImageJ measures them. */
public final class ObjectTable
{
    /** The title of its window. */
    public static final String TITLE = "BioDL Objects";

    private ObjectTable()
    {
    }

    /**
     * Label, Probability, Area (of the label's pixels), X, Y (their centroid), Frame, Slice (from 1), Unit, StarX, StarY (the point that
     * the object was predicted from), Track (of linked objects), Image, and what ImageJ measures.
     *
     * @param rois of the objects
     * @param measure whether to measure them
     */
    static ResultsTable create(SegmentedObjects objects, List<Roi> rois, ImageSource source, boolean measure)
    {
        ResultsTable table = new ResultsTable();
        table.showRowNumbers(false);
        table.setPrecision(4);
        Calibration calibration = source.calibration;
        ObjectMeasures measures = new ObjectMeasures(source);
        for (int i = 0; i < objects.count(); i++)
        {
            table.incrementCounter();
            table.addValue("Label", objects.label(i));
            table.addValue("Probability", objects.probability(i));
            table.addValue("Area", objects.pixels(i) * calibration.pixelWidth * calibration.pixelHeight);
            table.addValue("X", calibration.getX(objects.centroidX(i) + 0.5));
            table.addValue("Y", calibration.getY(objects.centroidY(i) + 0.5, source.height));
            table.addValue("Frame", source.planes.firstFrame + objects.frame(i));
            table.addValue("Slice", source.planes.firstSlice + objects.slice(i));
            table.addValue("Unit", calibration.getUnit());
            table.addValue("StarX", calibration.getX(objects.centerX(i) + 0.5));
            table.addValue("StarY", calibration.getY(objects.centerY(i) + 0.5, source.height));
            if (objects.track(i) > 0)
                table.addValue("Track", objects.track(i));
            if (objects.classId(i) > 0)
                table.addValue("Class", objects.classId(i));
            table.addValue("Image", source.title);
            if (measure)
                measures.add(table, rois.get(i), objects, i);
        }
        table.setDecimalPlaces(0, 0);
        return table;
    }

    /** Show a table in the window of objects. @param append to the rows that are there */
    public static void show(ResultsTable table, boolean append)
    {
        ResultsTable shown = append ? ResultsTable.getResultsTable(TITLE) : null;
        if (shown == null || shown.size() == 0)
            table.show(TITLE);
        else
        {
            append(shown, table);
            shown.show(TITLE);
        }
    }

    /** Add the rows of a table to another. */
    public static void append(ResultsTable to, ResultsTable rows)
    {
        String[] columns = rows.getHeadings();
        for (int row = 0; row < rows.size(); row++)
        {
            to.incrementCounter();
            for (String column : columns)
            {
                double value = rows.getValue(column, row);
                if (Double.isNaN(value))
                    to.addValue(column, rows.getStringValue(column, row));
                else
                    to.addValue(column, value);
            }
        }
    }
}
