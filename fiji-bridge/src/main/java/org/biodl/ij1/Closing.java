package org.biodl.ij1;

import ij.IJ;
import org.biodl.run.Account;

/** The end of a run: what the user should know, and a sentence that stays in the log, because the status bar is soon overwritten. */
public final class Closing
{
    private Closing()
    {
    }

    /**
     * Tell how a run ended.
     *
     * @param image title of what was looked at
     * @param made such as "48 objects"
     * @param account of the run
     */
    public static void tell(String image, String made, Account account)
    {
        for (String warning : account.getWarnings())
            IJ.log("BioDL: " + warning);
        String sentence = made + " in " + IJ.d2s(account.getMilliseconds() / 1000, 2) + " s on " + account.getDeviceName();
        IJ.log("BioDL: " + image + ": " + sentence);
        IJ.showStatus("BioDL: " + sentence);
    }
}
