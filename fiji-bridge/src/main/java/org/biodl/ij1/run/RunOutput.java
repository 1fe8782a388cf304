package org.biodl.ij1.run;

import ij.ImagePlus;
import ij.WindowManager;
import java.awt.Window;
import java.util.ArrayList;
import java.util.List;
import org.biodl.ij1.Closing;
import org.biodl.ij1.Place;
import org.biodl.ij1.Results;
import org.biodl.image.ImageSource;
import org.biodl.image.NetworkImages;

/** Shows what a run made. Everything is made before anything is shown, so a failure leaves no half result. */
public final class RunOutput
{
    private RunOutput()
    {
    }

    public static void show(NetworkImages made)
    {
        ImageSource source = made.getSources().get(0);
        List<Window> windows = new ArrayList<>();
        windows.add(source.image.getWindow());
        for (ImagePlus image : made.getImages())
        {
            Results.show(image, source.image);
            windows.add(image.getWindow());
        }
        int images = made.getRun().getPlanes().size();
        long clipped = made.getRun().clipped();
        String what = images == 1 ? "one image" : images + " images";
        Closing.tell(source.title, what + (clipped > 0 ? ", " + clipped + " values clipped" : ""), made.getAccount(),
            made.getRegion().text());
        Closing.cite(made.getModel());
        Place.clear(WindowManager.getWindow("Log"), windows.toArray(new Window[0]));
    }
}
