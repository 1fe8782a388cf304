package org.biodl.ij1.run;

import ij.IJ;
import ij.ImagePlus;
import java.util.List;
import org.biodl.jni.RunResult;

/** Shows what a run made. Everything is made before anything is shown, so a failure leaves no half result. */
final class RunOutput
{
    private RunOutput()
    {
    }

    static void show(ModelRun run)
    {
        if (run.preparation.settings.is("result", RunSettings.InPlace))
            InPlace.apply(run);
        else
        {
            List<ImagePlus> images = run.images();
            for (ImagePlus image : images)
                image.show();
        }
        tell(run);
    }

    private static void tell(ModelRun run)
    {
        for (String message : run.messages())
            IJ.log("BioDL: " + message);
        if (run.preparation.settings.task == RunTask.RUN)
            for (String line : PlanText.lines(run.preparation))
                IJ.log("BioDL: " + line);
        RunResult result = run.result;
        long clipped = 0;
        for (int i = 0; i < run.preparation.plan.outputs.size(); i++)
            clipped += result.clipped(i);
        IJ.showStatus("BioDL: " + IJ.d2s(result.totalMs / 1000, 2) + " s on " + result.deviceName
            + (clipped > 0 ? ", " + clipped + " values clipped" : ""));
    }
}
