package org.biodl.ij1;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import ij.plugin.BatchProcessor;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.ArrayList;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.biodl.run.OptionException;

/** Tells the user what went wrong. Where nobody sits before the screen, no window is opened and the macro ends. */
public final class Problems
{
    private static final String TITLE = "BioDL";
    /** Characters. */
    private static final int LINE = 80;

    private static volatile boolean _unattended;
    private static volatile String _first;

    private Problems()
    {
    }

    /** @return whether nobody sits before the screen: there is none, ImageJ has no window, or the launcher runs the macro */
    public static boolean unattended()
    {
        return GraphicsEnvironment.isHeadless() || IJ.getInstance() == null || _unattended;
    }

    /** @return whether no dialog may open: a macro in batch mode asks nobody either, though its user is there to read of errors */
    public static boolean asksNobody()
    {
        return unattended() || Interpreter.isBatchMode();
    }

    /** From now on there is nobody to ask. */
    public static void beUnattended()
    {
        _unattended = true;
    }

    /** Keep what went wrong; the first message is the cause of the others. */
    public static void remember(String failure)
    {
        if (_first == null)
            _first = failure;
    }

    /** @return what went wrong first, or null */
    public static String first()
    {
        return _first;
    }

    /** Report a failure of a command and end the macro that called it: with ImageJ's own message, which names the line. */
    public static void report(Throwable failure)
    {
        boolean cancelled = failure instanceof BioDLException && ((BioDLException) failure).isCancelled();
        String text = cancelled ? "cancelled" : text(failure);
        IJ.showStatus("BioDL: " + text.replace('\n', ' '));
        Interpreter macro = Interpreter.getInstance();
        if (unattended())
        {
            System.err.println(TITLE + ": " + text);
            remember(text);
            endMacro(text);
        }
        else if (cancelled)
            endMacro(text);
        else if (macro == null)
            IJ.error(TITLE, wrapped(text));
        else
        {
            IJ.log(TITLE + ": " + text);
            // Process > Batch would write what the macro left of the image as a result
            BatchProcessor.saveOutput(false);
            macro.abort(wrapped(text) + "\n \nThe macro stopped");
        }
    }

    /**
     * Report a failure of a call to the macro that made it. ImageJ's call() would show a trace and go on with the macro.
     *
     * @return whether a macro runs, and so has ended
     */
    public static boolean reportToMacro(Throwable failure)
    {
        if (Interpreter.getInstance() == null)
            return false;
        try
        {
            report(failure);
        }
        catch (RuntimeException e)
        {
            if (!Macro.MACRO_CANCELED.equals(e.getMessage()))
                throw e;
        }
        return true;
    }

    /** @return lines that ImageJ's windows, which do not wrap, show on any screen; breaks that are there are kept */
    static String wrapped(String text)
    {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1))
        {
            StringBuilder part = new StringBuilder();
            for (String word : line.split(" ", -1))
            {
                if (part.length() > 0 && part.length() + word.length() >= LINE)
                {
                    lines.add(part.substring(1));
                    part.setLength(0);
                }
                part.append(' ').append(word);
            }
            lines.add(part.substring(1));
        }
        return String.join("\n", lines);
    }

    /** Without the window that ImageJ opens for a macro's error. */
    private static void endMacro(String text)
    {
        Interpreter interpreter = Interpreter.getInstance();
        if (interpreter != null)
        {
            interpreter.setIgnoreErrors(true);
            interpreter.abort(text);
        }
    }

    /** @return what a person reads in a dialog, where options have names and no keys */
    public static String inDialog(Throwable failure)
    {
        return failure instanceof OptionException ? ((OptionException) failure).inDialog() : text(failure);
    }

    /** @return what a person reads */
    public static String text(Throwable failure)
    {
        if (failure instanceof BioDLException)
            return ((BioDLException) failure).text();
        if (failure instanceof OutOfMemoryError)
            return "ImageJ has not enough memory for the result.\nClose other images, give ImageJ more memory (Edit > Options > Memory & "
                + "Threads; for a Java of your own, an option such as -Xmx4g), or do fewer slices at once.";
        if (failure instanceof HeadlessException)
            return "There is no screen for the window that would show the result.\nIn macros without a screen, call "
                + "org.biodl.ij1.batch.Headless, whose options such as rois_file name files for the results.";
        java.io.StringWriter trace = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(trace));
        return "This should not happen: " + failure + "\nPlease send this text and that of BioDL Diagnostics to the developers.\n" + trace;
    }
}
