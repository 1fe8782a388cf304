package org.biodl.jni;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** An open model. May be used by several threads at once. */
public final class Model implements AutoCloseable
{
    private final Handle _handle;
    private final ModelInfo _info;
    private final List<TensorInfo> _inputs;
    private final List<TensorInfo> _outputs;

    private Model(long handle)
    {
        _handle = new Handle(handle, Model::close);
        _info = describe(handle);
        _inputs = Collections.unmodifiableList(Arrays.asList(inputs(handle, _info.inputs)));
        _outputs = Collections.unmodifiableList(Arrays.asList(outputs(handle, _info.outputs)));
    }

    /**
     * Open a model.
     *
     * @param path a folder or file, or "" or "builtin:NAME" for a built-in one
     * @return the model; close it
     * @throws BioDLException when there is no such model, or it cannot be used
     */
    public static Model open(String path)
    {
        Natives.load();
        return new Model(open(Text.bytes(path)));
    }

    /** @return what it says of itself */
    public ModelInfo info()
    {
        return _info;
    }

    /** @return the tensors that the network takes, in the order of a run's inputs */
    public List<TensorInfo> inputs()
    {
        return _inputs;
    }

    /** @return the tensors that the network gives, in the order of a run's outputs */
    public List<TensorInfo> outputs()
    {
        return _outputs;
    }

    /**
     * Plan a run without making it; no pixel is read.
     *
     * @param inputs an image for each input of the network, of the same T, Z, Y and X
     * @param options how
     * @throws BioDLException when the images do not fit the network; the message names the axis
     */
    public RunPlan plan(List<ImageView> inputs, RunOptions options)
    {
        return RunPlan.plan(_handle.get(), inputs.toArray(new ImageView[0]), new RunOptions.Struct(options, _info));
    }

    /**
     * Run the network.
     *
     * @param inputs as for a plan
     * @param options how
     * @param outputs an image for each output, of the shape that the plan gives; null entries are not written. Written tile by tile:
     * undefined
     *        after a failure
     * @param listener told of the progress, may be null
     * @throws BioDLException when the run fails or is cancelled
     */
    public RunResult run(List<ImageView> inputs, RunOptions options, List<ImageView> outputs, ProgressListener listener)
    {
        return RunResult.run(_handle.get(), inputs.toArray(new ImageView[0]), new RunOptions.Struct(options, _info),
            outputs.toArray(new ImageView[0]),
            listener);
    }

    /**
     * Plan a segmentation without making it; no pixel is read. The outputs are what the network predicts.
     *
     * @param image the pixels
     * @param options how
     * @throws BioDLException when the image does not fit the network, or the model is not StarDist's
     */
    public RunPlan planSegment(ImageView image, RunOptions options)
    {
        return RunPlan.planStars(_handle.get(), image, new RunOptions.Struct(options, _info));
    }

    /**
     * Segment an image.
     *
     * @param image the pixels
     * @param options how to run; objects have their centroid in its region and on its mask
     * @param stars which candidates are objects
     * @param listener told of the progress, may be null
     * @return what was found; close it
     * @throws BioDLException when the run fails or is cancelled
     */
    public SegmentedObjects segment(ImageView image, RunOptions options, StarOptions stars, ProgressListener listener)
    {
        return SegmentedObjects.of(segment(_handle.get(), image, new RunOptions.Struct(options, _info), new StarOptions.Struct(stars),
            listener));
    }

    /**
     * Run the network once and keep what it predicts, to find objects by one threshold after the other.
     *
     * @param image the pixels; not read after the call
     * @param options how to run; region and mask hold for every answer
     * @param lowest the lowest probability threshold that will be asked for, 0 to 1; null for 0.05
     * @param listener told of the progress, may be null
     * @return what is kept; close it
     * @throws BioDLException when the run fails or is cancelled
     */
    public Candidates keep(ImageView image, RunOptions options, Double lowest, ProgressListener listener)
    {
        return new Candidates(keep(_handle.get(), image, new RunOptions.Struct(options, _info), StarOptions.threshold(lowest), listener));
    }

    /** @return what the library knows it by, 0 when it is closed */
    long handle()
    {
        return _handle.get();
    }

    @Override
    public void close()
    {
        _handle.close();
    }

    private static native long open(byte[] path);

    private static native ModelInfo describe(long handle);

    private static native TensorInfo[] inputs(long handle, int count);

    private static native TensorInfo[] outputs(long handle, int count);

    private static native long segment(long handle, ImageView image, RunOptions.Struct options, StarOptions.Struct stars,
        ProgressListener listener);

    private static native long keep(long handle, ImageView image, RunOptions.Struct options, double lowest, ProgressListener listener);

    private static native void close(long handle);
}
