package org.biodl.ij1.train;

import ij.IJ;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.biodl.ij1.StatusBar;
import org.biodl.jni.TrainingMethod;
import org.biodl.jni.TrainingPlan;
import org.biodl.jni.TrainingProgress;
import org.biodl.run.Format;
import org.biodl.run.Verb;

/** A training in words. */
final class TrainingText
{
    private static final double MEBIBYTE = 1 << 20;
    private static final double GIBIBYTE = 1 << 30;
    private static final int SECONDS = 60;
    private static final int DIGITS = 4;

    private TrainingText()
    {
    }

    /** @return what the dialog shows of a plan, a line each */
    static List<String> lines(TrainingPlan plan)
    {
        List<String> lines = new ArrayList<>();
        String patch = (plan.patch[0] > 1 ? plan.patch[0] + " x " : "") + plan.patch[1] + " x " + plan.patch[2];
        lines.add(duration(plan.minutes) + ": " + plan.steps + " steps of " + plan.batch + (plan.batch == 1 ? " patch, " : " patches, ")
            + patch + " pixels");
        lines.add(size(plan.memoryBytes) + " of memory, " + size(plan.diskBytes) + " on disk while it is trained");
        lines.add(count(plan.trainingSamples, "picture") + " to learn from, " + count(plan.validationSamples, "picture")
            + " for checks");
        lines.addAll(plan.notes);
        return lines;
    }

    /** @return one line about a training that goes on */
    static String line(TrainingProgress progress)
    {
        switch (progress.state)
        {
            case QUEUED:
                return "waiting until another training is over";
            case PREPARING:
                return "starting";
            case YIELDING:
                return steps(progress) + ", paused while a model runs";
            case TRAINING:
                return steps(progress) + StatusBar.left(progress.secondsLeft);
            case FINISHING:
                return "making the model: thresholds, test, report";
            case DONE:
                return "done";
            case CANCELLED:
                return "cancelled";
            default:
                return "failed";
        }
    }

    /** @return ", loss 0.0123 (checks 0.0145)" of what is known */
    static String losses(TrainingProgress progress)
    {
        return (Double.isNaN(progress.loss) ? "" : ", loss " + number(progress.loss))
            + (Double.isNaN(progress.validationLoss) ? "" : ", of the checks " + number(progress.validationLoss));
    }

    /** @return the command whose model it becomes */
    static Verb verb(TrainingMethod method)
    {
        switch (method)
        {
            case STARDIST:
                return Verb.SEGMENT;
            case SEMANTIC:
                return Verb.RUN;
            case STAIN:
                return Verb.STAIN;
            default:
                return Verb.DENOISE;
        }
    }

    /** @return as a dialog lists it */
    static String name(TrainingMethod method)
    {
        switch (method)
        {
            case DENOISE_IMAGE:
                return "Denoise this image (seconds)";
            case NOISE2VOID:
                return "Noise2Void: denoise, from noisy images";
            case RESTORATION:
                return "Restore, from pairs of bad and good images";
            case STARDIST:
                return "StarDist: find objects, from marked ones";
            case SEMANTIC:
                return "A class for each pixel, from marked areas";
            default:
                return "Virtual stain, from pairs of images";
        }
    }

    /** @return with as many digits as tell losses apart */
    static String number(double value)
    {
        double size = Math.abs(value);
        return size != 0 && (size < 1e-3 || size >= 1e5) ? String.format(Locale.ROOT, "%.2e", value)
            : Format.plain(new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue());
    }

    private static String steps(TrainingProgress progress)
    {
        return "step " + progress.step + " of " + progress.steps;
    }

    private static String duration(double minutes)
    {
        return minutes * SECONDS < 100 ? "About " + Math.max(1, Math.round(minutes * SECONDS)) + " s"
            : minutes < 100 ? "About " + Math.round(minutes) + " min" : "About " + IJ.d2s(minutes / SECONDS, 1) + " h";
    }

    private static String size(long bytes)
    {
        return bytes < GIBIBYTE ? Math.max(1, Math.round(bytes / MEBIBYTE)) + " MB" : IJ.d2s(bytes / GIBIBYTE, 1) + " GB";
    }

    private static String count(int number, String what)
    {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
