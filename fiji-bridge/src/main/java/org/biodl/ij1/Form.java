package org.biodl.ij1;

import ij.ImagePlus;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Scrollbar;
import java.awt.TextField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.biodl.jni.Library;
import org.biodl.run.Format;
import org.biodl.run.ImageOptions;
import org.biodl.run.Option;
import org.biodl.run.Settings;

/** The fields of a dialog, each made from an option; what they say is read as a macro's text. */
public final class Form
{
    private static final int LONGEST_DEVICE = 40;
    /** Columns. */
    private static final int WIDE = 28;
    /** Of a slider from 0 to 1. */
    private static final int SLIDER_STEPS = 100;

    private final GenericDialog _dialog;
    private final Settings _start;
    private final Map<Option<?>, Object> _fields = new LinkedHashMap<>();
    /** What macros write for each item of a choice. */
    private final Map<Option<?>, List<String>> _values = new LinkedHashMap<>();
    /** What fields show for a value that is left to the model. */
    private final Map<Option<?>, String> _own = new LinkedHashMap<>();
    /** Options of the long form while the short one is shown, and their values. */
    private final Map<Option<?>, Object> _kept = new LinkedHashMap<>();
    private final boolean _long;
    private boolean _folded;

    /**
     * @param start what the fields show first
     * @param all whether to show the fields too that few need
     */
    public Form(GenericDialog dialog, Settings start, boolean all)
    {
        _dialog = dialog;
        _start = start;
        _long = all;
    }

    /** The fields that follow are in the long form alone; in the short one their options keep their values. */
    public void rest()
    {
        _folded = !_long;
        gap(false);
    }

    /** Room above the next field, in pixels; fields that follow are aligned as labels or as check boxes. */
    public void gap(boolean checkbox)
    {
        if (!_folded)
            _dialog.setInsets(_long ? 2 : 8, checkbox ? 20 : 0, checkbox ? 0 : 3);
    }

    /** The field that suits the kind of the option's value. */
    public void add(Option<?> option)
    {
        add(option, option.getLabel());
    }

    /** @param label in place of the option's own */
    public void add(Option<?> option, String label)
    {
        if (keeps(option))
            return;
        switch (option.getFormat().getKind())
        {
            case FLAG:
                _dialog.addCheckbox(label, Boolean.parseBoolean(_start.text(option)));
                _fields.put(option, _dialog.getCheckboxes().lastElement());
                break;
            case CHOICE:
                choose(option, label, capitalised(option.getFormat().getChoices()), option.getFormat().getChoices(), _start.text(option));
                break;
            default:
                _dialog.addStringField(label, _start.text(option), option.getFormat().getKind() == Format.Kind.NUMBER ? 6 : 12);
                _fields.put(option, _dialog.getStringFields().lastElement());
        }
    }

    /** The next field stands beside the one before it. */
    public void beside()
    {
        if (!_folded)
            _dialog.addToSameRow();
    }

    /** Two check boxes in one line. */
    public void addPair(Option<Boolean> left, Option<Boolean> right)
    {
        if (keeps(left) && keeps(right))
            return;
        boolean[] on = { _start.isOn(left), _start.isOn(right) };
        _dialog.setInsets(2, 20, 2);
        _dialog.addCheckboxGroup(1, 2, new String[] { left.getLabel(), right.getLabel() }, on);
        int count = _dialog.getCheckboxes().size();
        _fields.put(left, _dialog.getCheckboxes().get(count - 2));
        _fields.put(right, _dialog.getCheckboxes().get(count - 1));
    }

    /** @return what the dialog began with, as macros write it */
    public String start(Option<?> option)
    {
        return _start.text(option);
    }

    /** A field for a text that need not be given. */
    public void addOptional(Option<String> option)
    {
        if (keeps(option))
            return;
        _dialog.addStringField(option.getLabel(), _start.text(option), WIDE);
        _fields.put(option, _dialog.getStringFields().lastElement());
        // an empty field is the word for none
        _own.put(option, "");
    }

    /** A field for a long text. */
    public void addWide(Option<String> option)
    {
        _dialog.addStringField(option.getLabel(), _start.text(option), WIDE);
        _fields.put(option, _dialog.getStringFields().lastElement());
    }

    /** A field for the path of a folder, with a button to look for it. */
    public void addFolder(Option<String> option)
    {
        _dialog.addDirectoryField(option.getLabel(), _start.text(option), WIDE);
        _fields.put(option, _dialog.getStringFields().lastElement());
    }

    /** A number that shows the model's own value until the user changes it. */
    public void addNumber(Option<Double> option, double own)
    {
        if (keeps(option))
            return;
        double shown = _start.get(option) == null ? own : _start.get(option);
        if (option.getFormat().getMost() <= 1)
            addSlider(option.getLabel(), shown);
        else
            _dialog.addNumericField(option.getLabel(), shown, 1, 6, "%");
        TextField field = (TextField) _dialog.getNumericFields().lastElement();
        _own.put(option, Format.plain(Math.round(own * 1000) / 1000.0));
        field.setText(_start.get(option) == null ? _own.get(option) : _start.text(option));
        _fields.put(option, field);
    }

    /** ImageJ moves the thumb when the field is typed in, not when its first text is set; and it cuts where we round. */
    private void addSlider(String label, double value)
    {
        _dialog.addSlider(label, 0, 1, value, 1.0 / SLIDER_STEPS);
        ((Scrollbar) _dialog.getSliders().lastElement()).setValue((int) Math.round(value * SLIDER_STEPS));
    }

    /** @param names as the user sees them @param values as macros write them */
    public void choose(Option<?> option, List<String> names, List<String> values)
    {
        if (!keeps(option))
            choose(option, option.getLabel(), names, values, _start.text(option));
    }

    /** @param selected one of the values; the first where it is none */
    public Choice choose(Option<?> option, String label, List<String> names, List<String> values, String selected)
    {
        _dialog.addChoice(label, names.toArray(new String[0]), names.get(Math.max(0, values.indexOf(selected))));
        Choice choice = (Choice) _dialog.getChoices().lastElement();
        _fields.put(option, choice);
        _values.put(option, values);
        return choice;
    }

    /**
     * A choice of common numbers, and of the one that was chosen last.
     *
     * @param word what the option's word means
     * @param unit with %s for the number
     * @param numbers to choose from
     */
    public void suggest(Option<Integer> option, String word, String unit, int... numbers)
    {
        List<String> values = new ArrayList<>(Arrays.asList(option.getFormat().getWord()));
        for (int number : numbers)
            values.add(Integer.toString(number));
        if (!values.contains(_start.text(option)))
            values.add(_start.text(option));
        List<String> names = new ArrayList<>();
        for (String value : values)
            names.add(value.equals(option.getFormat().getWord()) ? word : value.equals("0") ? "None" : unit.replace("%s", value));
        choose(option, names, values);
    }

    /** Slices and frames, where the image has several. @param how follows the number of slices, such as ", one by one" */
    public void planes(ImagePlus image, String how)
    {
        planes(ImageOptions.SLICES, "slice", image.getNSlices(), image.getSlice(), how);
        planes(ImageOptions.FRAMES, "frame", image.getNFrames(), image.getFrame(), "");
    }

    /** Tiles, and the devices that this machine has. */
    public void machine()
    {
        suggest(ImageOptions.TILE, "Automatic", "%s x %s pixels", 128, 256, 512, 1024, 2048);
        List<String> names = new ArrayList<>(Arrays.asList("Automatic"));
        List<String> values = new ArrayList<>(Arrays.asList(ImageOptions.AUTO));
        for (Library.Device device : Library.devices())
            if (device.available)
            {
                names.add(device.name.length() > LONGEST_DEVICE ? device.name.substring(0, LONGEST_DEVICE - 1) + "…" : device.name);
                values.add(device.id);
            }
        choose(ImageOptions.DEVICE, names, values);
    }

    public boolean has(Option<?> option)
    {
        return _fields.keySet().stream().anyMatch(field -> field.getKey().equals(option.getKey()));
    }

    /** @return whether it has options of the long form that are not shown */
    boolean isShort()
    {
        return !_kept.isEmpty();
    }

    /** @return whether some numbers are the model's until the user changes them */
    boolean hasOwn(Predicate<Option<?>> which)
    {
        return _own.keySet().stream().anyMatch(which);
    }

    /** Put options back to what they are when nobody says: numbers of the model to those of the model. */
    void restore(Predicate<Option<?>> which)
    {
        Settings defaults = Settings.of(_start.getOptions());
        _kept.replaceAll((option, value) -> which.test(option) ? defaults.get(option) : value);
        for (Map.Entry<Option<?>, Object> field : _fields.entrySet())
            if (which.test(field.getKey()))
                set(field.getKey(), field.getValue(), defaults.text(field.getKey()));
    }

    /** A choice among what the image has, such as its channels, has no default. */
    private void set(Option<?> option, Object field, String text)
    {
        if (field instanceof Checkbox)
            ((Checkbox) field).setState(Boolean.parseBoolean(text));
        else if (field instanceof TextField)
            ((TextField) field).setText(_own.getOrDefault(option, text));
        else if (_values.get(option).contains(text))
            ((Choice) field).select(_values.get(option).indexOf(text));
    }

    private boolean keeps(Option<?> option)
    {
        if (_folded)
            _kept.put(option, _start.get(option));
        return _folded;
    }

    /** @return what the fields say, and defaults for options without a field */
    public Settings read()
    {
        Settings settings = Settings.of(_start.getOptions());
        for (Map.Entry<Option<?>, Object> kept : _kept.entrySet())
            settings = settings.with(kept.getKey().getKey(), kept.getValue());
        for (Map.Entry<Option<?>, Object> field : _fields.entrySet())
        {
            Option<?> option = field.getKey();
            String text = text(option, field.getValue());
            settings = settings.with(option.getKey(), text.equals(_own.get(option)) ? option.getFormat().getWord() : text);
        }
        return settings;
    }

    private void planes(Option<String> option, String one, int count, int shown, String how)
    {
        if (count > 1)
            choose(option, Arrays.asList("All " + count + " " + one + "s" + how, "This " + one + " (" + shown + ")"),
                Arrays.asList(ImageOptions.ALL, ImageOptions.CURRENT));
    }

    private String text(Option<?> option, Object field)
    {
        if (field instanceof Checkbox)
            return Boolean.toString(((Checkbox) field).getState());
        return field instanceof Choice ? _values.get(option).get(((Choice) field).getSelectedIndex()) : ((TextField) field).getText()
            .trim();
    }

    private static List<String> capitalised(List<String> words)
    {
        List<String> names = new ArrayList<>();
        for (String word : words)
            names.add(Character.toUpperCase(word.charAt(0)) + word.substring(1));
        return names;
    }
}
