package org.biodl.ij1;

import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.biodl.jni.Library;

/** Fields of a dialog by the keys of macro options. */
final class Form
{
    private static final int LongestDevice = 40;

    final GenericDialog dialog;
    private final Map<String, Object> _fields = new LinkedHashMap<>();
    private final Map<String, List<String>> _values = new LinkedHashMap<>();

    Form(GenericDialog dialog)
    {
        this.dialog = dialog;
    }

    /** @param names as the user sees them @param values as macros write them */
    Choice choice(String key, String label, List<String> names, List<String> values, String selected)
    {
        dialog.addChoice(label, names.toArray(new String[0]), names.get(Math.max(0, values.indexOf(selected))));
        Choice choice = (Choice) dialog.getChoices().lastElement();
        _fields.put(key, choice);
        _values.put(key, values);
        return choice;
    }

    void checkbox(String key, String label, boolean value)
    {
        dialog.addCheckbox(label, value);
        _fields.put(key, dialog.getCheckboxes().lastElement());
    }

    void text(String key, String label, String value, int columns)
    {
        dialog.addStringField(label, value, columns);
        _fields.put(key, dialog.getStringFields().lastElement());
    }

    /** A field that was added to the dialog itself. */
    void put(String key, TextField field)
    {
        _fields.put(key, field);
    }

    TextField textField(String key)
    {
        return (TextField) _fields.get(key);
    }

    void devices(String selected)
    {
        List<String> names = new java.util.ArrayList<>(java.util.Collections.singletonList("Automatic"));
        List<String> values = new java.util.ArrayList<>(java.util.Collections.singletonList(SegmentSettings.Auto));
        for (Library.Device device : Library.devices())
            if (device.available)
            {
                names.add(device.name.length() > LongestDevice ? device.name.substring(0, LongestDevice - 1) + "…" : device.name);
                values.add(device.id);
            }
        choice("device", "Device", names, values, selected);
    }

    void tiles(String selected)
    {
        List<String> values = new java.util.ArrayList<>(java.util.Arrays.asList(SegmentSettings.Auto, "128", "256", "512", "1024", "2048"));
        if (!values.contains(selected))
            values.add(selected);
        List<String> names = new java.util.ArrayList<>();
        for (String value : values)
            names.add(value.equals(SegmentSettings.Auto) ? "Automatic" : value + " x " + value + " pixels");
        choice("tiles", "Tiles", names, values, selected);
    }

    boolean has(String key)
    {
        return _fields.containsKey(key);
    }

    /** @return what every field says, as a macro writes it */
    Map<String, String> texts()
    {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> field : _fields.entrySet())
            texts.put(field.getKey(), text(field.getKey(), field.getValue()));
        return texts;
    }

    private String text(String key, Object field)
    {
        if (field instanceof Checkbox)
            return Boolean.toString(((Checkbox) field).getState());
        return field instanceof Choice ? _values.get(key).get(((Choice) field).getSelectedIndex()) : ((TextField) field).getText().trim();
    }
}
