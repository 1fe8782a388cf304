package org.biodl.image;

import ij.ImagePlus;
import org.biodl.jni.Candidates;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.SegmentedObjects;
import org.biodl.run.Option;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;

/** What a network predicted in a part of an image, kept so that thresholds are answered at once. Used on one thread; closed on any. */
public final class KeptObjects implements AutoCloseable
{
    /** The lowest probability threshold that is kept unless a lower one is asked for. */
    private static final double LOWEST = 0.05;

    private final SegmentationTask _task;
    /** As they were given: the task has the model that fits in place of "auto". */
    private final Settings _asked;
    private final Candidates _candidates;

    private KeptObjects(SegmentationTask task, Settings asked, Candidates candidates)
    {
        _task = task;
        _asked = asked;
        _candidates = candidates;
    }

    /**
     * Run the network.
     *
     * @param region where objects will be looked for
     * @param settings of Verb.SEGMENT
     * @param listener told of the progress, may be null
     * @throws org.biodl.jni.BioDLException as Segmentation.of does
     */
    public static KeptObjects of(ImagePlus image, Region region, Settings settings, ProgressListener listener)
    {
        SegmentationTask task = new SegmentationTask(image, region, settings);
        return new KeptObjects(task, settings, task.keep(Math.min(LOWEST, task.probability(settings)), listener));
    }

    /** @return whether these settings differ only in what decides among the candidates, and in what is made of them */
    public boolean answers(Settings settings)
    {
        for (Option<?> option : settings.getOptions())
            if (!SegmentOptions.DECIDING.contains(option) && !settings.text(option).equals(_asked.text(option)))
                return false;
        return _task.probability(settings) >= _candidates.lowestProbability();
    }

    /** @return what a run with these settings finds @throws org.biodl.jni.BioDLException when it is cancelled */
    public Segmentation select(Settings settings, ProgressListener listener)
    {
        try (SegmentedObjects objects = _candidates.select(_task.stars(settings), listener))
        {
            return Segmentation.of(objects, _task, settings);
        }
    }

    @Override
    public void close()
    {
        _candidates.close();
    }
}
