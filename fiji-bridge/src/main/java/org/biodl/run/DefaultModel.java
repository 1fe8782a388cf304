package org.biodl.run;

import org.biodl.jni.BioDLException;
import org.biodl.jni.Catalogue;
import org.biodl.jni.ImageView;

/** The model where none is named: the built-in one for the command and the image. */
public final class DefaultModel
{
    private DefaultModel()
    {
    }

    /**
     * @param image that is to be run on, null when it is not known
     * @return the settings with a model, where they leave it to BioDL
     * @throws BioDLException when none is built in for the command
     */
    public static Settings in(Settings settings, Verb verb, ImageView image)
    {
        return settings.is(ImageOptions.MODEL, ImageOptions.AUTO)
            ? settings.with(ImageOptions.MODEL, Catalogue.defaultModel(verb.getTask(), image)) : settings;
    }

    /** @return what OpenModels.open takes; "" when none is built in for the command */
    public static String of(Verb verb, ImageView image)
    {
        try
        {
            return verb == Verb.RUN ? "" : Catalogue.defaultModel(verb.getTask(), image);
        }
        catch (BioDLException e)
        {
            return "";
        }
    }
}
