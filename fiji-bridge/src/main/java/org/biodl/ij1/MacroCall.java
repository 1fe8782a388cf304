package org.biodl.ij1;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.run.NetworkOptions;
import org.biodl.run.Option;
import org.biodl.run.OptionException;
import org.biodl.run.Settings;

/** What a macro says and means: options, variables, titles of images. */
public final class MacroCall
{
    private MacroCall()
    {
    }

    /** @return the options of the macro that runs; "" where there is none and nobody can be asked; null where somebody can */
    public static String options()
    {
        String options = Macro.getOptions();
        return options == null && Problems.asksNobody() ? "" : options;
    }

    /** @return settings of a list of options as a macro writes them, with its variables */
    public static Settings settings(List<Option<?>> options, String text)
    {
        return Settings.parse(options, text, MacroCall::variable);
    }

    /** @param hint what to do where no image is open */
    public static ImagePlus currentImage(String hint)
    {
        ImagePlus image = WindowManager.getCurrentImage();
        if (image == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "There is no image open.", hint);
        return image;
    }

    /** @return the image and those that the settings name, in the order of the model's inputs */
    public static List<ImagePlus> images(ImagePlus image, Settings settings)
    {
        List<ImagePlus> images = new ArrayList<>();
        images.add(image);
        for (int i = 1; i < NetworkOptions.MOST_IMAGES && settings.has(NetworkOptions.image(i))
            && settings.get(NetworkOptions.image(i)) != null; i++)
            images.add(named(NetworkOptions.image(i), settings.get(NetworkOptions.image(i))));
        return images;
    }

    private static ImagePlus named(Option<String> option, String title)
    {
        ImagePlus open = WindowManager.getImage(title);
        // without a window system there are no open images, so a file will do
        ImagePlus image = open == null && new File(title).isFile() ? IJ.openImage(title) : open;
        if (image == null)
            throw new OptionException(option, option.getKey() + "=" + title,
                "there is no open image '" + title + "', and no image file of this name.",
                "Open it first; the titles are in the Window menu.", "Open it again, or choose another one.");
        return image;
    }

    /** @return the value of a variable of the macro that runs @throws BioDLException where there is none */
    public static String variable(String name)
    {
        Interpreter interpreter = Interpreter.getInstance();
        String value = interpreter == null ? null : interpreter.getVariableAsString(name);
        if (value == null)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "There is no macro variable '" + name + "'.",
                "Define it before the call.");
        return value;
    }
}
