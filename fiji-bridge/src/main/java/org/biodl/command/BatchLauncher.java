package org.biodl.command;

/** The former name of org.biodl.ij1.batch.BatchLauncher, for scripts that have it. */
public final class BatchLauncher extends org.biodl.ij1.batch.BatchLauncher
{
}
