package org.biodl.image;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import org.biodl.jni.PixelType;
import org.biodl.jni.PlannedOutput;
import org.biodl.jni.StarOptions;
import org.biodl.run.ResultPlanes;
import org.biodl.run.SegmentOptions;

/** Images of what the network of a segmentation predicts, of whole planes: memory for those that are asked for, filled by the run. */
final class PredictedMaps
{
    private final SegmentationTask _task;
    private final ResultPlanes _probability;
    private final ResultPlanes _distances;

    PredictedMaps(SegmentationTask task)
    {
        _task = task;
        boolean probability = task.settings.isOn(SegmentOptions.PROBABILITY_MAP);
        boolean distances = task.settings.isOn(SegmentOptions.DISTANCE_MAP);
        List<PlannedOutput> outputs = probability || distances ? task.predictions() : null;
        _probability = probability ? new ResultPlanes(outputs.get(0), PixelType.FLOAT32, null) : null;
        _distances = distances ? new ResultPlanes(outputs.get(1), PixelType.FLOAT32, null) : null;
    }

    /** Have the run fill them. */
    void request(StarOptions stars)
    {
        stars.probabilityMap = _probability == null ? null : _probability.view();
        stars.distanceMap = _distances == null ? null : _distances.view();
    }

    /** @return after the run; nothing is shown */
    List<ImagePlus> images()
    {
        List<ImagePlus> images = new ArrayList<>();
        if (_probability != null)
        {
            images.add(image(_probability, "probability"));
            images.get(0).setDisplayRange(0, 1);
        }
        if (_distances != null)
            images.add(image(_distances, "distances"));
        return images;
    }

    private ImagePlus image(ResultPlanes planes, String name)
    {
        String title = _task.source.title.replaceFirst("\\.\\w{1,4}$", "") + "-" + name;
        ImagePlus image = new ResultImage(planes, name, _task.source, _task.channels).create(title);
        image.resetDisplayRange();
        return image;
    }
}
