package org.biodl.image;

import ij.ImagePlus;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.biodl.jni.BioDLException;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.ProgressListener;
import org.biodl.run.Account;
import org.biodl.run.NetworkOptions;
import org.biodl.run.NetworkRun;
import org.biodl.run.ResultPlanes;
import org.biodl.run.RunChecks;
import org.biodl.run.RunPreparation;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** What a network made of images, as ImageJ's images; nothing of it is shown. */
public final class NetworkImages
{
    private final NetworkRun _run;
    private final List<ImageSource> _sources;
    private final List<ImagePlus> _images = new ArrayList<>();
    private final List<String> _notes = new ArrayList<>();
    private final Provenance _provenance;
    private final Account _account;

    private NetworkImages(NetworkRun run, List<ImageSource> sources, Region selection)
    {
        _run = run;
        _sources = sources;
        RunPreparation preparation = run.getPreparation();
        List<int[]> channels = IntStream.range(0, sources.size()).mapToObj(preparation::channels).collect(Collectors.toList());
        _provenance = new Provenance(sources, channels, selection, preparation.getModel().info(), preparation.getSettings());
        for (int i = 0; i < run.getPlanes().size() && !isInPlace(); i++)
            _images.add(image(i));
        _notes.addAll(run.losses());
        _account = Account.of(run.getResult(), _provenance.source(), _notes);
        for (int i = 0; i < _images.size(); i++)
            writeProvenance(_images.get(i), i);
    }

    /**
     * What a run will do, before any pixel is read. A selection of the first image limits it to its bounding rectangle.
     *
     * @param verb one that turns images into images
     * @param images one for each input of the model
     * @param settings of the verb
     * @throws BioDLException when images, model and settings do not go together
     */
    public static RunPreparation prepare(Verb verb, List<ImagePlus> images, Settings settings)
    {
        Rectangle bounds = Region.of(images.get(0)).bounds;
        boolean whole = bounds.equals(new Rectangle(images.get(0).getWidth(), images.get(0).getHeight()));
        return RunPreparation.of(verb, settings, sources(images, settings), whole ? null : bounds);
    }

    /**
     * Run a network. Does not lock the images.
     *
     * @param preparation made by prepare
     * @param wanted how many outputs are wanted
     * @param listener told of the progress, may be null
     * @throws BioDLException when memory is short, or the run fails or is cancelled
     */
    public static NetworkImages of(RunPreparation preparation, int wanted, ProgressListener listener)
    {
        List<ImageSource> sources = preparation.getInputs().stream().map(input -> (ImageSource) input).collect(Collectors.toList());
        Region selection = Region.of(sources.get(0).image);
        RunChecks.checkMemory(preparation);
        return new NetworkImages(NetworkRun.of(preparation, wanted, listener), sources, selection);
    }

    /** @return what a run reads of images */
    public static List<ImageSource> sources(List<ImagePlus> images, Settings settings)
    {
        return images.stream().map(image -> new ImageSource(image, settings)).collect(Collectors.toList());
    }

    /** @return an image for each output; none where the result is to take the place of its source */
    public List<ImagePlus> getImages()
    {
        return Collections.unmodifiableList(_images);
    }

    /** @return how the run went */
    public Account getAccount()
    {
        return _account;
    }

    /** @return where the images were computed */
    public Region getRegion()
    {
        return _provenance.region();
    }

    /** @return what made them */
    public ModelInfo getModel()
    {
        return _provenance.model();
    }

    /** @return what ran */
    public NetworkRun getRun()
    {
        return _run;
    }

    /** @return what was read */
    public List<ImageSource> getSources()
    {
        return _sources;
    }

    /** @return whether the result is to take the place of its source: InPlace.apply does it */
    public boolean isInPlace()
    {
        return _run.getPreparation().getSettings().is(NetworkOptions.RESULT, NetworkOptions.IN_PLACE);
    }

    /** Note in an image how an output came about. */
    void writeProvenance(ImagePlus image, int output)
    {
        _provenance.write(image, _account);
        image.setProp("BioDL.clipped", Long.toString(_run.getResult().clipped(output)));
        image.setProp("BioDL.not_finite", Long.toString(_run.getResult().notFinite(output)));
    }

    private ImagePlus image(int i)
    {
        RunPreparation preparation = _run.getPreparation();
        ResultPlanes planes = _run.getPlanes().get(i);
        ResultImage result = new ResultImage(planes, preparation.name(i), _sources.get(0), preparation.channels(0));
        String title = title(i, preparation.getVerb().getSuffix());
        ImagePlus image;
        if (preparation.needsRgb(i))
        {
            RgbImage.Range range = RgbImage.range(planes);
            _notes.add(preparation.name(i) + ": values are taken as " + range.text() + " for red, green and blue");
            image = result.createRgb(title, range);
        }
        else
            image = result.create(title);
        image.setOverlay(result.overlay(preparation.getRegion()));
        return preparation.getSettings().isOn(NetworkOptions.MERGE)
            ? new Merged(_sources.get(0), image, preparation.getRegion()).create(title(i, "-merged")) : image;
    }

    private String title(int i, String suffix)
    {
        String source = _sources.get(0).title;
        String output = _run.getPreparation().name(i);
        if (suffix.isEmpty())
            return _run.getPreparation().getModel().info().name + "-" + output + " of " + source;
        int dot = source.lastIndexOf('.');
        String base = dot > 0 && source.length() - dot <= 5 ? source.substring(0, dot) : source;
        return base + suffix + (_run.getPreparation().getPlan().outputs.size() > 1 ? "-" + output : "");
    }
}
