package org.biodl.command;

/** Plugins > BioDL > BioDL Denoise... : restore the current image with CARE, Noise2Void and their kin. */
public final class Denoise extends RunCommand
{
    public Denoise()
    {
        super(RunTask.DENOISE);
    }
}
