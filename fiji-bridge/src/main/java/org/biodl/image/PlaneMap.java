package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import org.biodl.run.ImageOptions;
import org.biodl.run.Option;
import org.biodl.run.OptionException;
import org.biodl.run.Settings;

/**
 * Where the planes of a run lie in the stack of an image, and what ROIs on them are called and bound to: the one place where a channel,
 * slice and frame becomes the number of a stack's slice and back. Frames and slices of a run count from 0, those of the image from 1.
 */
public final class PlaneMap
{
    /** Of the run: what is chosen of the image. */
    public final int slices;
    public final int frames;
    /** 1-based, in the image. */
    public final int firstSlice;
    public final int firstFrame;
    /** Channels of the stack: 1 for RGB. */
    public final int channels;
    private final int _imageSlices;
    private final int _imageFrames;

    /**
     * @param image as it is now
     * @param settings choose slices and frames
     * @throws org.biodl.jni.BioDLException for slices or frames that the image has not
     */
    PlaneMap(ImagePlus image, Settings settings)
    {
        channels = image.getNChannels();
        _imageSlices = image.getNSlices();
        _imageFrames = image.getNFrames();
        firstSlice = first(settings, ImageOptions.SLICES, _imageSlices, image.getSlice());
        firstFrame = first(settings, ImageOptions.FRAMES, _imageFrames, image.getFrame());
        slices = isAll(settings, ImageOptions.SLICES) ? _imageSlices : 1;
        frames = isAll(settings, ImageOptions.FRAMES) ? _imageFrames : 1;
    }

    /** @return planes of the run, all channels */
    public int planes()
    {
        return frames * slices * channels;
    }

    /** @return planes of the image */
    public int stackSize()
    {
        return channels * _imageSlices * _imageFrames;
    }

    /** @return whether the run sees every plane of the image */
    public boolean isWhole()
    {
        return planes() == stackSize();
    }

    /** @return 1-based number in the stack of a 0-based frame, slice and channel of the run */
    public int index(int frame, int slice, int channel)
    {
        return ((firstFrame - 1 + frame) * _imageSlices + firstSlice - 1 + slice) * channels + channel + 1;
    }

    /** Bind a ROI to its slice and frame, and to all channels, because one measures in the others what one channel shows. */
    void bind(Roi roi, int frame, int slice)
    {
        bind(roi, new int[] { 0, firstSlice + slice, firstFrame + frame }, new int[] { channels, _imageSlices, _imageFrames });
    }

    /**
     * As ImageJ does: on a stack with one axis to a number, on a hyperstack to channel, slice and frame.
     *
     * @param place channel, slice and frame from 1; 0 for all
     * @param sizes channels, slices and frames of the image that the ROI is on
     */
    static void bind(Roi roi, int[] place, int[] sizes)
    {
        int several = -1;
        int axes = 0;
        for (int i = 0; i < sizes.length; i++)
            if (sizes[i] > 1)
            {
                several = i;
                axes++;
            }
        if (axes > 1 && place[0] + place[1] + place[2] > 0)
            roi.setPosition(place[0], place[1], place[2]);
        else
            roi.setPosition(axes == 1 ? place[several] : 0);
    }

    /** @return " z3 t5" where the image has several slices and frames, "" where it has one plane */
    String suffix(int frame, int slice)
    {
        return (_imageSlices > 1 ? " z" + (firstSlice + slice) : "") + (_imageFrames > 1 ? " t" + (firstFrame + frame) : "");
    }

    /** @return ", slice 3 of 5, all 2 frames", of axes that the image has */
    String text()
    {
        return text("slice", firstSlice, slices, _imageSlices) + text("frame", firstFrame, frames, _imageFrames);
    }

    private static String text(String what, int first, int count, int all)
    {
        return all == 1 ? "" : count == all ? ", all " + all + " " + what + "s" : ", " + what + " " + first + " of " + all;
    }

    /**
     * @param roi on the image, bound to a number of the stack, or to channel, slice and frame; 0 for all of them
     * @return its channel, slice and frame, from 1; 0 for all
     */
    int[] placeOf(Roi roi)
    {
        int number = roi.getPosition();
        if (roi.hasHyperStackPosition() || number == 0)
            return new int[] { roi.getCPosition(), roi.hasHyperStackPosition() ? roi.getZPosition() : 0, roi.getTPosition() };
        int plane = (number - 1) / channels;
        return new int[] { (number - 1) % channels + 1, plane % _imageSlices + 1, plane / _imageSlices + 1 };
    }

    /** @return whether every slice, or every frame, is chosen */
    static boolean isAll(Settings settings, Option<String> option)
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
            throw OptionException.malformed(option, option.getKey(), text, "'all', 'current' or a number from 1 to " + count);
        return number;
    }
}
