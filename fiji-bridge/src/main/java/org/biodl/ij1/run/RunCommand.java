package org.biodl.ij1.run;

/** Plugins > BioDL > BioDL Run Model... : any network, on one image or several. */
public final class RunModel extends RunCommand
{
    public RunModel()
    {
        super(RunTask.RUN);
    }
}
