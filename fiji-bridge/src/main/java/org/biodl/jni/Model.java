package org.biodl.jni;

/** An open model. May be used by several threads at once. */
public final class Model implements AutoCloseable
{
    private final Handle _handle;
    private final ModelInfo _info;

    private Model(long handle)
    {
        _handle = new Handle(handle, Model::close);
        byte[][] texts = new byte[6][];
        double[] numbers = new double[8];
        describe(handle, texts, numbers);
        _info = new ModelInfo(Text.of(texts), numbers);
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

    /**
     * Segment an image.
     *
     * @param image the pixels
     * @param mask UINT8, as large as a plane: only objects with their centre on a non-zero pixel; null for all
     * @param options how
     * @param listener told of the progress, may be null
     * @return what was found; close it
     * @throws BioDLException when the run fails or is cancelled
     */
    public SegmentedObjects segment(ImageView image, ImageView mask, SegmentOptions options, ProgressListener listener)
    {
        long objects = segment(_handle.get(), image, mask, options.integers(), options.numbers(_info), Text.bytes(options.device), listener);
        try
        {
            return new SegmentedObjects(objects);
        }
        catch (RuntimeException | Error e)
        {
            // more objects than Java has memory for
            SegmentedObjects.destroy(objects);
            throw e;
        }
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

    private static native void describe(long handle, byte[][] texts, double[] numbers);

    private static native long segment(long handle, ImageView image, ImageView mask, long[] integers, double[] numbers, byte[] device,
        ProgressListener listener);

    private static native void close(long handle);
}
