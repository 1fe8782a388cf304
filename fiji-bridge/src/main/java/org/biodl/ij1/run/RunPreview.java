package org.biodl.ij1.run;

import ij.ImagePlus;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import org.biodl.ij1.LivePreview;
import org.biodl.ij1.MacroCall;
import org.biodl.image.NetworkImages;
import org.biodl.image.Region;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ProgressListener;
import org.biodl.run.ImageOptions;
import org.biodl.run.NetworkOptions;
import org.biodl.run.OpenModels;
import org.biodl.run.RunPreparation;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/**
 * Input and result of the visible part of the current plane side by side, while the dialog is open. Statistics are those of the whole
 * plane, as in the real run. A network with a z axis sees all slices of the frame.
 */
final class RunPreview extends LivePreview<Settings, RunPreview.Pair>
{
    private final Verb _verb;
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
    RunPreview(ImagePlus image, Verb verb, Consumer<String> status, Runnable closed)
    {
        super(image, verb.getWork(), status);
        _verb = verb;
        _closed = closed;
    }

    @Override
    protected Pair compute(Settings chosen, Rectangle visible, Object view, ProgressListener listener)
    {
        Rectangle part = Region.of(image).bounds.intersection(visible);
        if (part.isEmpty())
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "the selection is not in view", "");
        boolean volume = OpenModels.open(chosen.get(ImageOptions.MODEL)).inputs().get(0).isVolume();
        int slice = volume && chosen.is(ImageOptions.SLICES, ImageOptions.ALL) ? image.getSlice() : 1;
        Settings settings = chosen.with(ImageOptions.FRAMES, ImageOptions.CURRENT);
        if (!volume)
            settings = settings.with(ImageOptions.SLICES, ImageOptions.CURRENT);
        if (settings.has(NetworkOptions.RESULT))
            settings = settings.with(NetworkOptions.RESULT, NetworkOptions.NEW_IMAGE);
        if (settings.has(NetworkOptions.MERGE))
            settings = settings.with(NetworkOptions.MERGE, false);
        BufferedImage input = image.getBufferedImage().getSubimage(part.x, part.y, part.width, part.height);
        RunPreparation preparation = RunPreparation.of(_verb, settings,
            NetworkImages.sources(MacroCall.images(image, settings), settings), part);
        NetworkImages made = NetworkImages.of(preparation, 1, listener);
        ImagePlus result = made.getImages().get(0);
        int channel = result.getNChannels() == image.getNChannels() ? image.getC() : 1;
        result.setPositionWithoutUpdate(channel, Math.min(slice, result.getNSlices()), 1);
        result.setOverlay(null);
        return new Pair(input, result.getBufferedImage(), part, made.getAccount().getMilliseconds());
    }

    @Override
    protected String present(Pair pair)
    {
        if (_window == null)
            _window = new SideBySide(image, _closed);
        _window.show(pair.input, pair.result);
        return pair.part.width + " x " + pair.part.height + " pixels in " + Math.round(pair.milliseconds) + " ms";
    }

    @Override
    protected void restore()
    {
        if (_window != null)
            _window.dispose();
        _window = null;
    }
}
