package org.biodl.ij1;

import ij.IJ;
import ij.plugin.PlugIn;
import ij.text.TextWindow;
import org.biodl.jni.Natives;

/** Help > About Plugins > BioDL... : what it is, whom to cite, and where to find more. In batch mode it goes to the log. */
public final class About implements PlugIn
{
    private static final String TEXT = "BioDL %s\n \nDeep learning for microscopy in ImageJ: segmentation, restoration and virtual "
        + "staining with networks\nof the BioImage Model Zoo, StarDist, CARE and Noise2Void. One jar; no Python.\n \n"
        + "When you publish results, cite the authors of the model: the log names them after its first run, and\n"
        + "Plugins > BioDL > BioDL Models... shows them. Image > Show Info says how each result was made.\n \n"
        + "Plugins > BioDL > BioDL Diagnostics... gathers what a report of a problem needs. Licence: MIT.\n";

    @Override
    public void run(String argument)
    {
        String text = String.format(TEXT, Natives.version());
        if (Problems.asksNobody())
            IJ.log(text);
        else
            new TextWindow("About BioDL", text, 700, 300);
    }
}
