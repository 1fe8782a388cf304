package org.biodl.ij1.train;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.DirectoryChooser;
import java.awt.Choice;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.biodl.ij1.Form;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.TrainingMethod;
import org.biodl.run.ImageOptions;
import org.biodl.run.Option;
import org.biodl.run.OptionException;
import org.biodl.run.Settings;
import org.biodl.run.TrainOptions;

/** The fields of the dialog that a method needs. */
final class TrainFields
{
    private static final String CHOOSE = "Folder: choose...";
    private static final int LONGEST_PATH = 40;

    private final Form _form;
    private final TrainingMethod _method;
    private final OpenNow _open;
    /** Another value, for which the dialog is to be built anew. */
    private final BiConsumer<Option<String>, String> _changed;

    /**
     * @param open what is open
     * @param changed told an option that other fields depend on, and its new value
     */
    TrainFields(Form form, TrainingMethod method, OpenNow open, BiConsumer<Option<String>, String> changed)
    {
        _form = form;
        _method = method;
        _open = open;
        _changed = changed;
    }

    /** @param models that a training may start from */
    void add(List<CatalogueEntry> models)
    {
        List<String> methods = TrainOptions.METHOD.getFormat().getChoices();
        List<String> names = methods.stream().map(id -> TrainingText.name(TrainingMethod.of(id))).collect(Collectors.toList());
        follow(TrainOptions.METHOD, _form.choose(TrainOptions.METHOD, TrainOptions.METHOD.getLabel(), names, methods, _method.getId()),
            methods);
        images();
        if (_method.needsLabels())
            place(TrainOptions.LABELS, labelled());
        else if (_method.needsTarget())
            place(TrainOptions.TARGETS, targets());
        channels();
        start(models);
        _form.addOptional(TrainOptions.NAME);
        _form.add(TrainOptions.MINUTES);
        _form.gap(true);
        special(TrainOptions.MEDIAN, TrainOptions.PROBABILISTIC, TrainOptions.APPLY);
        _form.rest();
        // macros have some more: the form is to fit a small screen
        _form.gap(TrainOptions.belongs(TrainOptions.VOLUMES, _method));
        special(TrainOptions.VOLUMES, TrainOptions.NOISE_RADIUS, TrainOptions.NOISE_AXIS, TrainOptions.RAYS, TrainOptions.SIMILARITY,
            TrainOptions.ADVERSARIAL, TrainOptions.SIMULATED_NOISE, TrainOptions.STEPS, TrainOptions.VALIDATION, TrainOptions.PATCH,
            TrainOptions.BATCH, ImageOptions.MEMORY);
        _form.addOptional(TrainOptions.AUTHORS);
        _form.addOptional(TrainOptions.LICENCE);
    }

    /** @throws OptionException where a folder is still to be chosen */
    static void check(Settings settings)
    {
        for (Option<String> option : Arrays.asList(TrainOptions.IMAGES, TrainOptions.TARGETS, TrainOptions.LABELS))
            if (settings.is(option, CHOOSE))
                throw new OptionException(option, option.getKey(), "none are chosen yet.", "",
                    "Open an image of the same size, or choose a folder.");
    }

    private void special(Option<?>... options)
    {
        for (Option<?> option : options)
            if (TrainOptions.belongs(option, _method))
                _form.add(option);
    }

    private void images()
    {
        List<String[]> places = new ArrayList<>();
        ImagePlus image = _open.current();
        if (image != null)
            places.add(new String[] { "This image: " + image.getTitle(), ImageOptions.CURRENT });
        if (_open.all().size() > 1 && !_method.needsLabels() && !_method.needsTarget())
            places.add(new String[] { "All " + _open.all().size() + " open images", TrainOptions.OPEN });
        place(TrainOptions.IMAGES, places);
    }

    private boolean isFolder()
    {
        return !_form.start(TrainOptions.IMAGES).equals(ImageOptions.CURRENT);
    }

    private List<String[]> labelled()
    {
        List<String[]> places = new ArrayList<>();
        if (isFolder())
            return places;
        long areas = _open.rois().stream().filter(Roi::isArea).count();
        places.add(new String[] { "ROI Manager (" + areas + (areas == 1 ? " ROI)" : " ROIs)"), TrainOptions.ROI_MANAGER });
        places.addAll(others());
        return places;
    }

    private List<String[]> targets()
    {
        List<String[]> places = new ArrayList<>();
        if (isFolder())
            return places;
        places.addAll(others());
        if (_method == TrainingMethod.SEMANTIC)
            places.add(new String[] { "ROI Manager: groups are classes", TrainOptions.ROI_MANAGER });
        return places;
    }

    private List<String[]> others()
    {
        ImagePlus image = _open.current();
        return _open.all().stream().filter(other -> other != image && other.getWidth() == image.getWidth()
            && other.getHeight() == image.getHeight()).map(other -> new String[] { other.getTitle(), other.getTitle() })
            .collect(Collectors.toList());
    }

    /** A choice among what is open, and folders. @param places names and values */
    private void place(Option<String> option, List<String[]> places)
    {
        List<String> names = places.stream().map(place -> place[0]).collect(Collectors.toCollection(ArrayList::new));
        List<String> values = places.stream().map(place -> place[1]).collect(Collectors.toCollection(ArrayList::new));
        String now = _form.start(option);
        if (!now.isEmpty() && !values.contains(now) && new File(now).isDirectory())
        {
            values.add(now);
            names.add("Folder: " + (now.length() > LONGEST_PATH ? "…" + now.substring(now.length() - LONGEST_PATH) : now));
        }
        values.add(CHOOSE);
        names.add(CHOOSE);
        follow(option, _form.choose(option, option.getLabel(), names, values, now), values);
    }

    private void channels()
    {
        ImagePlus image = _open.current();
        if (image == null || isFolder())
            return;
        if (image.getNChannels() > 1)
            _form.add(ImageOptions.CHANNELS);
        if (image.getNChannels() > 1 && TrainOptions.belongs(TrainOptions.TARGET_CHANNELS, _method))
            _form.add(TrainOptions.TARGET_CHANNELS);
        _form.planes(image, ", one by one");
    }

    private void start(List<CatalogueEntry> models)
    {
        if (!TrainOptions.belongs(TrainOptions.START, _method))
            return;
        List<String> names = new ArrayList<>(Arrays.asList("What suits the method", "Random weights"));
        List<String> values = new ArrayList<>(Arrays.asList(ImageOptions.AUTO, ImageOptions.NONE));
        for (CatalogueEntry model : models)
            if (model.task == TrainingText.verb(_method).getTask() && !values.contains(model.id))
            {
                names.add(model.name);
                values.add(model.id);
            }
        _form.choose(TrainOptions.START, TrainOptions.START.getLabel(), names, values, _form.start(TrainOptions.START));
    }

    private void follow(Option<String> option, Choice choice, List<String> values)
    {
        choice.addItemListener(event ->
        {
            String value = values.get(choice.getSelectedIndex());
            if (value.equals(CHOOSE))
                value = new DirectoryChooser(option.getLabel()).getDirectory();
            if (value != null && !value.equals(_form.start(option)))
                _changed.accept(option, value);
        });
    }
}
