package org.biodl.command;

/** The former name of org.biodl.ij1.batch.Headless, for macros that have it. */
public final class Headless extends org.biodl.ij1.batch.Headless
{
}
