package org.biodl.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import org.biodl.jni.PixelType;

/** The channels of an image and those made from it, as one composite hyperstack with the image's calibration. */
public final class Merged
{
    /** Seen on grey by everyone, those who confuse red and green included, come first. */
    private static final Color[] APART = { Color.green, Color.magenta, Color.cyan, Color.yellow, Color.red, Color.blue };
    private static final Color[] RGB = { Color.red, Color.green, Color.blue };

    private final ImageSource _source;
    private final ImagePlus _result;
    private final Rectangle _region;

    /**
     * @param source the image
     * @param result made of it, with the same slices and frames
     * @param region the part of each plane of the image that the result shows; null for all
     */
    public Merged(ImageSource source, ImagePlus result, Rectangle region)
    {
        _source = source;
        _result = result;
        _region = region == null ? new Rectangle(source.width, source.height) : region;
    }

    /** @return an image that is not shown: of the common pixel type, else 32-bit */
    public ImagePlus create(String title)
    {
        int own = _source.logicalChannels();
        int made = _result.getNChannels();
        boolean same = _source.type != PixelType.ARGB32 && _result.getBitDepth() == 8 * _source.type.bytes()
            && (_source.values.isPlain() || _result.getCalibration().calibrated());
        ImageStack stack = new ImageStack(_region.width, _region.height);
        for (int t = 0; t < _source.planes.frames; t++)
            for (int z = 0; z < _source.planes.slices; z++)
            {
                for (int c = 0; c < own; c++)
                    stack.addSlice(_source.type == PixelType.ARGB32 ? _source.channelNames().get(c) : _source.sliceLabel(t, z, c),
                        plane(t, z, c, same));
                for (int c = 0; c < made; c++)
                {
                    int index = _result.getStackIndex(c + 1, z + 1, t + 1);
                    ImageProcessor plane = _result.getStack().getProcessor(index);
                    stack.addSlice(_result.getStack().getSliceLabel(index), same ? plane : plane.convertToFloatProcessor());
                }
            }
        ImagePlus image = new ImagePlus(title, stack);
        image.setDimensions(own + made, _source.planes.slices, _source.planes.frames);
        image.setCalibration(_result.getCalibration());
        CompositeImage composite = new CompositeImage(image, CompositeImage.COMPOSITE);
        composite.setOpenAsHyperStack(true);
        List<LUT> luts = new ArrayList<>();
        for (int c = 0; c < own + made; c++)
            luts.add(c < own ? sourceLut(c, same) : apart(resultLut(c - own), luts));
        for (int c = 0; c < own + made; c++)
            composite.setChannelLut(luts.get(c), c + 1);
        composite.setPosition(1, 1, 1);
        return composite;
    }

    private ImageProcessor plane(int t, int z, int c, boolean same)
    {
        ImageProcessor whole = _source.channel(t, z, c);
        whole.setRoi(_region);
        ImageProcessor plane = whole.crop();
        if (same)
            return plane;
        ImageProcessor values = plane.convertToFloatProcessor();
        if (!_source.values.isPlain())
        {
            values.multiply(_source.values.scale);
            values.add(_source.values.offset);
        }
        return values;
    }

    private LUT sourceLut(int c, boolean same)
    {
        if (_source.type != PixelType.ARGB32)
        {
            LUT own = _source.lut(c);
            own.min = same ? own.min : _source.values.of(own.min);
            own.max = same ? own.max : _source.values.of(own.max);
            return own;
        }
        LUT lut = LUT.createLutFromColor(RGB[c]);
        lut.max = 255;
        return lut;
    }

    /** Grey on grey shows nothing: the first colour that no channel has, where another channel is grey already. */
    private static LUT apart(LUT lut, List<LUT> others)
    {
        if (!isGrey(lut) || others.stream().noneMatch(Merged::isGrey))
            return lut;
        for (Color color : APART)
            if (others.stream().noneMatch(other -> other.getRGB(255) == color.getRGB()))
            {
                LUT colored = LUT.createLutFromColor(color);
                colored.min = lut.min;
                colored.max = lut.max;
                return colored;
            }
        return lut;
    }

    private static boolean isGrey(LUT lut)
    {
        int full = lut.getRGB(255);
        return (full >> 16 & 255) == (full >> 8 & 255) && (full & 255) == (full >> 8 & 255);
    }

    private LUT resultLut(int c)
    {
        if (_result instanceof CompositeImage)
            return ((CompositeImage) _result).getChannelLut(c + 1);
        LUT lut = (LUT) _result.getProcessor().getLut().clone();
        lut.min = _result.getDisplayRangeMin();
        lut.max = _result.getDisplayRangeMax();
        return lut;
    }
}
