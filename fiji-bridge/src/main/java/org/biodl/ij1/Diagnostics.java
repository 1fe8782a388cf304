package org.biodl.ij1;

import ij.IJ;
import ij.plugin.PlugIn;
import ij.text.TextWindow;

/** Plugins > BioDL > BioDL Diagnostics... : what to paste into a bug report. In batch mode it goes to the log. */
public final class Diagnostics implements PlugIn
{
    @Override
    public void run(String argument)
    {
        String text = DiagnosticsReport.text();
        if (Problems.asksNobody())
            IJ.log(text);
        else
            new TextWindow("BioDL Diagnostics", text, 760, 520);
    }
}
