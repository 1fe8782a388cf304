package org.biodl.ij1.run;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Font;
import java.awt.Panel;
import java.awt.TextArea;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.biodl.jni.ModelInfo;
import org.biodl.jni.TensorInfo;

/** The fields of the three dialogs: only those that mean something to the model and the image. */
final class RunForm
{
    private static final int ChannelColumns = 12;
    private static final int PlanRows = 11;
    private static final int PlanColumns = 76;

    private static final String Help = "<html><h3>%s</h3>"
        + "<b>Model</b>: a package of the BioImage Model Zoo, a model of CSBDeep, Noise2Void or StarDist as a zip file or folder, or an .onnx file.<br>"
        + "<b>Channels</b>: 'all', 'auto' (as many as the network takes; the current one for a network of one channel), or numbers and names such as "
        + "1,3 or DAPI. A network of one channel runs on several one after the other.<br>"
        + "<b>Normalise as the model asks</b>: switch it off only for images that are normalised already.<br>"
        + "<b>Scale back</b>: the result has the image's own unit, not the network's.<br>"
        + "<b>Tiles</b>: side of the pieces an image is computed in, in pixels. Smaller ones need less memory; the result is the same.<br>"
        + "<b>Preview</b> shows input and result of the visible part side by side; zoom and scroll as you like.<br><br>"
        + "A selection limits the run to its bounding rectangle (in place: to its pixels); intensities are still measured over whole planes.</html>";

    private final Form _form;
    private final RunTask _task;
    private final ImagePlus _image;

    RunForm(Form form, RunTask task, ImagePlus image)
    {
        _form = form;
        _task = task;
        _image = image;
    }

    /** @param value of a key when the dialog opens @return the list of models */
    Choice build(ModelChoice models, List<TensorInfo> inputs, List<TensorInfo> outputs, java.util.function.UnaryOperator<String> value)
    {
        Choice list = _form.choice("model", "Model", models.names(), models.names(), models.names().get(models.selected()));
        if (models.info() != null)
        {
            images(inputs, value);
            planes(inputs.get(0), value);
            _form.dialog.setInsets(8, 20, 0);
            processing(models.info(), outputs, value);
            results(inputs, outputs, value);
            _form.tiles(value.apply("tiles"));
            _form.devices(value.apply("device"));
        }
        _form.dialog.addHelp(String.format(Help, _task.title));
        return list;
    }

    static Checkbox preview(GenericDialog dialog, boolean on)
    {
        dialog.setInsets(8, 20, 0);
        dialog.addCheckbox("Preview", on);
        return (Checkbox) dialog.getCheckboxes().lastElement();
    }

    /** Where the plan of the run is shown. */
    static TextArea plan(GenericDialog dialog)
    {
        TextArea text = new TextArea("", PlanRows, PlanColumns, TextArea.SCROLLBARS_VERTICAL_ONLY);
        text.setEditable(false);
        text.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        Panel panel = new Panel();
        panel.add(text);
        dialog.addPanel(panel);
        return text;
    }

    /** The first input sees the current image, and each further one an image of its own. */
    private void images(List<TensorInfo> inputs, java.util.function.UnaryOperator<String> value)
    {
        channels("channels", inputs.size() > 1 ? "Channels for " + inputs.get(0).name : "Channels", _image, value);
        if (_task != RunTask.RUN || inputs.size() < 2)
            return;
        List<String> titles = Arrays.asList(WindowManager.getImageTitles());
        for (int i = 2; i <= Math.min(inputs.size(), RunTask.Images); i++)
        {
            String chosen = value.apply("image" + i);
            String other = titles.stream().filter(title -> !title.equals(_image.getTitle())).findFirst().orElse(titles.get(0));
            String title = titles.contains(chosen) ? chosen : other;
            _form.choice("image" + i, "Image for " + inputs.get(i - 1).name, titles, titles, title);
            channels("channels" + i, "Channels of it", WindowManager.getImage(title), value);
        }
    }

    private void channels(String key, String label, ImagePlus image, java.util.function.UnaryOperator<String> value)
    {
        if (image.getNChannels() > 1 || image.getType() == ImagePlus.COLOR_RGB)
            _form.text(key, label, value.apply(key), ChannelColumns);
    }

    private void planes(TensorInfo input, java.util.function.UnaryOperator<String> value)
    {
        String how = input.isVolume() ? " as a volume" : ", one by one";
        List<String> values = Arrays.asList(SegmentSettings.All, SegmentSettings.Current);
        if (_image.getNSlices() > 1)
            _form.choice("slices", "Slices", Arrays.asList("All " + _image.getNSlices() + " slices" + how, "This slice (" + _image.getSlice() + ")"), values,
                value.apply("slices"));
        if (_image.getNFrames() > 1)
            _form.choice("frames", "Frames", Arrays.asList("All " + _image.getNFrames() + " frames", "This frame (" + _image.getFrame() + ")"), values,
                value.apply("frames"));
    }

    private void processing(ModelInfo model, List<TensorInfo> outputs, java.util.function.UnaryOperator<String> value)
    {
        _form.checkbox("normalize", "Normalise as the model asks", value.apply("normalize").equals("true"));
        if (model.percentileHigh > 0)
        {
            percentile("percentile_low", "Percentile low (%)", model.percentileLow, value);
            percentile("percentile_high", "Percentile high (%)", model.percentileHigh, value);
        }
        if (outputs.stream().anyMatch(output -> output.restoresInput))
            _form.checkbox("scale_back", "Scale back to the image's unit", value.apply("scale_back").equals("true"));
    }

    private void percentile(String key, String label, double own, java.util.function.UnaryOperator<String> value)
    {
        String text = value.apply(key);
        _form.text(key, label, text.equals(SegmentSettings.ModelsOwn) ? MacroOptions.plain(own) : text, 6);
    }

    private void results(List<TensorInfo> inputs, List<TensorInfo> outputs, java.util.function.UnaryOperator<String> value)
    {
        _form.dialog.setInsets(8, 0, 3);
        String own = _task == RunTask.DENOISE ? RunSettings.Same : RunSettings.Automatic;
        _form.choice("output", "Output type", Arrays.asList(_task == RunTask.DENOISE ? "Same as input" : "Automatic", "32-bit"),
            Arrays.asList(own, RunSettings.Float), value.apply("output"));
        if (_task == RunTask.DENOISE)
            _form.choice("result", "Result", Arrays.asList("New image", "In place"), Arrays.asList(RunSettings.NewImage, RunSettings.InPlace),
                value.apply("result"));
        if (_task == RunTask.DENOISE && outputs.get(0).restoresInput && outputs.get(0).channels == 2 * inputs.get(0).channels)
            _form.checkbox("spread", "Add the uncertainty (spread) as a channel", value.apply("spread").equals("true"));
        if (_task != RunTask.DENOISE && outputs.get(0).channels == 3)
            _form.choice("rgb", "Three channels", new ArrayList<>(Arrays.asList("RGB image from RGB", "Always an RGB image", "Always three channels")),
                Arrays.asList(SegmentSettings.Auto, "true", "false"), value.apply("rgb"));
        if (_task == RunTask.STAIN)
            _form.checkbox("merge", "Merge with the source", value.apply("merge").equals("true"));
    }
}
