package org.biodl.ij1;

import ij.IJ;
import ij.macro.Interpreter;
import java.awt.GraphicsEnvironment;
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

    /** @return whether there is nobody to ask: no screen, or batch mode */
    public static boolean unattended()
    {
        return GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode() || _unattended;
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

    /** Report a failure of a menu command and end the macro that called it. */
    public static void report(Throwable failure)
    {
        boolean cancelled = failure instanceof BioDLException && ((BioDLException) failure).isCancelled();
        String text = cancelled ? "cancelled" : text(failure);
        IJ.showStatus("BioDL: " + text.replace('\n', ' '));
        if (cancelled && !unattended())
            endMacro(text);
        else if (unattended())
        {
            System.err.println(TITLE + ": " + text);
            remember(text);
            endMacro(text);
        }
        else
            IJ.error(TITLE, wrapped(text));
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
    static String inDialog(Throwable failure)
    {
        return failure instanceof OptionException ? ((OptionException) failure).inDialog() : text(failure);
    }

    /** @return what a person reads */
    public static String text(Throwable failure)
    {
        if (failure instanceof BioDLException)
            return ((BioDLException) failure).text();
        if (failure instanceof OutOfMemoryError)
            return "ImageJ has not enough memory for the result.\n"
                + "Close other images, give ImageJ more memory (Edit > Options > Memory & Threads), or segment fewer slices at once.";
        java.io.StringWriter trace = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(trace));
        return "This should not happen: " + failure + "\nPlease send this text and that of BioDL Diagnostics to the developers.\n" + trace;
    }
}
