package org.biodl.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.LUT;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;
import org.biodl.jni.Planes;
import org.biodl.run.ChannelChoice;
import org.biodl.run.Format;
import org.biodl.run.ImageInput;
import org.biodl.run.ImageOptions;
import org.biodl.run.NetworkOptions;
import org.biodl.run.Option;
import org.biodl.run.Settings;

/**
 * What a run reads of an ImageJ image: all of its channels, and the slices and frames chosen. Pixels are not copied; what else a result
 * takes from its source is noted when the run begins, because the image may be closed or converted meanwhile.
 */
public final class ImageSource implements ImageInput
{
    private static final List<String> RGB = Arrays.asList("Red", "Green", "Blue");

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
    public final int stackSize;
    /** Whether planes are found by channel, slice and frame rather than by one number. */
    public final boolean hyperstack;
    /** CompositeImage's display mode, 0 for an image that is none. */
    public final int compositeMode;
    private final StackPlanes _planes;
    private final ImageStack _stack;
    private final int[] _indices;
    private final LUT[] _luts;
    private final int _shown;

    /**
     * @param image any image but 8-bit colour
     * @param settings choose slices and frames
     * @throws BioDLException for an image that cannot be used, or planes that it has not
     */
    public ImageSource(ImagePlus image, Settings settings)
    {
        if (image.getProcessor() == null)
            throw new BioDLException(BioDLException.HOST, "The image '" + image.getTitle() + "' was closed.", "Open it again.");
        this.image = image;
        title = image.getTitle();
        calibration = (Calibration) image.getCalibration().clone();
        type = type(image);
        width = image.getWidth();
        height = image.getHeight();
        channels = image.getNChannels();
        if (type == PixelType.ARGB32 && channels > 1)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The image '" + title + "' has " + channels
                + " channels of RGB pixels.",
                "Make slices of them with Image > Properties, or split the channels first.");
        hyperstack = image.getNDimensions() > 3;
        stackSize = image.getStackSize();
        firstSlice = first(settings, ImageOptions.SLICES, image.getNSlices(), image.getSlice());
        firstFrame = first(settings, ImageOptions.FRAMES, image.getNFrames(), image.getFrame());
        slices = isAll(settings, ImageOptions.SLICES) ? image.getNSlices() : 1;
        frames = isAll(settings, ImageOptions.FRAMES) ? image.getNFrames() : 1;
        _shown = type == PixelType.ARGB32 ? 0 : image.getC() - 1;
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

    @Override
    public ImageView view()
    {
        return new ImageView(_planes, type, new long[] { frames, slices, channels, height, width }, width, 0);
    }

    /**
     * @param chosen 0-based channels, null for all
     * @param part of each plane
     * @return these pixels alone
     */
    ImageView view(int[] chosen, Rectangle part)
    {
        long first = (long) part.y * width + part.x;
        int count = chosen == null ? channels : chosen.length;
        Planes planes = chosen == null ? _planes : plane -> _planes.plane(plane / count * channels + chosen[(int) (plane % count)]);
        return new ImageView(planes, type, new long[] { frames, slices, count, part.height, part.width }, width, first);
    }

    @Override
    public String getTitle()
    {
        return title;
    }

    @Override
    public PixelType getType()
    {
        return type;
    }

    @Override
    public int getWidth()
    {
        return width;
    }

    @Override
    public int getHeight()
    {
        return height;
    }

    @Override
    public int getSlices()
    {
        return slices;
    }

    @Override
    public int getFrames()
    {
        return frames;
    }

    @Override
    public int shownChannel()
    {
        return _shown;
    }

    @Override
    public boolean isWritable()
    {
        return !_stack.isVirtual();
    }

    /** @return the array of a plane, by 0-based frame, slice and channel among those of the run */
    public Object plane(int frame, int slice, int channel)
    {
        return _planes.plane(((long) frame * slices + slice) * channels + channel);
    }

    /** @return channels that a network sees: 3 for RGB */
    public int logicalChannels()
    {
        return type == PixelType.ARGB32 ? RGB.size() : channels;
    }

    /** Those of RGB, else the first lines of the slice labels. */
    @Override
    public List<String> channelNames()
    {
        if (type == PixelType.ARGB32)
            return RGB;
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
            && image.getStackSize() >= stackIndex(frames - 1, slices - 1, channels - 1) && type(image) == type;
    }

    /**
     * @param settings that were given
     * @param sources one for each input
     * @param channels 0-based channels that each input saw, null for all
     * @return with numbers in place of what depends on the state of the images, so that they give the same again
     */
    static Settings exact(Settings settings, List<ImageSource> sources, List<int[]> channels)
    {
        Settings exact = settings;
        for (int i = 0; i < sources.size(); i++)
            exact = exact.with(NetworkOptions.channels(i), ChannelChoice.text(channels.get(i)));
        if (!isAll(settings, ImageOptions.SLICES))
            exact = exact.with(ImageOptions.SLICES, Integer.toString(sources.get(0).firstSlice));
        if (!isAll(settings, ImageOptions.FRAMES))
            exact = exact.with(ImageOptions.FRAMES, Integer.toString(sources.get(0).firstFrame));
        return exact;
    }

    private static boolean isAll(Settings settings, Option<String> option)
    {
        return settings.get(option).equalsIgnoreCase(ImageOptions.ALL);
    }

    private static int first(Settings settings, Option<String> option, int count, int shown)
    {
        String text = settings.get(option);
        if (isAll(settings, option))
            return 1;
        if (text.equalsIgnoreCase(ImageOptions.CURRENT))
            return shown;
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > count)
            throw Format.malformed(option.getKey(), text, "'all', 'current' or a number from 1 to " + count);
        return number;
    }

    private static PixelType type(ImagePlus image)
    {
        switch (image.getType())
        {
            case ImagePlus.GRAY8:
                return PixelType.UINT8;
            case ImagePlus.GRAY16:
                return PixelType.UINT16;
            case ImagePlus.GRAY32:
                return PixelType.FLOAT32;
            case ImagePlus.COLOR_RGB:
                return PixelType.ARGB32;
            default:
                throw new BioDLException(BioDLException.INVALID_ARGUMENT,
                    "The image '" + image.getTitle() + "' is 8-bit colour: its pixels are numbers of colours, not intensities.",
                    "Convert it with Image > Type > 8-bit or RGB Color first.");
        }
    }
}
