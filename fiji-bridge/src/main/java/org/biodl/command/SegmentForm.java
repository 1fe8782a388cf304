package org.biodl.command;

import ij.ImagePlus;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Label;
import java.awt.TextField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.biodl.jni.ModelInfo;

/** The fields of the dialog, in the words and the order that users of StarDist know. */
final class SegmentForm
{
    /** Fields that show the model's own value until the user changes them. */
    static final List<String> ModelsOwn = Arrays.asList("percentile_low", "percentile_high", "probability", "overlap");

    private static final int StatusWidth = 110;

    private static final String Help = "<html><h3>BioDL Segment</h3>"
        + "<b>Model</b>: the built-in one finds nuclei in fluorescence images; others are StarDist models (a folder or file with weights.onnx).<br>"
        + "<b>Normalize image</b>: intensities are scaled so that the low percentile becomes 0 and the high one 1, for each plane.<br>"
        + "<b>Probability threshold</b>: higher gives fewer, surer objects.<br>"
        + "<b>Overlap threshold</b>: of two objects that share more than this part of the smaller one, the surer stays.<br>"
        + "<b>Exclude border</b>: objects whose centre is this close to the border are left out, in cells of the network's grid.<br>"
        + "<b>Tiles</b>: side of the pieces an image is computed in, in pixels. Smaller ones need less memory.<br>"
        + "<b>Whole-pixel polygons</b>: compares polygons exactly as StarDist does, for results equal to its own.<br>"
        + "<b>Preview</b> shows the outlines on the visible part of the image; zoom and scroll as you like.<br><br>"
        + "A rectangle or any other area selection limits the search to it.</html>";

    private final Form _form;
    private final GenericDialog _dialog;
    private final ImagePlus _image;

    SegmentForm(Form form, ImagePlus image)
    {
        _form = form;
        _dialog = form.dialog;
        _image = image;
    }

    /** @return the list of models */
    Choice build(SegmentSettings settings, ModelChoice models)
    {
        Choice list = _form.choice("model", "Model", models.names(), models.names(), models.names().get(models.selected()));
        planes(settings);
        _dialog.setInsets(8, 20, 0);
        _form.checkbox("normalize", "Normalize image", settings.engine.normalize);
        number("percentile_low", "Percentile low", "%");
        number("percentile_high", "Percentile high", "%");
        _dialog.setInsets(8, 0, 3);
        slider("probability", "Probability threshold");
        slider("overlap", "Overlap threshold");
        _dialog.setInsets(8, 0, 3);
        _form.choice("output", "Output type", Arrays.asList(SegmentSettings.RoiManager, SegmentSettings.LabelImage, SegmentSettings.Both),
            Arrays.asList(SegmentSettings.RoiManager, SegmentSettings.LabelImage, SegmentSettings.Both), settings.output);
        if (_image.getNSlices() * _image.getNFrames() > 1)
            _form.choice("labels", "Label numbers", Arrays.asList("Start at 1 in every plane", "Unique in the whole stack"),
                Arrays.asList(SegmentSettings.PerPlane, SegmentSettings.Unique), settings.value("labels"));
        _form.checkbox("overlay", "Outlines on the image", settings.overlay);
        _form.checkbox("reset_rois", "Empty the ROI Manager first", settings.resetRois);
        _dialog.setInsets(8, 0, 3);
        border(settings);
        _form.tiles(settings.value("tiles"));
        _form.devices(settings.engine.device);
        _form.checkbox("integer_vertices", "Whole-pixel polygons, as StarDist", settings.engine.integerVertices);
        _dialog.addHelp(Help);
        return list;
    }

    static Checkbox preview(GenericDialog dialog)
    {
        dialog.setInsets(8, 20, 0);
        dialog.addCheckbox("Preview", false);
        return (Checkbox) dialog.getCheckboxes().lastElement();
    }

    /** A line that later texts fit into. */
    static Label status(GenericDialog dialog)
    {
        char[] room = new char[StatusWidth];
        Arrays.fill(room, ' ');
        dialog.setInsets(4, 20, 0);
        dialog.addMessage(new String(room) + '.');
        return (Label) dialog.getMessage();
    }

    /** @return the model's own value as the field shows it */
    static String own(String key, ModelInfo info)
    {
        double value = key.equals("percentile_low") ? info.percentileLow : key.equals("percentile_high") ? info.percentileHigh
            : key.equals("probability") ? info.probability : info.overlap;
        return MacroOptions.plain(Math.round(value * 1000) / 1000.0);
    }

    private void planes(SegmentSettings settings)
    {
        if (_image.getNChannels() > 1 && _image.getType() != ImagePlus.COLOR_RGB)
        {
            List<String> names = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (int c = 1; c <= _image.getNChannels(); c++)
            {
                names.add("Channel " + c);
                values.add(Integer.toString(c));
            }
            _form.choice("channel", "Channel", names, values, Integer.toString(_image.getChannel()));
        }
        if (_image.getNSlices() > 1)
            _form.choice("slices", "Slices", Arrays.asList("All " + _image.getNSlices() + " slices, one by one", "This slice (" + _image.getSlice() + ")"),
                Arrays.asList(SegmentSettings.All, SegmentSettings.Current), settings.value("slices"));
        if (_image.getNFrames() > 1)
            _form.choice("frames", "Frames", Arrays.asList("All " + _image.getNFrames() + " frames", "This frame (" + _image.getFrame() + ")"),
                Arrays.asList(SegmentSettings.All, SegmentSettings.Current), settings.value("frames"));
    }

    private void border(SegmentSettings settings)
    {
        List<String> values = new ArrayList<>(Arrays.asList(SegmentSettings.ModelsOwn, "0", "1", "2", "4"));
        if (!values.contains(settings.value("exclude_border")))
            values.add(settings.value("exclude_border"));
        List<String> names = new ArrayList<>();
        for (String value : values)
            names.add(value.equals(SegmentSettings.ModelsOwn) ? "As the model says" : value.equals("0") ? "None" : value + " grid cells");
        _form.choice("exclude_border", "Exclude border", names, values, settings.value("exclude_border"));
    }

    private void number(String key, String label, String unit)
    {
        _dialog.addNumericField(label, 0, 1, 6, unit);
        _form.put(key, (TextField) _dialog.getNumericFields().lastElement());
    }

    private void slider(String key, String label)
    {
        _dialog.addSlider(label, 0, 1, 0.5, 0.01);
        _form.put(key, (TextField) _dialog.getNumericFields().lastElement());
    }
}
