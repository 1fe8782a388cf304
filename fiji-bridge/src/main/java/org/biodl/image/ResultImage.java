package org.biodl.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.awt.Rectangle;
import org.biodl.jni.OutputKind;
import org.biodl.jni.PixelType;
import org.biodl.jni.PlannedOutput;
import org.biodl.run.ResultPlanes;

/** Makes ImageJ's image of one output of a run: dimensions, calibration, labels, colours, display ranges. Shows nothing. */
public final class ResultImage
{
    private static final int MASK = 255;

    private final ResultPlanes _planes;
    private final PlannedOutput _output;
    private final String _name;
    private final ImageSource _source;
    private final int[] _channels;

    /**
     * @param planes filled by a run
     * @param name of the output
     * @param source the image that the output follows
     * @param channels 0-based channels of the image that the network saw, null for all
     */
    public ResultImage(ResultPlanes planes, String name, ImageSource source, int[] channels)
    {
        _name = name;
        _planes = planes;
        _output = planes.output;
        _source = source;
        _channels = channels;
    }

    /** @return a whole image that is not shown */
    public ImagePlus create(String title)
    {
        ImageStack stack = _output.kind == OutputKind.LABELS ? narrow(stack(_planes)) : stack(_planes);
        if (_output.kind == OutputKind.MASK && _planes.type == PixelType.UINT8)
            stretch(stack);
        return dressed(title, stack, _planes.channels());
    }

    /** @return three float channels as one RGB image that is not shown */
    public ImagePlus createRgb(String title, RgbImage.Range range)
    {
        return dressed(title, RgbImage.stack(_planes, range), 1);
    }

    private ImagePlus dressed(String title, ImageStack stack, int channels)
    {
        ImagePlus image = dressed(new ImagePlus(title, stack), channels);
        // Last, because ImageJ drops the label of a single plane when it sets other colours.
        for (int i = 0; i < image.getStackSize(); i++)
            image.getStack().setSliceLabel(label(i, channels), i + 1);
        return image;
    }

    private ImagePlus dressed(ImagePlus image, int channels)
    {
        image.setDimensions(channels, _planes.slices(), _planes.frames());
        image.setOpenAsHyperStack(image.getNDimensions() > 3);
        image.setCalibration(calibration());
        if (image.getType() == ImagePlus.COLOR_RGB)
            return image;
        if (_output.kind == OutputKind.LABELS)
            color(image, LabelLut.create(), 0, Math.max(MASK, largest(image)));
        else if (_output.kind == OutputKind.MASK && image.getType() == ImagePlus.GRAY8)
            image.setDisplayRange(0, MASK);
        else if (channels > 1)
            return composite(image);
        else
        {
            LUT lut = lut(image, 0);
            color(image, lut, lut.min, lut.max);
        }
        return image;
    }

    private ImagePlus composite(ImagePlus image)
    {
        int mode = _output.kind == OutputKind.IMAGE && !_output.restoresInput ? CompositeImage.COMPOSITE
            : _output.restoresInput && _source.compositeMode > 0 ? _source.compositeMode : CompositeImage.GRAYSCALE;
        CompositeImage composite = new CompositeImage(image, mode);
        composite.setOpenAsHyperStack(true);
        for (int c = 0; c < _planes.channels(); c++)
            composite.setChannelLut(lut(image, c), c + 1);
        composite.setPosition(1, 1, 1);
        return composite;
    }

    /** Those of the image's channel for its restored twin, else what the name of the channel says. */
    private LUT lut(ImagePlus image, int channel)
    {
        int from = sourceChannel(channel);
        LUT lut = from >= 0 ? _source.lut(from) : StainColors.lut(name(channel));
        if (from < 0 || _source.type == PixelType.ARGB32)
        {
            double[] range = range(image, channel);
            lut.min = range[0];
            lut.max = range[1];
        }
        else if (!keepsValues())
        {
            lut.min = _source.values.of(lut.min);
            lut.max = _source.values.of(lut.max);
        }
        return lut;
    }

    /** @return 0-based channel of the image whose restored twin a channel of the output is; -1 for none */
    private int sourceChannel(int channel)
    {
        if (!_output.restoresInput || _source.type == PixelType.ARGB32)
            return -1;
        int inputs = _channels == null ? _source.channels : _channels.length;
        int each = Math.max(1, (int) _output.shape[2] / inputs);
        int group = _planes.channel(channel) / each;
        boolean spread = _planes.channel(channel) % each > 0;
        return spread || group >= inputs ? -1 : _channels == null ? group : _channels[group];
    }

    /** @return whether a pixel means what it means in the image, by its calibration */
    private boolean keepsValues()
    {
        return _output.restoresInput && _planes.type == _source.type;
    }

    private String name(int channel)
    {
        String name = _planes.channelName(channel);
        return name.isEmpty() ? _name : name;
    }

    private String label(int plane, int channels)
    {
        int c = plane % channels;
        int z = plane / channels % _planes.slices();
        int t = plane / channels / _planes.slices();
        boolean samePlanes = _planes.slices() == _source.planes.slices && _planes.frames() == _source.planes.frames;
        int from = sourceChannel(c);
        String own = _planes.channelName(c);
        String label = samePlanes ? _source.sliceLabel(t, z, Math.max(from, 0)) : null;
        return from >= 0 ? label : !own.isEmpty() ? own : channels == 1 ? label : null;
    }

    /** Where the result lies in the image, in its unit; pixel values keep their meaning only in a restored image. */
    private Calibration calibration()
    {
        Calibration calibration = (Calibration) _source.calibration.clone();
        calibration.pixelWidth *= _output.pixelPitch[2];
        calibration.pixelHeight *= _output.pixelPitch[1];
        calibration.pixelDepth *= _output.pixelPitch[0];
        calibration.xOrigin = (calibration.xOrigin - _output.origin[2]) / _output.pixelPitch[2];
        calibration.yOrigin = (calibration.yOrigin - _output.origin[1]) / _output.pixelPitch[1];
        calibration.zOrigin = (calibration.zOrigin - _output.origin[0] - (_source.planes.firstSlice - 1)) / _output.pixelPitch[0];
        if (!keepsValues())
            calibration.disableDensityCalibration();
        return calibration;
    }

    /** What is drawn on the image, where the result has the same planes. @param region null for all */
    public Overlay overlay(Rectangle region)
    {
        Overlay overlay = _source.image.getOverlay();
        boolean same = _planes.slices() == _source.image.getNSlices() && _planes.frames() == _source.image.getNFrames();
        boolean aligned = _output.pixelPitch[1] == 1 && _output.pixelPitch[2] == 1;
        if (overlay == null || !same || !aligned)
            return null;
        Overlay own = region == null ? overlay.duplicate() : overlay.crop(region);
        Overlay placed = new Overlay();
        for (Roi roi : own.toArray())
        {
            int[] place = _source.planes.placeOf(roi);
            int channel = channelOf(place[0]);
            if (channel < 0)
                continue;
            PlaneMap.bind(roi, new int[] { channel, place[1], place[2] },
                new int[] { _planes.channels(), _planes.slices(), _planes.frames() });
            placed.add(roi);
        }
        return placed;
    }

    /** @param from a channel of the image from 1, 0 for all @return that of the result; -1 where the result has not got it */
    private int channelOf(int from)
    {
        if (from == 0 || !_output.restoresInput || _source.type == PixelType.ARGB32)
            return 0;
        for (int c = 0; c < _planes.channels(); c++)
            if (sourceChannel(c) == from - 1)
                return c + 1;
        return -1;
    }

    private static void color(ImagePlus image, LUT lut, double min, double max)
    {
        image.setLut(lut);
        image.setDisplayRange(min, max);
    }

    private static ImageStack stack(ResultPlanes planes)
    {
        ImageStack stack = new ImageStack(planes.width(), planes.height());
        for (Object array : planes.arrays())
            stack.addSlice(null, array);
        return stack;
    }

    /** ImageJ's masks are 0 and 255. */
    private static void stretch(ImageStack stack)
    {
        for (int i = 1; i <= stack.getSize(); i++)
        {
            byte[] pixels = (byte[]) stack.getPixels(i);
            for (int k = 0; k < pixels.length; k++)
                pixels[k] = pixels[k] == 0 ? 0 : (byte) MASK;
        }
    }

    /** Labels came as 32-bit numbers: in 16 bits where they fit, because that is what other commands expect. */
    private static ImageStack narrow(ImageStack stack)
    {
        if (!(stack.getPixels(1) instanceof float[]) || beyond16Bit(stack))
            return stack;
        ImageStack narrow = new ImageStack(stack.getWidth(), stack.getHeight());
        for (int i = 1; i <= stack.getSize(); i++)
        {
            float[] wide = (float[]) stack.getPixels(i);
            short[] labels = new short[wide.length];
            for (int k = 0; k < wide.length; k++)
                labels[k] = (short) (int) wide[k];
            narrow.addSlice(null, labels);
        }
        return narrow;
    }

    private static boolean beyond16Bit(ImageStack stack)
    {
        for (int i = 1; i <= stack.getSize(); i++)
            for (float value : (float[]) stack.getPixels(i))
                if (value > LabelImage.LARGEST_16_BIT || value < 0)
                    return true;
        return false;
    }

    private static double largest(ImagePlus image)
    {
        double largest = 0;
        for (int i = 1; i <= image.getStackSize(); i++)
        {
            ImageProcessor plane = image.getStack().getProcessor(i);
            plane.resetMinAndMax();
            largest = Math.max(largest, plane.getStatistics().max);
        }
        return largest;
    }

    /** @return smallest and largest value of a channel over all of its planes */
    private double[] range(ImagePlus image, int channel)
    {
        double[] range = { Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY };
        for (int i = channel; i < image.getStackSize(); i += _planes.channels())
        {
            ImageProcessor plane = image.getStack().getProcessor(i + 1);
            range[0] = Math.min(range[0], plane.getStatistics().min);
            range[1] = Math.max(range[1], plane.getStatistics().max);
        }
        return range[0] < range[1] ? range : new double[] { range[0], range[0] + 1 };
    }
}
