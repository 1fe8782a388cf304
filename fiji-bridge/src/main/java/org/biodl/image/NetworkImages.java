package org.biodl.image;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import org.biodl.image.Merged;
import org.biodl.image.Provenance;
import org.biodl.image.ResultImage;
import org.biodl.image.ResultPlanes;
import org.biodl.image.RgbImage;
import org.biodl.image.RunSource;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ImageView;
import org.biodl.jni.ProgressListener;
import org.biodl.jni.RunResult;

/** One run of the three commands, from what was prepared to images that are whole. Shows nothing. */
final class ModelRun
{
    final RunPreparation preparation;
    final RunResult result;
    private final List<ResultPlanes> _planes;
    private final List<String> _notes = new ArrayList<>();

    private ModelRun(RunPreparation preparation, RunResult result, List<ResultPlanes> planes)
    {
        this.preparation = preparation;
        this.result = result;
        _planes = planes;
    }

    /**
     * Run while holding the locks of the images, so that other commands leave their pixels alone.
     *
     * @throws BioDLException when an image is locked already, memory is short, or the run fails or is cancelled
     */
    static ModelRun locked(RunPreparation preparation, ProgressListener listener)
    {
        List<ImagePlus> held = new ArrayList<>();
        try
        {
            for (RunSource source : preparation.sources)
                if (!held.contains(source.image))
                {
                    if (!source.image.lockSilently())
                        throw new BioDLException(BioDLException.HOST, "The image '" + source.title + "' is locked: another command is working on it.",
                            "Wait until it has finished, or unlock the image with Plugins > Utilities > Reset.");
                    held.add(source.image);
                }
            RunChecks.checkMemory(preparation);
            return of(preparation, preparation.plan.outputs.size(), listener);
        }
        finally
        {
            for (ImagePlus image : held)
                image.unlock();
        }
    }

    /** @param wanted how many of the outputs are wanted; the others are not written */
    static ModelRun of(RunPreparation preparation, int wanted, ProgressListener listener)
    {
        List<ResultPlanes> planes = new ArrayList<>();
        List<ImageView> views = new ArrayList<>();
        for (int i = 0; i < preparation.plan.outputs.size(); i++)
        {
            planes.add(i < wanted ? new ResultPlanes(preparation.plan.outputs.get(i), preparation.type(i), preparation.kept(i)) : null);
            views.add(i < wanted ? planes.get(i).view() : null);
        }
        return new ModelRun(preparation, preparation.model.run(preparation.views(), preparation.options, views, listener), planes);
    }

    /** @return the pixels of output i */
    ResultPlanes planes(int i)
    {
        return _planes.get(i);
    }

    /** @return an image for each output, whole but not shown, with its provenance */
    List<ImagePlus> images()
    {
        List<ImagePlus> images = new ArrayList<>();
        for (int i = 0; i < _planes.size(); i++)
        {
            ImagePlus image = image(i);
            if (preparation.settings.flag("merge"))
                image = new Merged(preparation.sources.get(0), image, preparation.region).create(title(i, "-merged"));
            writeProvenance(image, i);
            images.add(image);
        }
        return images;
    }

    /** @return output i, without provenance */
    ImagePlus image(int i)
    {
        ResultPlanes planes = _planes.get(i);
        ResultImage result = new ResultImage(planes, preparation.sources.get(0), preparation.options.channels[0]);
        String title = title(i, preparation.settings.task.suffix);
        ImagePlus image;
        if (preparation.needsRgb(i))
        {
            RgbImage.Range range = RgbImage.range(planes);
            _notes.add(planes.output.name + ": values are taken as " + range.text() + " for red, green and blue");
            image = result.createRgb(title, range);
        }
        else
            image = result.create(title);
        image.setOverlay(result.overlay(preparation.region));
        return image;
    }

    /** Note in an image how output i came about. */
    void writeProvenance(ImagePlus image, int i)
    {
        Provenance.write(image, preparation.sources, preparation.model.info(), preparation.exact().toMacro(), result, i);
    }

    /** @return what the user should know, one entry a line of the log */
    List<String> messages()
    {
        List<String> messages = new ArrayList<>(result.warnings);
        messages.addAll(_notes);
        for (int i = 0; i < _planes.size(); i++)
        {
            String name = preparation.plan.outputs.get(i).name;
            if (result.clipped(i) > 0)
                messages.add(name + ": " + result.clipped(i) + " values were beyond the range of the pixel type and were clipped; "
                    + "output=32-bit keeps them");
            if (result.notFinite(i) > 0)
                messages.add(name + ": " + result.notFinite(i) + " values were NaN or infinite and became 0");
        }
        return messages;
    }

    private String title(int i, String suffix)
    {
        String source = preparation.sources.get(0).title;
        String output = preparation.plan.outputs.get(i).name;
        if (suffix.isEmpty())
            return preparation.model.info().name + "-" + output + " of " + source;
        int dot = source.lastIndexOf('.');
        String base = dot > 0 && source.length() - dot <= 5 ? source.substring(0, dot) : source;
        return base + suffix + (_planes.size() > 1 ? "-" + output : "");
    }
}
