package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.Opener;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.PixelType;
import org.biodl.jni.Planes;
import org.biodl.run.ChannelChoice;
import org.biodl.run.ImageOptions;
import org.biodl.run.Settings;

/** An image of a training, or what one is to become: of a window, or of a file that is opened when its pixels are asked for. */
final class TrainingPart
{
    final String name;
    final ImageView view;
    /** Where its planes lie. */
    final PlaneMap planes;
    final int width;
    final int height;
    /** Micrometres along x; 0 where not known. */
    final double pixelSize;
    private final Supplier<ImageSource> _source;
    // Not the first source itself, which would keep the pixels.
    private final PixelType _type;
    private final PixelValues _values;
    private final int _channels;
    private final int _seen;
    private final List<String> _names;
    private final int _shown;

    private TrainingPart(String name, ImageSource first, Supplier<ImageSource> source)
    {
        this.name = name;
        _source = source;
        _type = first.type;
        _values = first.values;
        _channels = first.channels;
        _seen = first.logicalChannels();
        _names = first.channelNames();
        _shown = first.shownChannel();
        planes = first.planes;
        width = first.width;
        height = first.height;
        pixelSize = first.pixelSize()[2];
        view = view(planes.frames, planes.slices, 0, 0);
    }

    /** @throws BioDLException for an image that cannot be used, or planes that it has not */
    static TrainingPart of(ImagePlus image, Settings settings)
    {
        ImageSource source = new ImageSource(image, settings);
        return new TrainingPart(source.title, source, () -> source);
    }

    /**
     * All planes of a file. Its pixels are read now, for their number and type, and later again if memory was needed otherwise.
     *
     * @throws BioDLException naming the file that cannot be opened
     */
    static TrainingPart of(File file)
    {
        Settings all = Settings.of(Arrays.asList(ImageOptions.SLICES, ImageOptions.FRAMES));
        Remembered<ImageSource> opened = new Remembered<>(() -> new ImageSource(open(file), all));
        return new TrainingPart(file.getName(), opened.get(), opened::get);
    }

    /** @return one plane alone, with all channels, by 0-based frame and slice */
    ImageView plane(int frame, int slice)
    {
        return view(1, 1, frame, slice);
    }

    private ImageView view(int frames, int slices, int firstFrame, int firstSlice)
    {
        Planes arrays = plane -> _source.get().plane(firstFrame + (int) (plane / _channels / slices),
            firstSlice + (int) (plane / _channels % slices), (int) (plane % _channels));
        return _values.in(new ImageView(arrays, _type, new long[] { frames, slices, _channels, height, width }, width, 0));
    }

    /** @param text what the user wrote @return 0-based channels, null for all */
    int[] channels(String text)
    {
        return ChannelChoice.resolve(text, _names, _seen, _shown);
    }

    /** @return the 0-based frames and slices that ROIs are bound to; all where one is bound to none */
    List<int[]> marked(List<Roi> rois)
    {
        List<int[]> marked = new ArrayList<>();
        for (int frame = 0; frame < planes.frames; frame++)
            for (int slice = 0; slice < planes.slices; slice++)
                for (Roi roi : rois)
                    if (RoiLabels.isOn(roi, planes, frame, slice))
                    {
                        marked.add(new int[] { frame, slice });
                        break;
                    }
        return marked;
    }

    private static ImagePlus open(File file)
    {
        Opener opener = new Opener();
        opener.setSilentMode(true);
        ImagePlus image = opener.openImage(file.getPath());
        if (image == null)
            throw new BioDLException(BioDLException.IO, "The image '" + file + "' could not be opened.",
                "Check the format, or take it out of the folder.");
        return image;
    }
}
