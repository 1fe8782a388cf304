package org.biodl.ij1.run;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.awt.Window;
import java.util.ArrayList;
import java.util.List;
import org.biodl.ij1.Closing;
import org.biodl.ij1.Place;
import org.biodl.image.ImageSource;
import org.biodl.image.NetworkImages;
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
        ImageSource source = made.getSources().get(0);
        List<Window> windows = new ArrayList<>();
        windows.add(source.image.getWindow());
        for (ImagePlus image : made.getImages())
        {
            image.show();
            Place.beside(image.getWindow(), source.image.getWindow());
            windows.add(image.getWindow());
        }
        if (made.getRun().getPreparation().getVerb() == Verb.RUN)
            for (String line : PlanText.lines(made.getRun().getPreparation()))
                IJ.log("BioDL: " + line);
        int images = made.getRun().getPlanes().size();
        long clipped = made.getRun().clipped();
        String what = images == 1 ? "one image" : images + " images";
        Closing.tell(source.title, what + (clipped > 0 ? ", " + clipped + " values clipped," : ""), made.getAccount());
        Place.clear(WindowManager.getWindow("Log"), windows.toArray(new Window[0]));
    }
}
