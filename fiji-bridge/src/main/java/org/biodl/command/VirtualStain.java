package org.biodl.command;

/** Plugins > BioDL > BioDL Virtual Stain... : label-free to fluorescence, stain to stain. */
public final class VirtualStain extends RunCommand
{
    public VirtualStain()
    {
        super(RunTask.STAIN);
    }
}
