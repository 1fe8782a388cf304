package org.biodl.image;

import ij.ImagePlus;
import ij.measure.Calibration;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;

/** What to read of an ImageJ image: channel, slices, frames, region; and how to find back from the result to the image. */
public final class ImageSource
{
    /** The image, and its title and calibration when the run began. */
    public final ImagePlus image;
    public final String title;
    public final Calibration calibration;
    public final int width;
    public final int height;
    public final int stackSize;
    /** Whether planes are found by channel, slice and frame rather than by one number. */
    public final boolean hyperstack;
    public final Region region;
    /** 1-based. */
    public final int channel;
    public final int firstSlice;
    public final int firstFrame;
    public final int slices;
    public final int frames;

    private final int _channels;
    private final PixelType _type;
    private final int[] _stackIndices;
    private final StackPlanes _planes;

    /** Which planes: a 1-based channel (0: the current one), and the current slice or frame or all. */
    public static final class Choice
    {
        public int channel;
        public boolean allSlices;
        public boolean allFrames;
        /** Channels the model takes at once; with as many in the image, all of them are used. */
        public int modelChannels = 1;
    }

    /**
     * @param image any image but 8-bit colour
     * @param region the part of it
     * @param choice which planes
     * @throws BioDLException for an image or channel that cannot be used
     */
    public ImageSource(ImagePlus image, Region region, Choice choice)
    {
        this.image = image;
        this.region = region;
        title = image.getTitle();
        calibration = (Calibration) image.getCalibration().clone();
        width = image.getWidth();
        height = image.getHeight();
        stackSize = image.getStackSize();
        hyperstack = image.getNDimensions() > 3;
        _type = type(image);
        boolean together = _type != PixelType.ARGB32 && choice.modelChannels > 1 && image.getNChannels() == choice.modelChannels;
        _channels = together ? choice.modelChannels : 1;
        channel = together ? 1 : channel(image, choice.channel);
        slices = choice.allSlices ? image.getNSlices() : 1;
        frames = choice.allFrames ? image.getNFrames() : 1;
        firstSlice = choice.allSlices ? 1 : image.getSlice();
        firstFrame = choice.allFrames ? 1 : image.getFrame();
        _stackIndices = indices();
        _planes = new StackPlanes(image.getStack(), _stackIndices, _channels + 1);
    }

    /** @return the pixels */
    public ImageView view()
    {
        long first = (long) region.bounds.y * width + region.bounds.x;
        return new ImageView(_planes, _type, new long[] { frames, slices, _channels, region.bounds.height, region.bounds.width }, width, first);
    }

    /** @return which of them, null for all */
    public ImageView mask()
    {
        return region.mask == null ? null : ImageView.of(region.mask, PixelType.UINT8, region.bounds.height, region.bounds.width);
    }

    /** @return 1-based index in the image's stack of a 0-based frame and slice of the result */
    public int stackIndex(int frame, int slice)
    {
        return _stackIndices[(frame * slices + slice) * _channels];
    }

    /** @return whether the image is still there with the size it had */
    public boolean isUnchanged()
    {
        return image.getProcessor() != null && image.getWidth() == width && image.getHeight() == height
            && image.getStackSize() >= _stackIndices[_stackIndices.length - 1];
    }

    private int[] indices()
    {
        int[] result = new int[frames * slices * _channels];
        for (int t = 0; t < frames; t++)
            for (int z = 0; z < slices; z++)
                for (int c = 0; c < _channels; c++)
                    result[(t * slices + z) * _channels + c] = image.getStackIndex(channel + c, firstSlice + z, firstFrame + t);
        return result;
    }

    static PixelType type(ImagePlus image)
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

    private static int channel(ImagePlus image, int chosen)
    {
        if (chosen > image.getNChannels())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT,
                "channel=" + chosen + ": the image '" + image.getTitle() + "' has " + image.getNChannels() + " channel(s).",
                "Choose a channel from 1 to " + image.getNChannels() + ".");
        return chosen == 0 ? image.getChannel() : chosen;
    }
}
