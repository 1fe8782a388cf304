package org.biodl.ij1.train;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import java.util.Collections;
import java.util.List;
import org.biodl.BioDL;
import org.biodl.ij1.Problems;
import org.biodl.ij1.SettingsDialog;
import org.biodl.ij1.StatusBar;
import org.biodl.ij1.models.ModelsActions;
import org.biodl.ij1.run.RunOutput;
import org.biodl.image.TrainingSet;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Progress;
import org.biodl.jni.Training;
import org.biodl.jni.TrainingImage;
import org.biodl.jni.TrainingMethod;
import org.biodl.jni.TrainingOptions;
import org.biodl.jni.TrainingResult;
import org.biodl.jni.UnfinishedTraining;
import org.biodl.run.ImageOptions;
import org.biodl.run.OpenModels;
import org.biodl.run.Option;
import org.biodl.run.Settings;
import org.biodl.run.TrainOptions;
import org.biodl.run.TrainingChoice;
import org.biodl.run.Verb;

/** One training from its settings to the model in its command. */
public final class TrainingTask
{
    /** ImageJ's preference that holds the id of the model that was trained last. */
    private static final String TRAINED = "biodl.trained";

    private final Settings _settings;
    private final ImagePlus _image;

    private TrainingTask(Settings settings, ImagePlus image)
    {
        _settings = settings;
        _image = image;
    }

    /**
     * Train, and wait for the model: in a window where somebody may look, else in the status bar. Esc cancels.
     *
     * @param image the current one, null for none
     * @return what it has made
     * @throws BioDLException when it cannot be trained, fails or is cancelled
     */
    public static TrainingResult inMacro(Settings settings, ImagePlus image)
    {
        TrainingTask task = new TrainingTask(settings, image);
        Training training = task.create(false);
        TrainingView window = Problems.asksNobody() ? null : TrainingWindow.open(training);
        TrainingMethod method = training.method();
        String name = training.name();
        TrainingResult result = new TrainingWatch(training, new TrainingLog(window)).run();
        task.finish(method, name, result);
        return result;
    }

    /** Train in the background, in a window. Returns when the images are read. */
    static void inBackground(Settings settings, ImagePlus image)
    {
        TrainingTask task = new TrainingTask(settings, image);
        Training training = task.create(true);
        if (training == null)
            return;
        TrainingWindow window = TrainingWindow.open(training);
        Thread thread = new Thread(() -> task.watch(training, window), "BioDL training");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(Training training, TrainingWindow window)
    {
        TrainingMethod method = training.method();
        String name = training.name();
        TrainingResult result;
        try
        {
            result = new TrainingWatch(training, window).run();
        }
        catch (RuntimeException | Error e)
        {
            IJ.log("BioDL: the training of " + name + " ended without a model: " + Problems.text(e).replace('\n', ' '));
            return;
        }
        try
        {
            finish(method, name, result);
        }
        catch (RuntimeException | Error e)
        {
            Problems.report(e);
        }
    }

    /** @param asks whether somebody can be asked @return null when the user does not want what is needed */
    private Training create(boolean asks)
    {
        try
        {
            return create();
        }
        catch (BioDLException e)
        {
            if (e.status() != BioDLException.NOT_FOUND || !e.getMessage().contains("libtorch"))
                throw e;
            if (!asks)
                throw new BioDLException(e.status(), e.getMessage(),
                    "Get it with run(\"BioDL Models...\", \"action=install source=libtorch\"), 128 MB.");
            if (!TrainQuestions.libtorch(e.getMessage()))
                return null;
            ModelsActions.installLibtorch();
        }
        // once: what is installed and still not found is an error
        return create();
    }

    private Training create()
    {
        String unfinished = _settings.get(TrainOptions.RESUME);
        if (unfinished != null)
            return Training.resume(unfinished.equalsIgnoreCase("last") ? last() : unfinished);
        TrainingOptions options = TrainingChoice.of(_settings);
        IJ.showStatus("BioDL: looking for the images");
        List<TrainingImage> images = TrainingSet.of(_settings, new OpenNow(_image));
        IJ.resetEscape();
        try
        {
            return Training.create(options, images, TrainingTask::reading);
        }
        finally
        {
            IJ.showProgress(1.0);
        }
    }

    private static boolean reading(Progress progress)
    {
        IJ.showProgress(Math.min(0.999, progress.fraction));
        IJ.showStatus("BioDL: reading the images (Esc to cancel)");
        return !IJ.escapePressed();
    }

    private static String last()
    {
        List<UnfinishedTraining> trainings = UnfinishedTraining.list();
        if (trainings.isEmpty())
            throw new BioDLException(BioDLException.NOT_FOUND, "There is no training that was broken off.", "Begin a new one.");
        return trainings.get(0).id;
    }

    /**
     * The model is chosen in its command's next dialog, macros get its id by call("ij.Prefs.get", "biodl.trained", ""), and the image
     * is denoised with it where that is wanted.
     */
    private void finish(TrainingMethod method, String name, TrainingResult result)
    {
        OpenModels.changed();
        Verb verb = TrainingText.verb(method);
        SettingsDialog.prefer(verb, result.modelId);
        Prefs.set(TRAINED, result.modelId);
        for (String warning : result.warnings)
            IJ.log("BioDL: " + name + ": " + warning);
        String sentence = "the model '" + result.modelId + "' is there" + (result.figures.isEmpty() ? "" : " (" + String.join(", ",
            result.figures) + ")") + "; '" + verb.getCommand() + "' has it chosen";
        IJ.log("BioDL: " + sentence);
        IJ.showStatus("BioDL: " + sentence);
        if (TrainOptions.belongs(TrainOptions.APPLY, method) && _settings.isOn(TrainOptions.APPLY) && _settings.get(TrainOptions.RESUME)
            == null && _settings.is(TrainOptions.IMAGES, ImageOptions.CURRENT) && _image.getProcessor() != null)
            apply(result.modelId);
    }

    private void apply(String model)
    {
        Settings settings = Verb.DENOISE.settings().with(ImageOptions.MODEL, model);
        for (Option<String> option : java.util.Arrays.asList(ImageOptions.CHANNELS, ImageOptions.SLICES, ImageOptions.FRAMES))
            settings = settings.with(option, _settings.get(option));
        try (StatusBar progress = new StatusBar(_image.getNSlices() * _image.getNFrames() > 1, Verb.DENOISE.getWork()))
        {
            RunOutput.show(BioDL.run(Verb.DENOISE, Collections.singletonList(_image), settings, progress));
        }
    }
}
