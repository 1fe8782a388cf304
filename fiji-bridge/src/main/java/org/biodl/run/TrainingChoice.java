package org.biodl.run;

import org.biodl.jni.TrainingOptions;

/** Settings of a training as the engine takes them. */
public final class TrainingChoice
{
    private TrainingChoice()
    {
    }

    /** @throws OptionException naming an option that means nothing to the method */
    public static TrainingOptions of(Settings settings)
    {
        TrainOptions.check(settings);
        TrainingOptions options = new TrainingOptions(TrainOptions.method(settings));
        options.name = text(settings, TrainOptions.NAME);
        String start = text(settings, TrainOptions.START);
        options.start = start.equalsIgnoreCase(ImageOptions.AUTO) ? "" : start;
        options.folder = text(settings, TrainOptions.OUT);
        options.seed = settings.get(TrainOptions.SEED);
        options.validation = settings.get(TrainOptions.VALIDATION);
        options.volumes = settings.isOn(TrainOptions.VOLUMES);
        length(options, settings);
        method(options, settings);
        options.authors = text(settings, TrainOptions.AUTHORS).replaceAll(" *; *", "\n");
        options.licence = text(settings, TrainOptions.LICENCE);
        options.description = text(settings, TrainOptions.DESCRIPTION);
        return options;
    }

    private static void length(TrainingOptions options, Settings settings)
    {
        Double minutes = settings.get(TrainOptions.MINUTES);
        options.minutes = minutes == null ? 0 : minutes;
        options.steps = whole(settings, TrainOptions.STEPS);
        options.patch = whole(settings, TrainOptions.PATCH);
        options.batch = whole(settings, TrainOptions.BATCH);
        options.threads = whole(settings, TrainOptions.THREADS);
        options.memoryLimit = (long) whole(settings, ImageOptions.MEMORY) << 20;
    }

    private static void method(TrainingOptions options, Settings settings)
    {
        options.median = settings.isOn(TrainOptions.MEDIAN);
        options.noiseRadius = settings.get(TrainOptions.NOISE_RADIUS);
        options.noiseAlongY = settings.is(TrainOptions.NOISE_AXIS, TrainOptions.ALONG_Y);
        options.probabilistic = settings.isOn(TrainOptions.PROBABILISTIC);
        options.simulatedNoise = settings.get(TrainOptions.SIMULATED_NOISE);
        options.rays = whole(settings, TrainOptions.RAYS);
        Double similarity = settings.get(TrainOptions.SIMILARITY);
        options.structuralSimilarity = similarity == null ? 0 : similarity;
        options.adversarial = settings.get(TrainOptions.ADVERSARIAL);
    }

    private static int whole(Settings settings, Option<Integer> option)
    {
        Integer value = settings.get(option);
        return value == null ? 0 : value;
    }

    private static String text(Settings settings, Option<String> option)
    {
        String value = settings.get(option);
        return value == null ? "" : value;
    }
}
