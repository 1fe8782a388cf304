package org.biodl.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.biodl.jni.CatalogueEntry;

/** The three commands that turn images into images: what they are called and what can be chosen in them. */
enum RunTask
{
    DENOISE("BioDL Denoise", CatalogueEntry.Task.DENOISE, "denoising", "-denoised", "output", "result", "spread"),
    STAIN("BioDL Virtual Stain", CatalogueEntry.Task.STAIN, "staining", "-stained", "output", "merge", "rgb"),
    RUN("BioDL Run Model", CatalogueEntry.Task.OTHER, "running the network", "", "output", "rgb", "image2", "channels2", "image3", "channels3",
        "image4", "channels4");

    /** Images that one run can take. */
    static final int Images = 4;

    /** Title of the dialog. */
    final String title;
    /** Its name in the menu and in macros. */
    final String command;
    /** What models it offers first. */
    final CatalogueEntry.Task task;
    /** What the network does, in the status bar. */
    final String work;
    /** Comes after the image's title in that of the result; "": outputs are named by the model. */
    final String suffix;
    /** All keys a macro may use. */
    final List<String> keys;

    RunTask(String title, CatalogueEntry.Task task, String work, String suffix, String... own)
    {
        this.title = title;
        command = title + "...";
        this.task = task;
        this.work = work;
        this.suffix = suffix;
        List<String> all = new java.util.ArrayList<>(
            Arrays.asList("model", "channels", "slices", "frames", "normalize", "percentile_low", "percentile_high", "scale_back"));
        all.addAll(Arrays.asList(own));
        all.addAll(Arrays.asList("tiles", "device"));
        keys = Collections.unmodifiableList(all);
    }
}
