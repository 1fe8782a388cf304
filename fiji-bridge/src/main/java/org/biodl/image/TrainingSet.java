package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.biodl.jni.BioDLException;
import org.biodl.jni.TrainingImage;
import org.biodl.jni.TrainingMethod;
import org.biodl.run.ImageOptions;
import org.biodl.run.Option;
import org.biodl.run.OptionException;
import org.biodl.run.Settings;
import org.biodl.run.TrainOptions;

/** The images of a training by its settings: open ones or a folder's, each with its target or the labels of its objects. */
public final class TrainingSet
{
    private final Settings _settings;
    private final OpenImages _open;
    private final TrainingMethod _method;
    /** Says where targets or labels come from; null for methods without. */
    private final Option<String> _partner;

    private TrainingSet(Settings settings, OpenImages open)
    {
        _settings = settings;
        _open = open;
        _method = TrainOptions.method(settings);
        boolean clean = settings.get(TrainOptions.SIMULATED_NOISE) > 0 && settings.get(TrainOptions.TARGETS) == null;
        _partner = _method.needsLabels() ? TrainOptions.LABELS : _method.needsTarget() && !clean ? TrainOptions.TARGETS : null;
    }

    /**
     * Look for the images. Files are opened, so not on the event thread.
     *
     * @param settings of TrainOptions
     * @param open what is open
     * @throws BioDLException naming what is missing or has no partner
     */
    public static List<TrainingImage> of(Settings settings, OpenImages open)
    {
        TrainOptions.check(settings);
        TrainingSet set = new TrainingSet(settings, open);
        String images = settings.get(TrainOptions.IMAGES);
        return images.equalsIgnoreCase(ImageOptions.CURRENT) ? set.one(open.current())
            : images.equalsIgnoreCase(TrainOptions.OPEN) ? set.open() : set.folder(new File(images));
    }

    private List<TrainingImage> one(ImagePlus image)
    {
        if (image == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "There is no image open.",
                "Open one, or give the folder of the images.");
        TrainingPart part = TrainingPart.of(image, _settings);
        if (_partner == null)
            return Collections.singletonList(image(part));
        String from = _settings.require(_partner);
        if (from.equalsIgnoreCase(TrainOptions.ROI_MANAGER))
            return marked(part, new RoiLabels(_open.rois(), "The ROI Manager"));
        return Collections.singletonList(pair(part, TrainingPart.of(partner(from, image), _settings)));
    }

    private ImagePlus partner(String title, ImagePlus of)
    {
        ImagePlus partner = _open.named(title);
        if (partner == null || partner == of)
            throw new OptionException(_partner, _partner.getKey() + "=" + title, partner == null
                ? "there is no open image of this title." : "it is the image itself.",
                "Give the title of another open image" + (_partner == TrainOptions.LABELS ? ", or 'ROI Manager'." : "."),
                "Choose another one.");
        return partner;
    }

    private List<TrainingImage> open()
    {
        if (_partner != null)
            throw new OptionException(TrainOptions.IMAGES, "images=open", "pairs of open images cannot be told.",
                "Make two stacks of them, slice by slice, and give those; or save them in two folders with the same names.",
                "Choose the current image, or a folder.");
        List<TrainingImage> images = new ArrayList<>();
        for (ImagePlus image : _open.all())
            images.add(image(TrainingPart.of(image, _settings)));
        if (images.isEmpty())
            return one(null);
        return images;
    }

    private List<TrainingImage> folder(File folder)
    {
        NamedFiles inputs = new NamedFiles(existing(folder, TrainOptions.IMAGES), false);
        List<TrainingImage> images = new ArrayList<>();
        List<File> partners = _partner == null ? null
            : inputs.partners(new NamedFiles(existing(new File(_settings.require(_partner)), _partner), true));
        for (int i = 0; i < inputs.files().size(); i++)
        {
            TrainingPart part = TrainingPart.of(inputs.files().get(i));
            if (partners == null)
                images.add(image(part));
            else if (NamedFiles.isRoiSet(partners.get(i)))
                images.addAll(marked(part, new RoiLabels(rois(partners.get(i)), "The ROI set " + partners.get(i))));
            else
                images.add(pair(part, TrainingPart.of(partners.get(i))));
        }
        return images;
    }

    /** Planes on which no ROI is are not known to be empty, so they are left out. */
    private List<TrainingImage> marked(TrainingPart part, RoiLabels labels)
    {
        List<TrainingImage> images = new ArrayList<>();
        for (int[] plane : part.marked(labels.rois()))
        {
            TrainingImage image = new TrainingImage(part.name + part.planes.suffix(plane[0], plane[1]), part.plane(plane[0], plane[1]));
            describe(image, part);
            image.group = part.name;
            if (_method.needsLabels())
            {
                image.labels = labels.numbers(part, plane[0], plane[1]);
                image.classes = labels.classes();
            }
            else
                image.target = labels.classNumbers(part, plane[0], plane[1]);
            images.add(image);
        }
        if (images.isEmpty())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "No ROI lies on a slice of '" + part.name + "' that is trained on.",
                "Bind ROIs to slices of this image, or to none.");
        return images;
    }

    private TrainingImage pair(TrainingPart part, TrainingPart partner)
    {
        TrainingImage image = image(part);
        if (_method.needsLabels())
            image.labels = partner.view;
        else
        {
            image.target = partner.view;
            image.targetChannels = partner.channels(_settings.get(TrainOptions.TARGET_CHANNELS));
        }
        return image;
    }

    private TrainingImage image(TrainingPart part)
    {
        TrainingImage image = new TrainingImage(part.name, part.view);
        describe(image, part);
        return image;
    }

    private void describe(TrainingImage image, TrainingPart part)
    {
        image.channels = part.channels(_settings.get(ImageOptions.CHANNELS));
        image.pixelSize = part.pixelSize;
    }

    private static File existing(File folder, Option<String> option)
    {
        if (folder.isDirectory())
            return folder;
        throw new OptionException(option, option.getKey() + "=" + folder, "there is no such folder.", option.getHelp(),
            "Choose a folder.");
    }

    private static List<Roi> rois(File set)
    {
        List<Roi> rois = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(set.toPath())))
        {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                if (entry.getName().endsWith(".roi"))
                    rois.add(ij.io.RoiDecoder.openFromByteArray(bytes(zip)));
        }
        catch (IOException e)
        {
            throw new BioDLException(BioDLException.IO, "The ROI set " + set + " could not be read: " + e.getMessage(), "Save it again.");
        }
        rois.removeIf(roi -> roi == null);
        return rois;
    }

    private static byte[] bytes(ZipInputStream in) throws IOException
    {
        byte[] all = new byte[1 << 12];
        int size = 0;
        for (int read = in.read(all, 0, all.length); read >= 0; read = in.read(all, size, all.length - size))
        {
            size += read;
            if (size == all.length)
                all = Arrays.copyOf(all, 2 * size);
        }
        return Arrays.copyOf(all, size);
    }
}
