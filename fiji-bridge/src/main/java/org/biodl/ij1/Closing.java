package org.biodl.ij1;

import ij.IJ;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.biodl.jni.ModelInfo;
import org.biodl.run.Account;

/** The end of a run: what the user should know, and a sentence that stays in the log, because the status bar is soon overwritten. */
public final class Closing
{
    /** Weights whose authors were named. */
    private static final Set<String> CITED = Collections.synchronizedSet(new HashSet<>());

    private Closing()
    {
    }

    /**
     * Tell how a run ended.
     *
     * @param image title of what was looked at
     * @param made such as "48 objects"
     * @param account of the run
     * @param limit "only inside the selection (96 x 48)", "" for whole planes
     */
    public static void tell(String image, String made, Account account, String limit)
    {
        for (String warning : account.getWarnings())
            IJ.log("BioDL: " + warning);
        String what = limit.isEmpty() ? made : made + ", " + limit;
        String sentence = what + (what.indexOf(',') < 0 ? " in " : ", in ") + IJ.d2s(account.getMilliseconds() / 1000, 2) + " s on "
            + account.getDeviceName();
        IJ.log("BioDL: " + image + ": " + sentence);
        IJ.showStatus("BioDL: " + sentence);
    }

    /** Say in the log, once a session, whom to cite for a model. */
    public static void cite(ModelInfo model)
    {
        if (!model.citation.isEmpty() && CITED.add(model.sha256))
            IJ.log("BioDL: when you publish results of " + model.name + ", please cite " + model.citation.replace("\n", "; "));
    }
}
