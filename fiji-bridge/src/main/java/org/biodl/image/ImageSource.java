package org.biodl.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.LUT;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;

/**
 * What a run reads of an ImageJ image: all of its channels, and the slices and frames chosen. Pixels are not copied; what else a result takes
 * from its source is noted when the run begins, because the image may be closed or converted meanwhile.
 */
public final class RunSource
{
    private static final List<String> Rgb = Arrays.asList("Red", "Green", "Blue");

    /** The image, and what it was when the run began. */
    public final ImagePlus image;
    public final String title;
    public final Calibration calibration;
    public final PixelType type;
    public final int width;
    public final int height;
    /** Channels of the stack: 1 for RGB. */
    public final int channels;
    /** 1-based. */
    public final int firstSlice;
    public final int firstFrame;
    public final int slices;
    public final int frames;
    /** CompositeImage's display mode, 0 for an image that is none. */
    public final int compositeMode;
    private final StackPlanes _planes;
    private final ImageStack _stack;
    private final int[] _indices;
    private final LUT[] _luts;

    /**
     * @param image any image but 8-bit colour
     * @param allSlices false: the current one
     * @param allFrames false: the current one
     * @throws BioDLException for an image that cannot be used
     */
    public RunSource(ImagePlus image, boolean allSlices, boolean allFrames)
    {
        if (image.getProcessor() == null)
            throw new BioDLException(BioDLException.HOST, "The image '" + image.getTitle() + "' was closed.", "Open it again.");
        this.image = image;
        title = image.getTitle();
        calibration = (Calibration) image.getCalibration().clone();
        type = ImageSource.type(image);
        width = image.getWidth();
        height = image.getHeight();
        channels = image.getNChannels();
        if (type == PixelType.ARGB32 && channels > 1)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The image '" + title + "' has " + channels + " channels of RGB pixels.",
                "Make slices of them with Image > Properties, or split the channels first.");
        slices = allSlices ? image.getNSlices() : 1;
        frames = allFrames ? image.getNFrames() : 1;
        firstSlice = allSlices ? 1 : image.getSlice();
        firstFrame = allFrames ? 1 : image.getFrame();
        compositeMode = image instanceof CompositeImage ? ((CompositeImage) image).getMode() : 0;
        _indices = new int[frames * slices * channels];
        for (int i = 0; i < _indices.length; i++)
            _indices[i] = image.getStackIndex(i % channels + 1, firstSlice + i / channels % slices, firstFrame + i / (slices * channels));
        _stack = image.getStack();
        _planes = new StackPlanes(_stack, _indices, channels + 1);
        _luts = new LUT[channels];
        for (int c = 0; c < channels; c++)
            _luts[c] = lut(image, c);
    }

    /** @return the pixels */
    public ImageView view()
    {
        return new ImageView(_planes, type, new long[] { frames, slices, channels, height, width }, width, 0);
    }

    /** @return the array of a plane, by 0-based frame, slice and channel among those of the run */
    public Object plane(int frame, int slice, int channel)
    {
        return _planes.plane(((long) frame * slices + slice) * channels + channel);
    }

    /** @return channels that a network sees: 3 for RGB */
    public int logicalChannels()
    {
        return type == PixelType.ARGB32 ? Rgb.size() : channels;
    }

    /** @return a name for each logical channel: its slice label's first line, else "" */
    public List<String> channelNames()
    {
        if (type == PixelType.ARGB32)
            return Rgb;
        List<String> names = new ArrayList<>();
        for (int c = 0; c < channels; c++)
        {
            String label = channels == 1 ? null : sliceLabel(0, 0, c);
            names.add(label == null ? "" : label.split("\n")[0].trim());
        }
        return names;
    }

    /** @return the label of a plane, or null */
    public String sliceLabel(int frame, int slice, int channel)
    {
        int index = stackIndex(frame, slice, channel);
        return index > _stack.getSize() ? null : _stack.getSliceLabel(index);
    }

    /** @return 1-based index in the image's stack of a 0-based frame, slice and channel of the run */
    public int stackIndex(int frame, int slice, int channel)
    {
        return _indices[(frame * slices + slice) * channels + channel];
    }

    /** @return colours and display range of a 0-based channel of the stack; a copy */
    public LUT lut(int channel)
    {
        return (LUT) _luts[channel].clone();
    }

    private static LUT lut(ImagePlus image, int channel)
    {
        if (image instanceof CompositeImage)
            return (LUT) ((CompositeImage) image).getChannelLut(channel + 1).clone();
        LUT lut = image.getProcessor().getLut();
        LUT copy = lut == null ? LUT.createLutFromColor(java.awt.Color.white) : (LUT) lut.clone();
        copy.min = image.getDisplayRangeMin();
        copy.max = image.getDisplayRangeMax();
        return copy;
    }

    /** @return planes of the run */
    public int planes()
    {
        return frames * slices * channels;
    }

    /** @return whether the image is still there, of the same type and size */
    public boolean isUnchanged()
    {
        return image.getProcessor() != null && image.getWidth() == width && image.getHeight() == height && image.getNChannels() == channels
            && image.getStackSize() >= stackIndex(frames - 1, slices - 1, channels - 1) && ImageSource.type(image) == type;
    }
}
