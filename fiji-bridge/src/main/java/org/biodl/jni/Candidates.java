package org.biodl.jni;

/**
 * What a network predicted in an image, kept so that other thresholds are answered without it, in milliseconds for what a screen shows.
 * Nothing of the image is kept. May be used by several threads at once.
 */
public final class Candidates implements AutoCloseable
{
    private final Handle _handle;
    private final Info _info;

    Candidates(long handle)
    {
        _handle = new Handle(handle, Candidates::destroy);
        _info = describe(handle);
    }

    /** What is kept. */
    static final class Info
    {
        final long count;
        final double probThreshold;

        // <generated Info>
        Info(long count, double probThreshold)
        {
            this.count = count;
            this.probThreshold = probThreshold;
        }
        // </generated>
    }

    /** @return how many are kept, of all planes */
    public long count()
    {
        return _info.count;
    }

    /** @return probability thresholds from this on can be answered; above what was asked for where there were too many candidates */
    public double lowestProbability()
    {
        return _info.probThreshold;
    }

    /**
     * The objects by these options, equal to those of a run with them.
     *
     * @param stars which candidates are objects; without maps
     * @param listener told of the progress, may be null
     * @return what was found; close it
     * @throws BioDLException when the probability is below {@link #lowestProbability()}, which needs a new run, or when it is cancelled
     */
    public SegmentedObjects select(StarOptions stars, ProgressListener listener)
    {
        return SegmentedObjects.of(select(_handle.get(), new StarOptions.Struct(stars), listener));
    }

    @Override
    public void close()
    {
        _handle.close();
    }

    private static native Info describe(long handle);

    private static native long select(long handle, StarOptions.Struct stars, ProgressListener listener);

    static native void destroy(long handle);
}
