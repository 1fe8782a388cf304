package org.biodl.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;
import org.biodl.jni.Planes;
import org.biodl.run.ChannelChoice;
import org.biodl.run.ImageInput;
import org.biodl.run.ImageOptions;
import org.biodl.run.NetworkOptions;
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
    /** Slices and frames of the run, and where they lie in the stack. */
    public final PlaneMap planes;
    /** What the pixels mean. */
    public final PixelValues values;
    /** CompositeImage's display mode, 0 for an image that is none. */
    public final int compositeMode;
    private final StackPlanes _arrays;
    private final ImageStack _stack;
    private final LUT[] _luts;
    private final int _shown;
    private final double[] _pixelSize;

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
        planes = new PlaneMap(image, settings);
        values = PixelValues.of(image);
        _pixelSize = PixelSize.micrometres(calibration, image.getNSlices());
        _shown = type == PixelType.ARGB32 ? 0 : image.getC() - 1;
        compositeMode = image instanceof CompositeImage ? ((CompositeImage) image).getMode() : 0;
        int[] indices = new int[planes.planes()];
        for (int i = 0; i < indices.length; i++)
            indices[i] = planes.index(i / channels / planes.slices, i / channels % planes.slices, i % channels);
        _stack = image.getStack();
        _arrays = new StackPlanes(_stack, indices, channels + 1);
        _luts = new LUT[channels];
        for (int c = 0; c < channels; c++)
            _luts[c] = lut(image, c);
    }

    @Override
    public ImageView view()
    {
        return view(null);
    }

    /** @param chosen 0-based channels, null for all @return these alone */
    ImageView view(int[] chosen)
    {
        int count = chosen == null ? channels : chosen.length;
        Planes arrays = chosen == null ? _arrays : plane -> _arrays.plane(plane / count * channels + chosen[(int) (plane % count)]);
        return values.in(new ImageView(arrays, type, new long[] { planes.frames, planes.slices, count, height, width }, width, 0));
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
        return planes.slices;
    }

    @Override
    public int getFrames()
    {
        return planes.frames;
    }

    @Override
    public double[] pixelSize()
    {
        return _pixelSize.clone();
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
        return _arrays.plane(((long) frame * planes.slices + slice) * channels + channel);
    }

    /** @return the pixels of a plane, not copied, by 0-based frame, slice and channel among those of the run */
    ImageProcessor processor(int frame, int slice, int channel)
    {
        Object pixels = plane(frame, slice, channel);
        switch (type)
        {
            case UINT8:
                return new ByteProcessor(width, height, (byte[]) pixels);
            case UINT16:
                return new ShortProcessor(width, height, (short[]) pixels, null);
            case FLOAT32:
                return new FloatProcessor(width, height, (float[]) pixels);
            default:
                return new ColorProcessor(width, height, (int[]) pixels);
        }
    }

    /** @return a channel that a network sees as a plane of its own: red, green or blue of RGB */
    ImageProcessor channel(int frame, int slice, int channel)
    {
        return type == PixelType.ARGB32 ? ((ColorProcessor) processor(frame, slice, 0)).getChannel(channel + 1, null)
            : processor(frame, slice, channel);
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
        int index = planes.index(frame, slice, channel);
        return index > _stack.getSize() ? null : _stack.getSliceLabel(index);
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

    /** @return whether the image is still there, of the same type and size */
    public boolean isUnchanged()
    {
        return image.getProcessor() != null && image.getWidth() == width && image.getHeight() == height && image.getNChannels() == channels
            && image.getStackSize() == planes.stackSize() && type(image) == type;
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
        if (!PlaneMap.isAll(settings, ImageOptions.SLICES))
            exact = exact.with(ImageOptions.SLICES, Integer.toString(sources.get(0).planes.firstSlice));
        if (!PlaneMap.isAll(settings, ImageOptions.FRAMES))
            exact = exact.with(ImageOptions.FRAMES, Integer.toString(sources.get(0).planes.firstFrame));
        return exact;
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
