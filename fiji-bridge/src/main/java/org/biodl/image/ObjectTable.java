package org.biodl.image;

import ij.measure.Calibration;
import ij.measure.ResultsTable;
import org.biodl.jni.SegmentedObjects;

/** The objects as a table: one row each, lengths in the unit of the image's calibration. */
public final class ObjectTable
{
    /** The title of its window. */
    public static final String TITLE = "BioDL Objects";

    private ObjectTable()
    {
    }

    /** @return Label, Probability, Area, X, Y (of the centre), Frame, Slice (from 1), Unit */
    static ResultsTable create(SegmentedObjects objects, ImageSource source)
    {
        ResultsTable table = new ResultsTable();
        table.showRowNumbers(false);
        table.setPrecision(4);
        Calibration calibration = source.calibration;
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
        }
        table.setDecimalPlaces(0, 0);
        return table;
    }

    /** Add the rows of a table to another. */
    public static void append(ResultsTable to, ResultsTable rows)
    {
        for (int row = 0; row < rows.size(); row++)
        {
            to.incrementCounter();
            for (String column : rows.getHeadings())
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
