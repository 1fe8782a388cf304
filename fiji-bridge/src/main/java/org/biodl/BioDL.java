package org.biodl;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.biodl.image.GivenImages;
import org.biodl.image.InPlace;
import org.biodl.image.NetworkImages;
import org.biodl.image.Region;
import org.biodl.image.Segmentation;
import org.biodl.image.TrainingSet;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.Training;
import org.biodl.jni.TrainingResult;
import org.biodl.run.OpenModels;
import org.biodl.run.RunPreparation;
import org.biodl.run.Settings;
import org.biodl.run.TrainingChoice;
import org.biodl.run.Verb;

/**
 * Deep learning for scripts and plugins. Each call takes images and settings, opens no window, shows nothing, and throws a BioDLException
 * that says what happened and what to do. Selections limit a run as they do in the menu commands. In Groovy:
 *
 * <pre>
 * settings = Verb.SEGMENT.settings().with(SegmentOptions.PROBABILITY, 0.4d).with(ImageOptions.CHANNELS, "DAPI") found =
 * BioDL.segment(IJ.getImage(), settings) found.getLabels().show()
 * </pre>
 *
 * In Jython: <code>BioDL.denoise(IJ.getImage(), Verb.DENOISE.settings("model=/models/n2v.zip")).getImages()[0].show()</code>
 */
public final class BioDL
{
    private BioDL()
    {
    }

    /** Segment with the built-in model and the defaults. */
    public static Segmentation segment(ImagePlus image)
    {
        return segment(image, Verb.SEGMENT.settings());
    }

    /** Segment; nobody is told of the progress. */
    public static Segmentation segment(ImagePlus image, Settings settings)
    {
        return segment(image, settings, null);
    }

    /**
     * Find star-convex objects.
     *
     * @param image any image but 8-bit colour
     * @param settings of Verb.SEGMENT
     * @param listener told of the progress, may be null
     * @return labels, ROIs, table and account
     * @throws BioDLException when the image is locked, does not fit the model, or the run fails or is cancelled
     */
    public static Segmentation segment(ImagePlus image, Settings settings, ProgressListener listener)
    {
        return locked(Collections.singletonList(image), () ->
        {
            Segmentation found = Segmentation.of(image, Region.of(image), settings, listener);
            found.getTable();
            return found;
        });
    }

    /**
     * Restore an image with CARE, Noise2Void and their kin.
     *
     * @param image any image but 8-bit colour
     * @param settings of Verb.DENOISE; a model is needed
     * @return the restored image and the account
     * @throws BioDLException as run does
     */
    public static NetworkImages denoise(ImagePlus image, Settings settings)
    {
        return run(Verb.DENOISE, Collections.singletonList(image), settings, null);
    }

    /**
     * Predict stains from transmitted light.
     *
     * @param image any image but 8-bit colour
     * @param settings of Verb.STAIN; a model is needed
     * @return the stained image and the account
     * @throws BioDLException as run does
     */
    public static NetworkImages stain(ImagePlus image, Settings settings)
    {
        return run(Verb.STAIN, Collections.singletonList(image), settings, null);
    }

    /**
     * Run any network.
     *
     * @param settings of Verb.RUN; a model is needed
     * @param images one for each input of the model
     * @return an image for each output, and the account
     * @throws BioDLException as the general run does
     */
    public static NetworkImages run(Settings settings, ImagePlus... images)
    {
        return run(Verb.RUN, Arrays.asList(images), settings, null);
    }

    /**
     * Run a network.
     *
     * @param verb one that turns images into images
     * @param images one for each input of the model
     * @param settings of the verb
     * @param listener told of the progress, may be null
     * @return an image for each output, and the account; with result=[in place] the first image has changed and there are none
     * @throws BioDLException when an image is locked, images and model do not go together, memory is short, or the run fails or is
     * cancelled
     */
    public static NetworkImages run(Verb verb, List<ImagePlus> images, Settings settings, ProgressListener listener)
    {
        RunPreparation preparation = NetworkImages.prepare(verb, images, settings);
        NetworkImages made = locked(images, () -> NetworkImages.of(preparation, preparation.getPlan().outputs.size(), listener));
        if (made.isInPlace())
            InPlace.apply(made);
        return made;
    }

    /**
     * Train a model of one's own, and wait for it. In Groovy:
     * <code>BioDL.train(Settings.of(TrainOptions.LIST).with(TrainOptions.METHOD, "noise2void"), IJ.getImage()).modelId</code>
     *
     * @param settings of TrainOptions.LIST
     * @param images the first is the current one; settings name others by their titles, and take ROIs from the first one's overlay
     * @return the model's id and place, and how well it did
     * @throws BioDLException when the images cannot be trained on, libtorch is not installed, or the training fails
     */
    public static TrainingResult train(Settings settings, ImagePlus... images)
    {
        List<ImagePlus> given = Arrays.asList(images);
        try (Training training = locked(given, () -> Training.create(TrainingChoice.of(settings), TrainingSet.of(settings,
            new GivenImages(given)), null)))
        {
            training.start();
            while (!training.await(1))
                continue;
            return training.result();
        }
        finally
        {
            OpenModels.changed();
        }
    }

    /** Other commands leave the pixels of a locked image alone. */
    private static <T> T locked(List<ImagePlus> images, Supplier<T> run)
    {
        List<ImagePlus> held = new ArrayList<>();
        try
        {
            for (ImagePlus image : images)
                if (!held.contains(image))
                {
                    if (!image.lockSilently())
                        throw new BioDLException(BioDLException.HOST, "The image '" + image.getTitle()
                            + "' is locked: another command is working on it.",
                            "Wait until it has finished, or unlock the image with Plugins > Utilities > Reset.");
                    held.add(image);
                }
            return run.get();
        }
        finally
        {
            for (ImagePlus image : held)
                image.unlock();
        }
    }
}
