package org.biodl.ij1.run;

import ij.IJ;
import ij.ImagePlus;
import org.biodl.image.NetworkImages;
import org.biodl.run.Account;
import org.biodl.run.PlanText;
import org.biodl.run.Verb;

/** Shows what a run made. Everything is made before anything is shown, so a failure leaves no half result. */
final class RunOutput
{
    private RunOutput()
    {
    }

    static void show(NetworkImages made)
    {
        for (ImagePlus image : made.getImages())
            image.show();
        Account account = made.getAccount();
        for (String warning : account.getWarnings())
            IJ.log("BioDL: " + warning);
        if (made.getRun().getPreparation().getVerb() == Verb.RUN)
            for (String line : PlanText.lines(made.getRun().getPreparation()))
                IJ.log("BioDL: " + line);
        long clipped = made.getRun().clipped();
        IJ.showStatus("BioDL: " + IJ.d2s(account.getMilliseconds() / 1000, 2) + " s on " + account.getDeviceName()
            + (clipped > 0 ? ", " + clipped + " values clipped" : ""));
    }
}
