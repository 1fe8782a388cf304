package org.biodl.ij1.run;

import ij.ImagePlus;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import org.biodl.image.Region;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ProgressListener;

/**
 * Input and result of the visible part of the current plane side by side, while the dialog is open. Statistics are those of the whole
 * plane, as in the real run. A network with a z axis sees all slices of the frame.
 */
final class RunPreview extends LivePreview<RunSettings, RunPreview.Pair>
{
    private final Runnable _closed;
    private SideBySide _window;

    /** Two pictures of the same part. */
    static final class Pair
    {
        final BufferedImage input;
        final BufferedImage result;
        final Rectangle part;
        final double milliseconds;

        Pair(BufferedImage input, BufferedImage result, Rectangle part, double milliseconds)
        {
            this.input = input;
            this.result = result;
            this.part = part;
            this.milliseconds = milliseconds;
        }
    }

    /** @param closed called when the user closes the preview's window */
    RunPreview(ImagePlus image, RunTask task, Consumer<String> status, Runnable closed)
    {
        super(image, task.work, status);
        _closed = closed;
    }

    @Override
    Pair compute(RunSettings chosen, Rectangle visible, ProgressListener listener)
    {
        Rectangle part = Region.of(image).bounds.intersection(visible);
        if (part.isEmpty())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "the selection is not in view", "");
        boolean volume = Models.open(chosen.value("model")).inputs().get(0).isVolume();
        int slice = volume && chosen.is("slices", SegmentSettings.All) ? image.getSlice() : 1;
        RunSettings settings = chosen.with("frames", SegmentSettings.Current);
        if (!volume)
            settings = settings.with("slices", SegmentSettings.Current);
        if (settings.is("result", RunSettings.InPlace))
            settings = settings.with("result", RunSettings.NewImage);
        if (settings.flag("merge"))
            settings = settings.with("merge", "false");
        BufferedImage input = image.getBufferedImage().getSubimage(part.x, part.y, part.width, part.height);
        ModelRun run = ModelRun.of(RunPreparation.of(image, settings, part), 1, listener);
        ImagePlus result = run.image(0);
        int channel = result.getNChannels() == image.getNChannels() ? image.getC() : 1;
        result.setPositionWithoutUpdate(channel, Math.min(slice, result.getNSlices()), 1);
        result.setOverlay(null);
        return new Pair(input, result.getBufferedImage(), part, run.result.totalMs);
    }

    @Override
    String present(Pair pair)
    {
        if (_window == null)
            _window = new SideBySide(image, _closed);
        _window.show(pair.input, pair.result);
        return pair.part.width + " x " + pair.part.height + " pixels in " + Math.round(pair.milliseconds) + " ms";
    }

    @Override
    void restore()
    {
        if (_window != null)
            _window.dispose();
        _window = null;
    }
}
