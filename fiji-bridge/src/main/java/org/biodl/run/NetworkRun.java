package org.biodl.run;

import java.util.ArrayList;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.RunResult;

/** One run of a network, from what was prepared to the pixels of its outputs. */
public final class NetworkRun
{
    private final RunPreparation _preparation;
    private final RunResult _result;
    private final List<ResultPlanes> _planes;

    private NetworkRun(RunPreparation preparation, RunResult result, List<ResultPlanes> planes)
    {
        _preparation = preparation;
        _result = result;
        _planes = planes;
    }

    /**
     * @param preparation what to do
     * @param wanted how many of the outputs are wanted; the others are not written
     * @param listener told of the progress, may be null
     * @throws BioDLException when the run fails or is cancelled
     */
    public static NetworkRun of(RunPreparation preparation, int wanted, ProgressListener listener)
    {
        List<ResultPlanes> planes = new ArrayList<>();
        List<ImageView> views = new ArrayList<>();
        List<ImageView> inputs = preparation.views();
        for (int i = 0; i < preparation.plan.outputs.size(); i++)
        {
            if (i < wanted)
                planes.add(new ResultPlanes(preparation.plan.outputs.get(i), preparation.type(i), preparation.kept(i)));
            views.add(i >= wanted ? null : preparation.keepsValues(i) ? planes.get(i).view().withValuesOf(inputs.get(0))
                : planes.get(i).view());
        }
        return new NetworkRun(preparation, preparation.model.run(inputs, preparation.options, views, listener), planes);
    }

    /** @return what was to be done */
    public RunPreparation getPreparation()
    {
        return _preparation;
    }

    /** @return how the engine fared */
    public RunResult getResult()
    {
        return _result;
    }

    /** @return the pixels of each output that was wanted */
    public List<ResultPlanes> getPlanes()
    {
        return _planes;
    }

    /** @return values of all outputs that were beyond their pixel type */
    public long clipped()
    {
        long clipped = 0;
        for (int i = 0; i < _planes.size(); i++)
            clipped += _result.clipped(i);
        return clipped;
    }

    /** @return values that were changed because their pixel type or ImageJ cannot hold them, one sentence an output */
    public List<String> losses()
    {
        List<String> losses = new ArrayList<>();
        for (int i = 0; i < _planes.size(); i++)
        {
            String name = _preparation.name(i);
            if (_result.clipped(i) > 0)
                losses.add(name + ": " + _result.clipped(i)
                    + " values were beyond the range of the pixel type and were clipped; output_type=32-bit keeps them");
            if (_result.notFinite(i) > 0)
                losses.add(name + ": " + _result.notFinite(i) + " values were NaN or infinite and became 0");
        }
        return losses;
    }
}
