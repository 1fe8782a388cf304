package org.biodl.run;

import java.util.Arrays;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;
import org.biodl.jni.PlannedOutput;

/**
 * The memory of one output of a run: an array for each plane, written in place by the engine. Planes of channels that nobody wants share
 * one array, which is thrown away.
 */
public final class ResultPlanes
{
    /** What the plan says. */
    public final PlannedOutput output;
    public final PixelType type;
    /** Planes kept: channel numbers of the output. For packed RGB the single plane. */
    private final int[] _kept;
    private final Object[] _arrays;
    private final Object _unwanted;

    /**
     * @param output what the plan says
     * @param type of the pixels
     * @param kept 0-based channels of the output to keep, null for all
     */
    public ResultPlanes(PlannedOutput output, PixelType type, int[] kept)
    {
        this.output = output;
        this.type = type;
        int pixels = pixels(output);
        _kept = kept == null || type == PixelType.ARGB32 ? all(type == PixelType.ARGB32 ? 1 : (int) output.shape[2]) : kept.clone();
        _arrays = new Object[frames() * slices() * _kept.length];
        for (int i = 0; i < _arrays.length; i++)
            _arrays[i] = type.array(pixels);
        _unwanted = _kept.length < planesOfView() ? type.array(pixels) : null;
    }

    /** @return bytes of the memory that would be needed */
    public static long bytes(PlannedOutput output, PixelType type, int kept)
    {
        long planes = Math.multiplyExact(output.shape[0], output.shape[1]) * (type == PixelType.ARGB32 ? 1 : kept);
        return Math.multiplyExact(Math.multiplyExact(planes, output.shape[3]), Math.multiplyExact(output.shape[4], type.bytes()));
    }

    /** @return what the engine writes to */
    public ImageView view()
    {
        int channels = planesOfView();
        return new ImageView(plane -> array((int) (plane / channels), (int) (plane % channels)), type,
            new long[] { frames(), slices(), channels, output.shape[3], output.shape[4] }, output.shape[4], 0);
    }

    public int frames()
    {
        return (int) output.shape[0];
    }

    public int slices()
    {
        return (int) output.shape[1];
    }

    /** @return channels kept: 1 for packed RGB */
    public int channels()
    {
        return _kept.length;
    }

    public int width()
    {
        return (int) output.shape[4];
    }

    public int height()
    {
        return (int) output.shape[3];
    }

    /** @return the model's name of a kept channel, "" where it has none */
    public String channelName(int channel)
    {
        return type == PixelType.ARGB32 ? "" : output.channelNames.get(_kept[channel]);
    }

    /** @return number in the output of a kept channel */
    public int channel(int kept)
    {
        return _kept[kept];
    }

    /** @return the pixels of a kept plane */
    public Object plane(int frame, int slice, int channel)
    {
        return _arrays[(frame * slices() + slice) * _kept.length + channel];
    }

    /** @return the kept planes, channel by channel, then slice, then frame, as ImageJ orders them; not copied */
    public List<Object> arrays()
    {
        return Arrays.asList(_arrays);
    }

    private int planesOfView()
    {
        return type == PixelType.ARGB32 ? 1 : (int) output.shape[2];
    }

    private Object array(int plane, int channel)
    {
        for (int k = 0; k < _kept.length; k++)
            if (_kept[k] == channel)
                return _arrays[plane * _kept.length + k];
        return _unwanted;
    }

    private static int[] all(int count)
    {
        int[] channels = new int[count];
        for (int i = 0; i < count; i++)
            channels[i] = i;
        return channels;
    }

    private static int pixels(PlannedOutput output)
    {
        long pixels = Math.multiplyExact(output.shape[3], output.shape[4]);
        if (pixels > Integer.MAX_VALUE - 8)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "A plane of the result " + output.name + " would have " + pixels
                + " pixels, more than an image in ImageJ can have.", "Select a part of the image.");
        return (int) pixels;
    }
}
