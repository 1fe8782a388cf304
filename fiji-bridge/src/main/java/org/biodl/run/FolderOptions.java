package org.biodl.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Options of a run over all images of a folder, beside those of what is done with each. */
public final class FolderOptions
{
    public static final Option<String> TASK = new Option<>("task", "What to do", "What is done with each image.", Format.oneOf("segment",
        "denoise", "stain", "run"), "segment");
    public static final Option<String> FOLDER = new Option<>("folder", "Folder of images", "Where the images are.", Format.text(), null);
    public static final Option<String> RESULTS = new Option<>("results_folder", "Folder of results",
        "Where the results go: images, ROI sets, and one table of the objects of all images. Another folder than that of the images.",
        Format.text(), null);
    public static final Option<String> FILES = new Option<>("files", "Files",
        "Which ones, by their names: * stands for anything, and commas separate several.", Format.text(),
        "*.tif,*.tiff,*.png,*.jpg,*.jpeg,*.bmp,*.gif");
    public static final Option<Boolean> SUBFOLDERS = new Option<>("subfolders", "Folders in it too", "Images of folders in the folder too.",
        Format.flag(), false);
    /** Those of the folder alone. */
    public static final List<Option<?>> LIST = Collections.unmodifiableList(Arrays.asList(TASK, FOLDER, RESULTS, FILES, SUBFOLDERS,
        FileOptions.OVERWRITE));

    private FolderOptions()
    {
    }

    /** @return what is done with each image */
    public static Verb verb(Settings settings)
    {
        return Verb.valueOf(settings.get(TASK).toUpperCase(Locale.ROOT));
    }

    /** @return what a macro wants done with each image, which tells what its other options are */
    public static Verb verb(String macro, UnaryOperator<String> variable)
    {
        String given = MacroText.parse(macro, variable).get(TASK.getKey());
        return verb(given == null ? Settings.of(LIST) : Settings.of(LIST).with(TASK, given));
    }

    /** @return the options of the folder and of what is done with each image */
    public static List<Option<?>> with(Verb verb)
    {
        List<Option<?>> all = new ArrayList<>(LIST);
        all.addAll(verb.getOptions());
        return Collections.unmodifiableList(all);
    }
}
