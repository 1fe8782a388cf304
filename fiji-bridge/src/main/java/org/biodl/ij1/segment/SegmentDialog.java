package org.biodl.ij1.segment;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.biodl.ij1.Form;
import org.biodl.ij1.LivePreview;
import org.biodl.ij1.SettingsDialog;
import org.biodl.ij1.models.ModelsCommand;
import org.biodl.image.Region;
import org.biodl.image.Segmentation;
import org.biodl.jni.Model;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.RunPlan;
import org.biodl.run.ImageOptions;
import org.biodl.run.OpenModels;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** The dialog of "BioDL Segment...", in the words and the order that users of StarDist know. */
final class SegmentDialog extends SettingsDialog
{
    private static final int TEXT_ROWS = 3;

    /** The first time the image's current channel is chosen, later the user's. */
    private boolean _built;

    SegmentDialog(ImagePlus image)
    {
        super(Verb.SEGMENT, image, Segmentation.defaultModel(image));
    }

    @Override
    protected void fields(Form form, Model model)
    {
        ModelInfo info = model.info();
        if (image.getNChannels() > 1 && image.getType() != ImagePlus.COLOR_RGB && info.channels == 1)
            channels(form);
        form.planes(image, ", one by one");
        form.gap(true);
        form.add(ImageOptions.NORMALIZE, "Normalize image");
        form.addNumber(ImageOptions.PERCENTILE_LOW, info.percentileLow);
        form.addNumber(ImageOptions.PERCENTILE_HIGH, info.percentileHigh);
        form.gap(false);
        form.addNumber(SegmentOptions.PROBABILITY, info.probability);
        form.addNumber(SegmentOptions.OVERLAP, info.overlap);
        form.gap(false);
        form.add(SegmentOptions.OUTPUT);
        form.addPair(SegmentOptions.OVERLAY, SegmentOptions.RESET_ROIS);
        form.rest();
        objects(form);
        form.add(SegmentOptions.ROIS);
        form.beside();
        form.add(SegmentOptions.TABLE, "Table");
        form.suggest(SegmentOptions.BORDER, "As the model says", "%s grid cells", 0, 1, 2, 4);
        form.machine();
        form.addPair(SegmentOptions.MEASURE, ImageOptions.DARK_OBJECTS);
        form.add(SegmentOptions.INTEGER_VERTICES);
    }

    /** Which objects there are, what their labels are, and what is shown of the network. */
    private void objects(Form form)
    {
        String unit = image.getCalibration().scaled() ? image.getCalibration().getUnits() : "pixels";
        form.add(SegmentOptions.MIN_AREA, "Smallest area (" + unit + "²)");
        form.beside();
        form.add(SegmentOptions.MAX_AREA, "largest");
        form.add(SegmentOptions.GROW, "Grow labels by (" + unit + ")");
        form.beside();
        form.add(ImageOptions.OBJECT_DIAMETER, "diameter (pixels)");
        form.addPair(SegmentOptions.EXCLUDE_EDGES, SegmentOptions.RINGS);
        if (image.getNSlices() * image.getNFrames() > 1)
            series(form);
        form.addPair(SegmentOptions.PROBABILITY_MAP, SegmentOptions.DISTANCE_MAP);
    }

    private static void series(Form form)
    {
        form.choose(SegmentOptions.LABELS, Arrays.asList("Start at 1 in every plane", "Unique in the whole stack", "Unique over time"),
            Arrays.asList(SegmentOptions.PER_PLANE, SegmentOptions.UNIQUE, SegmentOptions.OVER_TIME));
        form.add(SegmentOptions.LINK);
    }

    private void channels(Form form)
    {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int c = 1; c <= image.getNChannels(); c++)
        {
            names.add("Channel " + c);
            values.add(Integer.toString(c));
        }
        form.choose(ImageOptions.CHANNELS, "Channel", names, values,
            _built ? form.start(ImageOptions.CHANNELS) : Integer.toString(image.getChannel()));
        _built = true;
    }

    @Override
    protected int textRows()
    {
        return TEXT_ROWS;
    }

    @Override
    protected List<String> check(Settings settings)
    {
        ModelInfo info = OpenModels.open(settings.get(ImageOptions.MODEL)).info();
        Region region = Region.of(image);
        RunPlan plan = Segmentation.plan(image, region, settings);
        List<String> lines = new ArrayList<>();
        lines.add(info.name + ": " + (info.channels == 1 ? "grey images" : info.channels + " channels") + ", " + info.rays + " rays");
        if (!region.isWhole())
            lines.add("Objects " + region.text() + ".");
        for (String warning : plan.warnings)
            lines.add("Note: " + warning);
        return lines;
    }

    @Override
    protected void getModels()
    {
        ModelsCommand.open(verb.getTask());
    }

    @Override
    protected LivePreview<Settings, ?> preview(Consumer<String> status, Runnable closed)
    {
        return new SegmentPreview(image, status);
    }

    @Override
    protected Settings exact(Settings settings)
    {
        return settings;
    }
}
